package org.impsiwf.ssp.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.CommonPrimitive;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.PresencePrimitive;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ProfilePrimitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.ServicePrimitive;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserSessionPrimitive;

/**
 * SSP 10.3 to 10.7: which node of the service tree a primitive needs. What is not described in the tree comes with its
 * feature, and so do the mandatory transactions that have a node: there it only adds choices (D-32). Pure.
 */
final class ServiceNodes {

    private static final Optional<StatusCode> AGREED = Optional.empty();

    private ServiceNodes() {}

    /** Why it may not be asked under this agreement; empty when it may. */
    static Optional<StatusCode> objection(Primitive primitive, Services agreed) {
        return switch (primitive) {
            // D-18: sessions and the agreement itself need no agreement.
            case SessionPrimitive p -> AGREED;
            case ServicePrimitive p -> AGREED;
            case Status p -> AGREED;
            case ProfilePrimitive p -> needs(has(agreed.sap(), Services.SapFeature::userProfileManagement));
            case UserSessionPrimitive p -> needs(has(agreed.sap(), Services.SapFeature::remoteUserSessionManagement));
            case CommonPrimitive p -> agreed.common().map(f -> common(p, f)).orElseGet(() -> needs(false));
            case InvitationPrimitive p -> invitation(p, agreed);
            case ContactListPrimitive p -> needs(has(agreed.presence(), f -> contactList(p, f)));
            case PresencePrimitive p -> needs(has(agreed.presence(), f -> presence(p, f)));
            case ImPrimitive p -> needs(has(agreed.im(), f -> im(p, f)));
            case GroupPrimitive p -> needs(has(agreed.group(), f -> group(p, f)));
        };
    }

    private static <F> boolean has(Optional<F> feature, Predicate<F> node) {
        return feature.filter(node).isPresent();
    }

    private static Optional<StatusCode> needs(boolean node) {
        return node ? AGREED : Optional.of(StatusCode.SERVICE_NOT_AGREED);
    }

    private static Optional<StatusCode> common(CommonPrimitive primitive, Services.CommonFeature feature) {
        return switch (primitive) {
            case CommonPrimitive.SearchRequest search -> search(search, feature.search());
            case CommonPrimitive.GetMapRequest p -> needs(feature.getMap());
            case CommonPrimitive.VerifyIDRequest p -> needs(feature.verifyUser());
            default -> AGREED;
        };
    }

    /** SSP 10.1, 10.4: searching for a User-ID is mandatory, every other type is a choice. */
    private static Optional<StatusCode> search(
            CommonPrimitive.SearchRequest search, Optional<Services.Search> choices) {
        boolean listed = search.searchPairList().stream()
                        .allMatch(pair -> pair.element() == SearchElement.USER_ID
                                || has(
                                        choices,
                                        pair.element().ofGroups() ? Services.Search::group : Services.Search::user))
                && (search.advancedCriteria().isEmpty() || has(choices, Services.Search::advanced));
        return listed ? AGREED : Optional.of(StatusCode.UNSUPPORTED_SEARCH_ELEMENT_WAS_REQUESTED);
    }

    private static Optional<StatusCode> invitation(InvitationPrimitive primitive, Services agreed) {
        return switch (primitive) {
            case InvitationPrimitive.InviteRequest invite -> invitation(invite.inviteType(), agreed);
            case InvitationPrimitive.InviteResponse p -> needs(agreed.common().isPresent() || extension(agreed));
            case InvitationPrimitive.CancelInviteRequest p ->
                needs(agreed.common().isPresent() || extension(agreed));
            // They are steps of the complementary transactions only.
            case InvitationPrimitive.InviteUserRequest p -> needs(complementary(agreed));
            case InvitationPrimitive.InviteUserResponse p -> needs(complementary(agreed));
            case InvitationPrimitive.CancelInviteUserRequest p -> needs(complementary(agreed));
        };
    }

    private static boolean complementary(Services agreed) {
        return has(agreed.common(), Services.CommonFeature::complementaryInvite);
    }

    private static boolean extension(Services agreed) {
        return has(agreed.im(), Services.ImFeature::extendConversation);
    }

    private static Optional<StatusCode> invitation(InviteType type, Services agreed) {
        if (type == InviteType.EC || type == InviteType.EG) {
            return needs(extension(agreed));
        }
        if (agreed.common().isEmpty()) {
            return needs(false);
        }
        boolean listed = has(agreed.common().get().invite(), choices -> switch (type) {
            case PR -> choices.presence();
            case IM -> choices.im();
            case SC -> choices.sharedContent();
            case GR, GM -> choices.group();
            case AP -> choices.application();
            case EC, EG -> throw new IllegalStateException("an extension is no invitation of SSP 10.4");
        });
        return listed ? AGREED : Optional.of(StatusCode.BAD_PARAMETER);
    }

    /** D-14: attribute lists come with either node of contact lists. */
    private static boolean contactList(ContactListPrimitive primitive, Services.PresenceFeature feature) {
        return switch (primitive) {
            case ContactListPrimitive.CreateContactListRequest p -> feature.contactListUpdate();
            case ContactListPrimitive.DeleteContactListRequest p -> feature.contactListUpdate();
            case ContactListPrimitive.AddListMemberRequest p -> feature.contactListUpdate();
            case ContactListPrimitive.RemoveListMemberRequest p -> feature.contactListUpdate();
            case ContactListPrimitive.SetListPropsRequest p -> feature.contactListUpdate();
            case ContactListPrimitive.GetContactListRequest p -> feature.contactListGet();
            case ContactListPrimitive.GetListMemberRequest p -> feature.contactListGet();
            case ContactListPrimitive.GetListPropsRequest p -> feature.contactListGet();
            default -> feature.contactListGet() || feature.contactListUpdate();
        };
    }

    private static boolean presence(PresencePrimitive primitive, Services.PresenceFeature feature) {
        return switch (primitive) {
            case PresencePrimitive.GetWatcherListRequest p -> feature.watcherList();
            case PresencePrimitive.SubscribeRequest p -> lists(p.contactListIdList(), feature);
            case PresencePrimitive.UnsubscribeRequest p -> lists(p.contactListIdList(), feature);
            case PresencePrimitive.GetPresenceRequest p -> lists(p.contactListIdList(), feature);
            case PresencePrimitive.SuspendRequest p -> lists(p.contactListIdList(), feature);
            default -> true;
        };
    }

    private static boolean lists(List<ContactListId> lists, Services.PresenceFeature feature) {
        return lists.isEmpty() || feature.contactListAddr();
    }

    private static boolean im(ImPrimitive primitive, Services.ImFeature feature) {
        return switch (primitive) {
            case ImPrimitive.SendMessageRequest p -> recipients(p.messageInfo(), feature.sendMsg());
            case ImPrimitive.ForwardMessageRequest p -> feature.sendMsg().isPresent();
            case ImPrimitive.NewMessage p -> feature.pushMsg() || feature.getMsg();
            case ImPrimitive.MessageDelivered p -> feature.pushMsg() || feature.getMsg();
            case ImPrimitive.MessageNotification p -> feature.notifyMsg();
            case ImPrimitive.GetMessageRequest p -> feature.getMsg();
            case ImPrimitive.SetMessageDeliveryMethod p -> feature.deliveryMtd();
            case ImPrimitive.GetMessageListRequest p ->
                p.groupId().isPresent() ? feature.groupHistory() : feature.getMsgList() || feature.msgList();
            case ImPrimitive.RejectMessageRequest p -> feature.rejectMsg();
            case ImPrimitive.BlockEntityRequest p -> feature.blocking();
            case ImPrimitive.GetBlockedRequest p -> feature.blocking();
            case ImPrimitive.IsUserBlockedRequest p -> feature.isBlocked();
            case ImPrimitive.ExtendConversationRequest p -> feature.extendConversation();
            case ImPrimitive.ExtendConversationResponse p -> feature.extendConversation();
            default -> true;
        };
    }

    private static boolean recipients(MessageInfo info, Optional<Services.SendMsg> choices) {
        return info.recipients().stream().map(MessageInfo.Recipient::addressee).allMatch(to -> recipient(to, choices));
    }

    private static boolean recipient(Addressee to, Optional<Services.SendMsg> choices) {
        return switch (to) {
            case GroupId group -> has(choices, Services.SendMsg::groups);
            case ScreenName name -> has(choices, Services.SendMsg::groups);
            case ContactListId list -> has(choices, Services.SendMsg::contacts);
            default -> true;
        };
    }

    private static boolean group(GroupPrimitive primitive, Services.GroupFeature feature) {
        return switch (primitive) {
            case GroupPrimitive.CreateGroupRequest p -> feature.groupMgmt();
            case GroupPrimitive.DeleteGroupRequest p -> feature.groupMgmt();
            case GroupPrimitive.GetJoinedMemberRequest p -> feature.getMember();
            case GroupPrimitive.AddGroupMemberRequest p -> feature.memberMgmt();
            case GroupPrimitive.GetGroupMemberRequest p -> feature.memberMgmt();
            case GroupPrimitive.RemoveGroupMemberRequest p -> feature.memberMgmt();
            case GroupPrimitive.MemberAccessRequest p -> feature.memberMgmt();
            case GroupPrimitive.RejectListRequest p -> feature.rejectList();
            default -> true;
        };
    }
}
