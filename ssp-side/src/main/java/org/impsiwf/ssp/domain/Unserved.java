package org.impsiwf.ssp.domain;

import java.util.Set;
import org.impsiwf.ssp.primitives.ContactListPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive.AddGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.MemberAccessRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetBlockedRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.RejectMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SetMessageDeliveryMethod;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ProfilePrimitive;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserSessionPrimitive;

/** SSP 8.7, 18.3.6, 18.4.2 (D-15, D-21): how a request for what no element of ours serves is refused. */
final class Unserved {

    /** What begins the transactions that a domain needs only when it is the complementary PSE of another. */
    private static final Set<Class<? extends Primitive>> COMPLEMENTARY = Set.of(
            InviteUserRequest.class,
            CancelInviteUserRequest.class,
            GetWatcherListRequest.class,
            ForwardMessageRequest.class,
            NewMessage.class,
            MessageNotification.class,
            GetMessageRequest.class,
            SetMessageDeliveryMethod.class,
            GetMessageListRequest.class,
            RejectMessageRequest.class,
            BlockEntityRequest.class,
            GetBlockedRequest.class,
            CreateGroupRequest.class,
            DeleteGroupRequest.class,
            GetJoinedMemberRequest.class,
            GetGroupMemberRequest.class,
            AddGroupMemberRequest.class,
            RemoveGroupMemberRequest.class,
            MemberAccessRequest.class,
            RejectListRequest.class);

    private Unserved() {}

    static StatusCode status(Class<? extends Primitive> request) {
        boolean complementary = COMPLEMENTARY.contains(request)
                || ContactListPrimitive.class.isAssignableFrom(request)
                || ProfilePrimitive.class.isAssignableFrom(request)
                || UserSessionPrimitive.class.isAssignableFrom(request);
        return complementary ? StatusCode.SERVICE_NOT_SUPPORTED : StatusCode.NOT_IMPLEMENTED;
    }
}
