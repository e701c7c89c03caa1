package org.impsiwf.ssp.elements.invitation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ExtendedConversations;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.im.Answers;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.elements.invitation.Invitation.State;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Answers to invitations on their way to the inviting user; stored before they are acknowledged. */
final class Answering {

    private static final int UNTOLD_AT_ONCE = 100;

    private final InvitationStore store;
    private final Deliveries deliveries;
    private final ExtendedConversations extended;
    private final Notifications notifications;
    private final ServiceAccessPoint sap;
    private final InvitationSettings settings;

    Answering(
            InvitationStore store,
            Deliveries deliveries,
            InvitationElement.Neighbours neighbours,
            ServiceAccessPoint sap,
            InvitationSettings settings) {
        this.store = store;
        this.deliveries = deliveries;
        this.extended = neighbours.extended();
        this.notifications = neighbours.notifications();
        this.sap = sap;
        this.settings = settings;
    }

    /** From a client of ours, or from the home of the invited (SSP 13.1.7.2). */
    Status ofInvited(ServiceRequest request, InviteUserResponse response) {
        Optional<Invitation.Key> key = key(response.invitingUser(), response.inviteId());
        Optional<Invitation> found = key.flatMap(store::find);
        if (found.isEmpty()) {
            return ofExtension(response.inviteId(), response.answers());
        }
        return found.get().via().isPresent()
                ? toPse(request, found.get(), response)
                : recorded(request, found.get(), response.answers(), true);
    }

    private static Optional<Invitation.Key> key(Addressee inviting, InviteId id) {
        return inviting instanceof User user ? Optional.of(new Invitation.Key(user.userId(), id)) : Optional.empty();
    }

    // Conversations that are being extended keep their invitations themselves.
    private Status ofExtension(InviteId id, List<FurtherAnswer> answers) {
        boolean known = false;
        for (FurtherAnswer answer : answers) {
            if (answer.respondingUser() instanceof User user) {
                known |= extended.answered(id, user.userId(), answer.inviteAcceptance(), answer.inviteResponse());
            }
        }
        return Status.of(known ? StatusCode.SUCCESSFUL : StatusCode.INVALID_INVITATION_ID);
    }

    private Status toPse(ServiceRequest request, Invitation invitation, InviteUserResponse response) {
        Pending.Order order = new Pending.Order(
                Kind.RELAYED_ANSWER,
                new Destination.ToDomain(invitation.via().orElseThrow()),
                invitation.key().reference(),
                invitation.key().reference(),
                response,
                invitation.expires());
        Status status = deliveries.store().together(() -> {
            Status outcome = record(request, invitation.key(), response.answers(), true);
            if (outcome.isSuccess()) {
                deliveries.store().add(List.of(order), request.at(), true);
            }
            return outcome;
        });
        deliveries.kick(List.of(order.destination()));
        return status;
    }

    /** @param tell whether the inviting user is still to be told by us */
    private Status recorded(ServiceRequest request, Invitation invitation, List<FurtherAnswer> answers, boolean tell) {
        Invitation.Key key = invitation.key();
        Status status = deliveries.store().together(() -> {
            Status outcome = record(request, key, answers, !tell);
            if (tell && outcome.isSuccess() && isComplete(key)) {
                tell(key, request.at());
            }
            return outcome;
        });
        deliveries.kick(List.of(new Destination.ToUser(key.inviter())));
        if (status.isSuccess()) {
            answers.forEach(answer -> notifications.raise(
                    Notice.ofInvitation(
                            answer.inviteAcceptance() ? NotificationType.IA : NotificationType.IR, key.id()),
                    List.of(key.inviter())));
        }
        return status;
    }

    /** In the running transaction: all answers or none. */
    private Status record(ServiceRequest request, Invitation.Key key, List<FurtherAnswer> answers, boolean told) {
        Invitation invitation = store.lock(key).orElse(null);
        if (invitation == null || invitation.isOver(request.at())) {
            return Status.of(StatusCode.INVALID_INVITATION_ID);
        }
        List<Invitee> updated = new ArrayList<>();
        for (FurtherAnswer answer : answers) {
            Optional<Invitee> invitee = invitee(request, invitation, answer.respondingUser());
            if (invitee.isEmpty()) {
                return Status.of(StatusCode.INVALID_USER_ID, "not invited");
            }
            State state = answer.inviteAcceptance() ? State.ACCEPTED : State.REJECTED;
            State before = invitee.get().state();
            if (before != State.INVITED && before != state) {
                return Status.of(StatusCode.INVALID_INVITATION_ID, "cancelled, or answered otherwise");
            }
            if (before == State.INVITED) {
                updated.add(new Invitee(invitee.get().user(), state, answer.inviteResponse(), told));
            }
        }
        updated.forEach(invitee -> store.update(key, invitee, request.at()));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    /** The answer for a group comes from one of those who decide for it: the client's user, or one of that domain. */
    private static Optional<Invitee> invitee(ServiceRequest request, Invitation invitation, Addressee responding) {
        if (responding instanceof User user) {
            boolean himself = request.peer().isPresent()
                    || request.user()
                            .filter(one ->
                                    !one.value().equalsIgnoreCase(user.userId().value()))
                            .isEmpty();
            return himself ? invitation.invitee(user.userId()) : Optional.empty();
        }
        if (request.user().isPresent()) {
            return invitation.invitee(request.user().get());
        }
        String domain = request.peer().map(ServiceId::domain).orElse("");
        return responding instanceof GroupId
                ? invitation.invitees().stream()
                        .filter(one -> one.user().domain().equals(domain))
                        .findFirst()
                : Optional.empty();
    }

    private boolean isComplete(Invitation.Key key) {
        return settings.collect().isZero()
                || store.find(key).orElseThrow().invitees().stream().noneMatch(one -> one.state() == State.INVITED);
    }

    /** In the running transaction: one InviteResponse with every answer that the inviting user does not know yet. */
    private void tell(Invitation.Key key, Instant now) {
        Invitation invitation = store.lock(key).orElseThrow();
        List<Invitee> untold = invitation.invitees().stream()
                .filter(one -> one.hasAnswered() && !one.told())
                .toList();
        if (untold.isEmpty()) {
            return;
        }
        untold.forEach(one -> store.update(key, new Invitee(one.user(), one.state(), one.note(), true), now));
        deliveries.store().add(List.of(order(key, invitation.answer(untold), invitation, now)), now, true);
    }

    // An answer that was given in time may arrive after it.
    private Pending.Order order(Invitation.Key key, InviteResponse response, Invitation invitation, Instant now) {
        Instant expires = now.plus(settings.validity());
        return new Pending.Order(
                Kind.ANSWER,
                new Destination.ToUser(key.inviter()),
                "answer",
                key.reference(),
                response,
                expires.isAfter(invitation.expires()) ? expires : invitation.expires());
    }

    /** An invitation that could not be handed over is answered for the invited user. In the running transaction. */
    void undeliverable(Invitation.Key key, UserId user, Status why, Instant now) {
        store.lock(key)
                .flatMap(invitation -> invitation.invitee(user))
                .filter(invitee -> invitee.state() == State.INVITED)
                .ifPresent(invitee -> {
                    Optional<String> note =
                            why.statusDescription().or(() -> why.known().map(StatusCode::title));
                    store.update(key, new Invitee(invitee.user(), State.REJECTED, note, false), now);
                    tell(key, now);
                });
    }

    /** Answers that have been collected for long enough. */
    void expire(Instant now) {
        for (Invitation.Key key : store.untold(now.minus(settings.collect()), UNTOLD_AT_ONCE)) {
            deliveries.store().together(() -> {
                tell(key, now);
                return true;
            });
            deliveries.kick(List.of(new Destination.ToUser(key.inviter())));
        }
    }

    /** From the domain that invited for us: handed to the inviting user, or kept for it (SSP 13.1.7.1). */
    Status ofProvider(ServiceRequest request, InviteResponse response) {
        Optional<Invitation.Key> key = key(response.invitingUser(), response.inviteId());
        Optional<Invitation> found = key.flatMap(store::find);
        if (found.isEmpty()) {
            return key.filter(one -> isInvitedByPse(one, request)).isPresent()
                    ? handOver(key.get(), response, request.at().plus(settings.validity()), request.at())
                    : ofExtension(response.inviteId(), response.answers());
        }
        Invitation invitation = found.get();
        boolean known = !invitation.invitees().isEmpty();
        Status status = known
                ? recorded(request, invitation, response.answers(), false)
                : Status.of(invitation.isOver(request.at()) ? StatusCode.INVALID_INVITATION_ID : StatusCode.SUCCESSFUL);
        return status.isSuccess() ? handOver(invitation.key(), response, invitation.expires(), request.at()) : status;
    }

    // Its PSE, and not we, knows the invitation.
    private boolean isInvitedByPse(Invitation.Key key, ServiceRequest request) {
        UserId inviter = key.inviter();
        return request.peer().isPresent()
                && sap.isHome(inviter.domain())
                && !sap.isPrimary(inviter, InviteRequest.class);
    }

    private Status handOver(Invitation.Key key, InviteResponse response, Instant expires, Instant now) {
        UserId inviter = key.inviter();
        boolean reachable = !sap.isHome(inviter.domain()) || sap.isOnline(inviter);
        Status answer = reachable
                ? Answers.status(sap.deliver(inviter, response))
                : Status.of(StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN);
        if (answer.isSuccess() || !(Answers.isSilence(answer) || Answers.mayBeRepeated(answer))) {
            return answer;
        }
        Pending.Order order = new Pending.Order(
                Kind.ANSWER, new Destination.ToUser(inviter), "answer", key.reference(), response, expires);
        deliveries.keep(List.of(order), now);
        return Status.of(StatusCode.SUCCESSFUL);
    }
}
