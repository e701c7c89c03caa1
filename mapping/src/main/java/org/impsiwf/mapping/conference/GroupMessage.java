package org.impsiwf.mapping.conference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.MemberUri;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.content.Fingerprint;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.conversation.Submitted;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Sender;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * A SendMessageRequest read as something said in a group, which the group's host hands on (SSP 16.2.1). It comes from the group
 * itself, shown under a screen name; what one member says to some others only comes from that screen name. Some hosts write the
 * user as sender all the same (ssp-wire-syntax 11, row 14).
 */
final class GroupMessage {

    private final SendMessageRequest request;

    GroupMessage(SendMessageRequest request) {
        this.request = request;
    }

    List<Addressee> recipients() {
        return request.messageInfo().recipients().stream()
                .map(MessageInfo.Recipient::addressee)
                .toList();
    }

    /** Absent when the host tells none. */
    Optional<String> screenName() {
        return request.messageInfo()
                .sender()
                .flatMap(sender -> Stream.concat(Stream.of(sender.address()), sender.display().stream())
                        .filter(ScreenName.class::isInstance)
                        .map(name -> ((ScreenName) name).name().strip())
                        .filter(name -> !name.isEmpty())
                        .findFirst());
    }

    /** Whether it is for its recipients only, and not said to all. */
    boolean isPrivate() {
        return request.messageInfo()
                .sender()
                .map(Sender::address)
                .filter(ScreenName.class::isInstance)
                .isPresent();
    }

    /** Canonical address of the user who said it, where the host tells. */
    Optional<String> user() {
        return Submitted.sender(request).map(UserId::value).flatMap(Members::canonical);
    }

    /** Empty when the host gave it none. */
    String messageId() {
        return request.messageInfo().messageId().map(Object::toString).orElse("");
    }

    /** The same for a repeat; another one where the host hands the message to others in another transaction. */
    String fingerprint() {
        String all = recipients().stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
        return Fingerprint.of(all.getBytes(UTF_8));
    }

    int size() {
        return request.content().map(content -> content.data().bytes().length).orElse(0);
    }

    /** As the participations carry it: named by URIs of the conference, so that nobody learns what a member is called elsewhere. */
    InstantMessage as(String messageId, Address.Group group) {
        InstantMessage said = Submitted.message(request, group.sipUri(), messageId);
        return new InstantMessage(
                messageId,
                screenName().map(name -> new MemberUri(group, name).sipUri()).orElseGet(() -> senderUri(group)),
                said.recipient(),
                Names.clean(screenName()).or(said::senderName),
                said.contentType(),
                said.content(),
                /* reportWanted= */ false);
    }

    private String senderUri(Address.Group group) {
        boolean openly = request.messageInfo()
                .sender()
                .map(Sender::address)
                .filter(User.class::isInstance)
                .isPresent();
        return openly
                ? user().flatMap(Address::ofCanonical).map(Address::sipUri).orElseGet(group::sipUri)
                : group.sipUri();
    }
}
