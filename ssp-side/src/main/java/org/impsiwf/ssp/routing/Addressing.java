package org.impsiwf.ssp.routing;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetMapRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetPublicProfileRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.NotificationRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.UpdatePublicProfileRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.VerifyIDRequest;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive;
import org.impsiwf.ssp.primitives.From;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetBlockedRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.IsUserBlockedRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.RejectMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SetMessageDeliveryMethod;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.SuspendRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UpdatePresenceRequest;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ProfilePrimitive.GetUserProfileRequest;
import org.impsiwf.ssp.primitives.ProfilePrimitive.UpdateUserProfileRequest;
import org.impsiwf.ssp.primitives.Role;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.WvId;

/**
 * What routing reads from a primitive. Pure.
 *
 * @param service which service it belongs to
 * @param asking the domain of the user that asks, or of the server that asks for itself; empty when the primitive does not say
 * @param addressed the domains of those whom it is for or about
 * @param toUsers it goes from the PSE towards users, and so to their home domain; otherwise towards a PSE
 * @param ownState it reads or changes what the asking user's PSE keeps for it: lists, blocking, presence, its public profile, stored messages
 * @param group the domain of the group that it is distributed for (SSP-021)
 */
public record Addressing(
        Service service,
        Optional<String> asking,
        Set<String> addressed,
        boolean toUsers,
        boolean ownState,
        Optional<String> group) {

    public static Addressing of(Primitive primitive) {
        return new Addressing(
                Service.of(primitive.getClass()),
                asking(primitive),
                domains(addressed(primitive)),
                towardsUsers(primitive),
                isOwnState(primitive),
                group(primitive));
    }

    private static boolean isOwnState(Primitive primitive) {
        return switch (primitive) {
            case ContactListPrimitive _, GetWatcherListRequest _, UpdatePresenceRequest _ -> true;
            case UpdatePublicProfileRequest _ -> true;
            case BlockEntityRequest _, GetBlockedRequest _, SetMessageDeliveryMethod _, RejectMessageRequest _ -> true;
            case GetMessageListRequest p -> p.groupId().isEmpty();
            default -> false;
        };
    }

    private static boolean towardsUsers(Primitive primitive) {
        From from = primitive.getClass().getAnnotation(From.class);
        return from != null && List.of(from.value()).contains(Role.PROVIDER);
    }

    private static Optional<String> asking(Primitive primitive) {
        return MetaInformations.of(primitive)
                .map(meta -> meta.userId()
                        .map(UserId::domain)
                        .filter(domain -> !domain.isEmpty())
                        .orElseGet(() -> meta.serviceId().domain()))
                .or(() -> primitive instanceof InviteUserResponse response
                        ? domain(response.respondingUser())
                        : Optional.empty());
    }

    private static Stream<String> addressed(Primitive primitive) {
        return switch (primitive) {
            case SendMessageRequest p -> recipients(p.messageInfo().recipients());
            case ForwardMessageRequest p -> recipients(p.recipients());
            case NewMessage p -> users(p.recipientUserIdList());
            case MessageNotification p -> users(p.recipientUserIdList());
            case DeliveryStatusReport p ->
                p.messageInfo().sender().map(MessageInfo.Sender::address).stream()
                        .flatMap(Addressing::domains);
            case ExtendConversationRequest p ->
                Stream.of(p.extendConversationUserId().userId().domain());
            case IsUserBlockedRequest p -> Stream.of(p.blockingUser().domain());
            case InviteRequest p -> domains(p.invitedUser());
            case InviteUserRequest p -> domains(p.invitedUser());
            case CancelInviteRequest p -> domains(p.canceledUser());
            case CancelInviteUserRequest p -> p.canceledUser().stream().flatMap(Addressing::domains);
            case InviteResponse p -> domains(p.invitingUser());
            case InviteUserResponse p -> domains(p.invitingUser());
            case NotificationRequest p -> users(p.addressedUsers());
            case SystemMessageRequest p -> users(p.addressedUsers());
            case GetPublicProfileRequest p -> ids(p.userIdList());
            case GetMapRequest p -> p.userId().stream().map(UserId::domain);
            case VerifyIDRequest p -> p.wvIdList().stream().map(Addressing::domain);
            case SubscribeRequest p -> ids(p.userIdList());
            case UnsubscribeRequest p -> ids(p.userIdList());
            case GetPresenceRequest p -> ids(p.userIdList());
            case SuspendRequest p -> ids(p.userIdList());
            case PresenceNotification p -> users(p.subscribingUserIdList());
            case GroupChangeNotice p -> users(p.subscribingUserIdList());
            case LeaveGroupIndication p -> users(p.leavingUsers());
            case GetUserProfileRequest p -> ids(p.userIdList());
            case UpdateUserProfileRequest p ->
                ids(p.updatedUserProfileList().stream()
                        .map(UserProfileEntry::userId)
                        .toList());
            case UserDisconnect p -> p.metaInformation().userId().stream().map(UserId::domain);
            case GroupPrimitive p -> GroupIds.of(p).stream().map(GroupId::domain);
            default -> Stream.empty();
        };
    }

    /** The domain whose users' doing led to it, where the primitive itself does not say who asked. */
    Optional<String> trigger(Primitive primitive) {
        return switch (primitive) {
            case PresenceNotification p ->
                p.presenceValueList().stream()
                        .map(PresenceValue::userId)
                        .map(UserId::domain)
                        .findFirst();
            case GroupChangeNotice p -> Optional.of(p.groupId().domain());
            default -> asking;
        };
    }

    private static Optional<String> group(Primitive primitive) {
        return switch (primitive) {
            case SendMessageRequest p ->
                p.messageInfo()
                        .sender()
                        .map(MessageInfo.Sender::address)
                        .flatMap(Addressing::groupDomain)
                        .or(() -> p.messageInfo().recipients().stream()
                                .map(MessageInfo.Recipient::addressee)
                                .flatMap(one -> groupDomain(one).stream())
                                .findFirst());
            case InviteRequest p -> p.inviteGroupId().map(GroupId::domain);
            case CancelInviteRequest p -> p.canceledGroupId().map(GroupId::domain);
            case ForwardMessageRequest p ->
                p.recipients().stream()
                        .map(MessageInfo.Recipient::addressee)
                        .flatMap(one -> groupDomain(one).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private static Optional<String> groupDomain(Addressee addressee) {
        return switch (addressee) {
            case GroupId group -> Optional.of(group.domain());
            case ScreenName name -> name.groupId().map(GroupId::domain);
            case User user -> Optional.empty();
            case ContactListId list -> Optional.empty();
        };
    }

    private static Stream<String> recipients(Collection<MessageInfo.Recipient> recipients) {
        return recipients.stream().map(MessageInfo.Recipient::addressee).flatMap(Addressing::domains);
    }

    private static Stream<String> domains(Addressee addressee) {
        return domain(addressee).stream();
    }

    private static Optional<String> domain(Addressee addressee) {
        return switch (addressee) {
            case User user -> Optional.of(user.userId().domain());
            case GroupId group -> Optional.of(group.domain());
            case ScreenName name -> name.groupId().map(GroupId::domain);
            case ContactListId list -> Optional.of(list.domain());
        };
    }

    private static String domain(WvId id) {
        return switch (id) {
            case WvId.OfUser user -> user.userId().domain();
            case WvId.OfContactList list -> list.contactListId().domain();
            case WvId.OfGroup group -> group.groupId().domain();
            case WvId.OfScreenName name -> name.groupId().domain();
        };
    }

    private static Stream<String> users(Collection<User> users) {
        return users.stream().map(user -> user.userId().domain());
    }

    private static Stream<String> ids(Collection<UserId> users) {
        return users.stream().map(UserId::domain);
    }

    private static Set<String> domains(Stream<String> domains) {
        return domains.filter(domain -> !domain.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}
