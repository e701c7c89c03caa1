package org.impsiwf.ssp.primitives;

import java.util.Set;
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

/**
 * SSP 8.7: the transactions that a domain needs only where it is the complementary PSE of another; those with remote user
 * sessions count as such (D-15). An InviteRequest or CancelInviteRequest begins a basic one as well and is none of them.
 */
public final class Complementary {

    private static final Set<Class<? extends Primitive>> BEGINNING = Set.of(
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

    private Complementary() {}

    /** Whether a primitive of that kind begins one. */
    public static boolean begins(Class<? extends Primitive> request) {
        return BEGINNING.contains(request)
                || ContactListPrimitive.class.isAssignableFrom(request)
                || ProfilePrimitive.class.isAssignableFrom(request)
                || UserSessionPrimitive.class.isAssignableFrom(request);
    }
}
