package org.impsiwf.ssp.elements.invitation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.elements.invitation.Invitation.State;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;

/** The primitives of an invitation made from each other. Pure. */
final class Phrases {

    private Phrases() {}

    /** For an invited user's client or home. */
    static InviteUserRequest invite(InviteRequest request, User invited, ServiceId from) {
        return new InviteUserRequest(
                MetaInformation.ofServer(from),
                request.inviteId(),
                request.inviteType(),
                request.invitingUser(),
                invited,
                request.inviteGroupId(),
                request.inviteApplicationId(),
                request.invitePresenceAttributeList(),
                request.inviteContentIdList(),
                request.inviteReason(),
                request.ownScreenName(),
                request.validity());
    }

    /** For the domain of one of those that the request stands for. */
    static InviteRequest invite(InviteRequest request, Addressee invited) {
        return new InviteRequest(
                request.metaInformation(),
                request.inviteId(),
                request.inviteType(),
                request.invitingUser(),
                invited,
                request.inviteGroupId(),
                request.inviteApplicationId(),
                request.invitePresenceAttributeList(),
                request.inviteContentIdList(),
                request.inviteReason(),
                request.ownScreenName(),
                request.validity());
    }

    /** What we, who only hand it to the client, keep of an invitation. */
    static InviteRequest asRequest(InviteUserRequest request) {
        // EG is not for InviteRequest (E-37); nobody sees this one.
        InviteType type = request.inviteType() == InviteType.EG ? InviteType.EC : request.inviteType();
        return new InviteRequest(
                request.metaInformation(),
                request.inviteId(),
                type,
                request.invitingUser(),
                request.invitedUser(),
                request.inviteGroupId(),
                request.inviteApplicationId(),
                request.invitePresenceAttributeList(),
                request.inviteContentIdList(),
                request.inviteReason(),
                request.ownScreenName(),
                request.validity());
    }

    /** The answers of these, who are not none, in one primitive. */
    static InviteResponse answer(Invitation invitation, List<Invitee> answered) {
        List<FurtherAnswer> tuples = answered.stream()
                .map(one -> new FurtherAnswer(
                        one.state() == State.ACCEPTED, invitation.responding(User.of(one.user())), one.note()))
                .toList();
        FurtherAnswer first = tuples.getFirst();
        return new InviteResponse(
                Status.of(StatusCode.SUCCESSFUL),
                invitation.key().id(),
                invitation.request().invitingUser(),
                first.inviteAcceptance(),
                first.respondingUser(),
                first.inviteResponse(),
                Optional.empty(),
                tuples.subList(1, tuples.size()));
    }

    static CancelInviteUserRequest cancel(CancelInviteRequest request, User cancelled, ServiceId from) {
        return new CancelInviteUserRequest(
                MetaInformation.ofServer(from),
                request.inviteId(),
                request.cancelingUser(),
                Optional.of(cancelled),
                request.canceledGroupId(),
                request.canceledApplicationId(),
                request.canceledPresenceAttributeList(),
                request.canceledContentIdList(),
                request.cancelReason(),
                request.ownScreenName());
    }

    static CancelInviteRequest cancel(CancelInviteRequest request, Addressee cancelled) {
        return new CancelInviteRequest(
                request.metaInformation(),
                request.inviteId(),
                request.cancelingUser(),
                cancelled,
                request.canceledGroupId(),
                request.canceledApplicationId(),
                request.canceledPresenceAttributeList(),
                request.canceledContentIdList(),
                request.cancelReason(),
                request.ownScreenName());
    }
}
