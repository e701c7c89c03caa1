package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** A message in the forms that it takes on its way, and what can be read from it. Pure. */
final class Messages {

    private Messages() {}

    static MessageId id(SendMessageRequest message) {
        return message.messageInfo()
                .messageId()
                .orElseThrow(() -> new IllegalStateException("a message without an id went on"));
    }

    static SendMessageRequest withId(SendMessageRequest message, MessageId id) {
        return message.withMessageInfo(message.messageInfo().withMessageId(id));
    }

    static SendMessageRequest forUsers(SendMessageRequest message, Collection<User> users) {
        return forAddressees(message, List.copyOf(users));
    }

    static SendMessageRequest forAddressees(SendMessageRequest message, List<? extends Addressee> addressees) {
        List<Recipient> recipients =
                addressees.stream().map(one -> new Recipient(one)).toList();
        return message.withMessageInfo(message.messageInfo().withRecipients(recipients));
    }

    /** On whose behalf it is sent; for a message of a group without Meta-Information of a user, nobody. */
    static Optional<UserId> sender(SendMessageRequest message) {
        return message.metaInformation()
                .userId()
                .or(() -> message.messageInfo()
                        .sender()
                        .map(MessageInfo.Sender::address)
                        .flatMap(address ->
                                address instanceof User user ? Optional.of(user.userId()) : Optional.empty()));
    }

    /** Equal for two spellings of one sender. */
    static String senderKey(SendMessageRequest message) {
        Object sender =
                sender(message).<Object>map(one -> one).or(() -> group(message)).orElse("");
        return sender.toString().toLowerCase(Locale.ROOT);
    }

    /** The group that it was sent to and that distributes it. */
    static Optional<GroupId> group(SendMessageRequest message) {
        return message.messageInfo().sender().flatMap(sender -> switch (sender.address()) {
            case GroupId group -> Optional.of(group);
            case ScreenName name -> name.groupId();
            default -> screenName(message).flatMap(ScreenName::groupId);
        });
    }

    private static Optional<ScreenName> screenName(SendMessageRequest message) {
        return message.messageInfo().sender().flatMap(sender -> {
            Object shown = sender.display().<Object>map(one -> one).orElse(sender.address());
            return shown instanceof ScreenName name ? Optional.of(name) : Optional.empty();
        });
    }

    /** By what its sender may be shut out. */
    static Origin origin(SendMessageRequest message) {
        Optional<ApplicationId> application = message.metaInformation()
                .clientId()
                .flatMap(client -> client.applicationId())
                .or(() -> recipientApplications(message).stream().findFirst());
        return new Origin(sender(message), group(message), screenName(message), application);
    }

    static List<ApplicationId> recipientApplications(SendMessageRequest message) {
        return message.messageInfo().recipients().stream()
                .map(Recipient::addressee)
                .filter(User.class::isInstance)
                .map(User.class::cast)
                .flatMap(user -> user.clientId().flatMap(client -> client.applicationId()).stream())
                .toList();
    }

    /** Bytes, as it has them or says. */
    static long size(SendMessageRequest message) {
        return message.content()
                .map(content -> (long) content.data().bytes().length)
                .or(() -> message.messageInfo().contentSize())
                .orElse(0L);
    }

    /** In lower case, without parameters. */
    static String contentType(SendMessageRequest message) {
        String type = message.messageInfo()
                .contentType()
                .or(() -> message.content().flatMap(Content::contentType))
                .orElse("text/plain");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** As one of its recipients is named in it, with its client. */
    static User addressee(SendMessageRequest message, UserId user) {
        return message.messageInfo().recipients().stream()
                .map(Recipient::addressee)
                .filter(User.class::isInstance)
                .map(User.class::cast)
                .filter(one -> one.userId().value().equalsIgnoreCase(user.value()))
                .findFirst()
                .orElse(User.of(user));
    }

    /** Pushed. Names no other recipient: these may have come from somebody's contact list. */
    static NewMessage pushed(SendMessageRequest message, User to, ServiceId from) {
        return newMessage(message, to, Optional.of(MetaInformation.ofServer(from)), Optional.empty());
    }

    /** The answer to GetMessageRequest. */
    static NewMessage fetched(SendMessageRequest message, User to) {
        return newMessage(message, to, Optional.empty(), Optional.of(Status.of(StatusCode.SUCCESSFUL)));
    }

    private static NewMessage newMessage(
            SendMessageRequest message, User to, Optional<MetaInformation> meta, Optional<Status> status) {
        Content content = message.content().orElse(new Content(Optional.empty(), new Octets(new byte[0])));
        return new NewMessage(meta, status, List.of(to), infoFor(message, to), content);
    }

    static MessageNotification notification(SendMessageRequest message, User to, ServiceId from) {
        return new MessageNotification(MetaInformation.ofServer(from), List.of(to), infoFor(message, to));
    }

    static MessageInfo infoFor(SendMessageRequest message, User to) {
        return message.messageInfo().withRecipients(List.of(new Recipient(to)));
    }

    /** What became of it at one recipient, with the information of the message as it was sent. */
    static DeliveryStatusReport report(
            SendMessageRequest message, UserId recipient, Status result, Instant at, ServiceId from) {
        Optional<Instant> delivered = result.isSuccess() ? Optional.of(at) : Optional.empty();
        return new DeliveryStatusReport(
                MetaInformation.ofServer(from), result, delivered, infoFor(message, addressee(message, recipient)));
    }

    /** @throws Refusal 415 or 540, 451 or 452 */
    static void requireAcceptable(SendMessageRequest message, ImSettings.Contents contents) {
        if (!contents.types().isEmpty() && !contents.types().contains(contentType(message))) {
            throw Refusal.of(StatusCode.UNSUPPORTED_MEDIA_TYPE);
        }
        if (size(message) > contents.largest()) {
            throw Refusal.of(StatusCode.MESSAGE_HAS_BEEN_REJECTED_DUE_TO_LIMITATIONS);
        }
        for (ApplicationId application : recipientApplications(message)) {
            contents.requireAllowed(application);
        }
    }
}
