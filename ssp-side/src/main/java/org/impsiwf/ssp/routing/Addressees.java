package org.impsiwf.ssp.routing;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.CommonPrimitive.NotificationRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;

/** Whom a primitive names as those who get it, with their clients where it names these. */
public final class Addressees {

    private Addressees() {}

    public static List<User> of(Primitive primitive) {
        return switch (primitive) {
            case NewMessage p -> p.recipientUserIdList();
            case MessageNotification p -> p.recipientUserIdList();
            case NotificationRequest p -> p.addressedUsers();
            case SystemMessageRequest p -> p.addressedUsers();
            case PresenceNotification p -> p.subscribingUserIdList();
            case GroupChangeNotice p -> p.subscribingUserIdList();
            case LeaveGroupIndication p -> p.leavingUsers();
            case InviteUserRequest p -> user(p.invitedUser()).stream().toList();
            case UserDisconnect p ->
                p.metaInformation().userId().stream()
                        .map(user -> new User(
                                user, Optional.empty(), p.metaInformation().clientId()))
                        .toList();
            default -> List.of();
        };
    }

    private static Optional<User> user(Addressee addressee) {
        return addressee instanceof User user ? Optional.of(user) : Optional.empty();
    }
}
