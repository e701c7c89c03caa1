package org.impsiwf.ssp.server;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;

/** SSP 7.2, 8.6: a peer speaks for its own domain, and for those that it relays for. Pure. */
final class SpeakingRights {

    private final Set<String> domains;
    private final StatusCode foreignUser;

    SpeakingRights(PeerSettings settings) {
        domains = settings.speaksFor().stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        domains.add(settings.serviceId().domain());
        // D-03; the observed server says 901 to the same, so its operators know that.
        foreignUser = settings.dialect().equals(Dialect.BARAZA)
                ? StatusCode.GENERAL_ADDRESS_ERROR
                : StatusCode.INVALID_USER_ID;
    }

    /** Why the peer may not say this; empty when it may. */
    Optional<StatusCode> objection(Primitive request) {
        Optional<MetaInformation> meta = PrimitiveFacts.of(request).metaInformation(request);
        Optional<ServiceId> server = meta.map(MetaInformation::serviceId);
        if (server.filter(id -> !id.isWellFormed() || !domains.contains(id.domain()))
                .isPresent()) {
            return Optional.of(StatusCode.INVALID_SERVICE_ID);
        }
        boolean ownUser = meta.flatMap(MetaInformation::userId)
                .map(user -> ours(user.domain()))
                .orElse(true);
        if ((ownUser && ours(sender(request))) || distributes(request)) {
            return Optional.empty();
        }
        return Optional.of(foreignUser);
    }

    /** A telephone number has no domain. */
    private boolean ours(String domain) {
        return domain.isEmpty() || domains.contains(domain);
    }

    private static String sender(Primitive request) {
        return switch (request) {
            case ImPrimitive.SendMessageRequest message ->
                message.messageInfo().sender().map(s -> user(s.address())).orElse("");
            case InvitationPrimitive.InviteRequest invitation -> user(invitation.invitingUser());
            case InvitationPrimitive.CancelInviteRequest cancel -> user(cancel.cancelingUser());
            default -> "";
        };
    }

    private static String user(Addressee addressee) {
        return addressee instanceof User user ? user.userId().domain() : "";
    }

    /** SSP 5.2 (SSP-021): what a group of the peer's domain distributes may come from a user of a third domain. */
    private boolean distributes(Primitive request) {
        return switch (request) {
            case ImPrimitive.SendMessageRequest message ->
                message.messageInfo().recipients().stream()
                                .map(MessageInfo.Recipient::addressee)
                                .anyMatch(this::ownGroup)
                        || message.messageInfo()
                                .sender()
                                .map(MessageInfo.Sender::address)
                                .filter(this::ownGroup)
                                .isPresent();
            case InvitationPrimitive.InviteRequest invitation ->
                invitation.inviteGroupId().filter(this::ownGroup).isPresent();
            default -> false;
        };
    }

    private boolean ownGroup(Addressee addressee) {
        return switch (addressee) {
            case GroupId group -> domains.contains(group.domain());
            case ScreenName name ->
                name.groupId().filter(g -> domains.contains(g.domain())).isPresent();
            default -> false;
        };
    }
}
