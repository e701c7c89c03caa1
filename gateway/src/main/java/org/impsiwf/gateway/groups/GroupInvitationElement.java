package org.impsiwf.gateway.groups;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ExtendedConversations;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * SSP 13.1.7 and 13.1.8, as far as our groups need it: who is invited into one of them may join it, whoever brings the
 * invitation to that user; and what is answered to the invitations that an extended conversation sends.
 */
final class GroupInvitationElement implements ServiceElement {

    private final Groups groups;
    private final ExtendedConversations conversations;
    private final ServiceAccessPoint sap;

    GroupInvitationElement(Groups groups, ExtendedConversations conversations, ServiceAccessPoint sap) {
        this.groups = groups;
        this.conversations = conversations;
        this.sap = sap;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(InviteRequest.class, CancelInviteRequest.class, InviteResponse.class, InviteUserResponse.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch (request.primitive()) {
            case InviteRequest invitation -> invite(request, invitation);
            case CancelInviteRequest cancel -> sap.deliver(user(cancel.canceledUser()), cancel);
            case InviteResponse answer -> answered(answer, answer.answers(), answer.invitingUser());
            case InviteUserResponse answer -> answered(answer, answer.answers(), answer.invitingUser());
            default -> throw new IllegalStateException("not served here: " + request.primitive());
        };
    }

    private Primitive invite(ServiceRequest request, InviteRequest invitation) {
        UserId invited = user(invitation.invitedUser());
        if (request.peer().isPresent() && !sap.isHome(invited.domain())) {
            throw Refusal.of(StatusCode.DOMAIN_NOT_SUPPORTED);
        }
        Optional<GroupId> group = invitation.inviteGroupId().filter(groups::isHosted);
        group.ifPresent(ours -> groups.invited(ours, request.requiredUser(), invited));
        return sap.deliver(invited, invitation);
    }

    /** To the extension that sent the invitation, else to the user of ours that did. */
    private Primitive answered(InvitationPrimitive answer, List<FurtherAnswer> answers, Addressee inviting) {
        boolean extending = answers.stream()
                .map(one -> conversations.answered(
                        answer.inviteId(), user(one.respondingUser()), one.inviteAcceptance(), one.inviteResponse()))
                .reduce(false, Boolean::logicalOr);
        return extending ? Status.of(StatusCode.SUCCESSFUL) : sap.deliver(user(inviting), answer);
    }

    private static UserId user(Addressee addressee) {
        if (addressee instanceof User user) {
            return user.userId();
        }
        throw Refusal.of(StatusCode.UNKNOWN_USER);
    }
}
