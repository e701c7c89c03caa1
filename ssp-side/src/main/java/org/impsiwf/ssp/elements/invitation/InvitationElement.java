package org.impsiwf.ssp.elements.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.ExtendedConversations;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.im.Answers;
import org.impsiwf.ssp.elements.im.Blocks;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Invitations and their cancellation, basic and complementary (SSP 13.1.7, 13.1.8). */
public final class InvitationElement implements ServiceElement {

    private final InvitationStore store;
    private final Deliveries deliveries;
    private final Users users;
    private final ServiceAccessPoint sap;
    private final InvitationSettings settings;
    private final Inviting inviting;
    private final Answering answering;
    private final Cancelling cancelling;

    /** What it needs of the other elements. */
    public record Neighbours(
            Users users,
            Groups groups,
            ContactListMembers contactLists,
            Blocks blocks,
            ExtendedConversations extended,
            Notifications notifications) {}

    /** @param deliveries those of the IM element, which ends what has expired */
    public InvitationElement(
            Neighbours neighbours,
            Deliveries deliveries,
            InvitationStore store,
            ServiceAccessPoint sap,
            InvitationSettings settings) {
        this.store = store;
        this.deliveries = deliveries;
        this.users = neighbours.users();
        this.sap = sap;
        this.settings = settings;
        Invited invited = new Invited(neighbours.contactLists(), neighbours.groups(), sap);
        inviting = new Inviting(store, deliveries, invited, neighbours, sap, settings);
        answering = new Answering(store, deliveries, neighbours, sap, settings);
        cancelling = new Cancelling(store, deliveries, invited, neighbours.notifications(), sap);
        InvitationCarrier carrier = new InvitationCarrier(answering, neighbours.blocks(), sap);
        for (Kind kind : List.of(Kind.INVITATION, Kind.CANCELLATION, Kind.ANSWER, Kind.RELAYED_ANSWER)) {
            deliveries.register(kind, carrier);
        }
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(
                InviteRequest.class,
                InviteResponse.class,
                InviteUserRequest.class,
                InviteUserResponse.class,
                CancelInviteRequest.class,
                CancelInviteUserRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch (request.primitive()) {
            case InviteRequest invite -> inviting.serve(request, invite);
            case InviteUserRequest invite -> fromPse(request, invite);
            case InviteUserResponse response -> answering.ofInvited(request, response);
            case InviteResponse response -> answering.ofProvider(request, response);
            case CancelInviteRequest cancel -> cancelling.serve(request, cancel);
            case CancelInviteUserRequest cancel -> cancelling.ofPse(request, cancel);
            default -> throw new IllegalStateException("not served here: " + request.primitive());
        };
    }

    /** From the PSE of a user of ours, for its client; remembered, so that the answer finds back (SSP 13.1.7.2). */
    private Status fromPse(ServiceRequest request, InviteUserRequest invite) {
        User user = invite.invitedUser() instanceof User one ? one : null;
        if (user == null || !sap.isHome(user.userId().domain()) || !users.isRegistered(user.userId())) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        if (!(invite.invitingUser() instanceof User inviter)) {
            throw Refusal.of(StatusCode.INVALID_USER_ID);
        }
        String pse = request.peer()
                .map(peer -> invite.metaInformation().serviceId().domain())
                .orElseGet(() -> sap.serviceId().domain());
        Instant expires = request.at().plus(invite.validity().orElse(settings.validity()));
        store.add(new Invitation(
                new Invitation.Key(inviter.userId(), invite.inviteId()),
                invite.asRequest(invite.metaInformation()),
                Optional.of(pse),
                expires,
                List.of(Invitee.of(user.userId()))));
        Status answer = Answers.status(sap.deliver(user.userId(), invite));
        boolean away = answer.statusCode() == StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN.code();
        return away ? Status.of(StatusCode.UNABLE_TO_DELIVERY, "not logged in") : answer;
    }

    @Override
    public void loggedIn(UserId user, Instant now) {
        deliveries.loggedIn(user, now);
    }

    @Override
    public void expire(Instant now) {
        answering.expire(now);
        store.forget(now);
    }
}
