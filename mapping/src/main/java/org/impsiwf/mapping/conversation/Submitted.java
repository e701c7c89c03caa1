package org.impsiwf.mapping.conversation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** A SendMessageRequest read as the message that it brings. */
public final class Submitted {

    private Submitted() {}

    /** The message for the only recipient. */
    static InstantMessage single(SendMessageRequest request) {
        Addressee addressee = request.messageInfo().recipients().getFirst().addressee();
        return message(request, ((User) addressee).userId().value());
    }

    /** The message as it goes to this recipient, under this Message-ID. */
    public static InstantMessage message(SendMessageRequest request, String recipient, String messageId) {
        InstantMessage m = message(request, recipient);
        return new InstantMessage(
                messageId, m.sender(), recipient, m.senderName(), m.contentType(), m.content(), m.reportWanted());
    }

    /** The request as it goes on to one of its recipients, under this Message-ID. */
    static SendMessageRequest to(SendMessageRequest request, Addressee recipient, String messageId) {
        MessageInfo info = request.messageInfo();
        return new SendMessageRequest(
                request.metaInformation(),
                request.deliveryReportRequest(),
                new MessageInfo(
                        Optional.of(new MessageId(messageId)),
                        info.messageUri(),
                        info.contentType(),
                        info.contentName(),
                        info.contentSize(),
                        info.validity(),
                        List.of(new MessageInfo.Recipient(recipient)),
                        info.sender(),
                        info.dateTime()),
                request.content());
    }

    /** The message as it goes to this recipient. */
    static InstantMessage message(SendMessageRequest request, String recipient) {
        MessageInfo info = request.messageInfo();
        Optional<Content> content = request.content();
        String contentType = content.flatMap(Content::contentType)
                .or(info::contentType)
                .filter(type -> !type.isBlank())
                .orElse(MediaType.PLAIN_TEXT);
        return new InstantMessage(
                info.messageId().map(Object::toString).orElse(""),
                sender(request).map(UserId::value).orElse(""),
                recipient,
                friendlyName(info),
                contentType,
                content.map(c -> c.data().bytes()).orElseGet(TowardsImps::nothing),
                request.deliveryReportRequest());
    }

    /** Who sent it: the user of the Meta-Information, which the peer vouches for, else the Sender. */
    public static Optional<UserId> sender(SendMessageRequest request) {
        return request.metaInformation()
                .userId()
                .or(() -> request.messageInfo()
                        .sender()
                        .map(MessageInfo.Sender::address)
                        .filter(User.class::isInstance)
                        .map(user -> ((User) user).userId()));
    }

    private static Optional<String> friendlyName(MessageInfo info) {
        return info.sender()
                .map(MessageInfo.Sender::address)
                .filter(User.class::isInstance)
                .flatMap(user -> ((User) user).friendlyName());
    }
}
