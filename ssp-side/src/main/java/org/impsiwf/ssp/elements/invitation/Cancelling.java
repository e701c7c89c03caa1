package org.impsiwf.ssp.elements.invitation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.delivery.SideBySide;
import org.impsiwf.ssp.elements.im.Answers;
import org.impsiwf.ssp.elements.im.Combination;
import org.impsiwf.ssp.elements.im.Part;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.elements.invitation.Invitation.State;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** CancelInviteRequest: any earlier invitation, answered or not (SSP-314). Who has not heard of it yet never does. */
final class Cancelling {

    private final InvitationStore store;
    private final Deliveries deliveries;
    private final Invited invited;
    private final Notifications notifications;
    private final ServiceAccessPoint sap;

    Cancelling(
            InvitationStore store,
            Deliveries deliveries,
            Invited invited,
            Notifications notifications,
            ServiceAccessPoint sap) {
        this.store = store;
        this.deliveries = deliveries;
        this.invited = invited;
        this.notifications = notifications;
        this.sap = sap;
    }

    Status serve(ServiceRequest request, CancelInviteRequest cancel) {
        UserId inviter = Inviting.inviter(request, cancel.cancelingUser());
        Invitation.Key key = new Invitation.Key(inviter, cancel.inviteId());
        Invitation invitation = store.find(key)
                .filter(one -> !one.isOver(request.at()) && one.via().isEmpty())
                .orElseThrow(() -> Refusal.of(StatusCode.INVALID_INVITATION_ID));
        requireElementsOf(invitation.type(), cancel);
        return switch (invited.of(cancel.canceledUser(), invitation.type(), inviter)) {
            case Invited.Meaning.Elsewhere(String domain) -> Answers.status(sap.ask(domain, cancel));
            case Invited.Meaning.Users(List<User> all) -> cancel(invitation, cancel, all, request.at());
        };
    }

    /** SSP Table 70: the type of the earlier invitation decides what the cancellation has. */
    private static void requireElementsOf(InviteType type, CancelInviteRequest cancel) {
        boolean ap = type == InviteType.AP;
        boolean group = cancel.canceledGroupId().isPresent();
        boolean contents = !cancel.canceledContentIdList().isEmpty();
        boolean fits = (ap || group == type.needsGroup())
                && ap == cancel.canceledApplicationId().isPresent()
                && (ap || contents == (type == InviteType.SC))
                && (ap
                        || type == InviteType.PR
                        || cancel.canceledPresenceAttributeList().isEmpty());
        if (!fits) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "the invitation was of type " + type);
        }
    }

    private Status cancel(Invitation invitation, CancelInviteRequest cancel, List<User> all, Instant now) {
        List<Part> parts = new ArrayList<>();
        List<User> ours = new ArrayList<>();
        List<User> theirs = new ArrayList<>();
        for (User user : all) {
            Optional<Invitee> invitee = invitation.invitee(user.userId());
            if (invitee.isEmpty()) {
                parts.add(Part.of(user, Status.of(StatusCode.UNKNOWN_USER)));
            } else {
                (sap.isPrimary(user.userId(), InviteRequest.class) ? ours : theirs).add(user);
            }
        }
        List<Pending.Order> orders = cancelled(invitation, cancel, ours, theirs, now);
        deliveries.kick(orders.stream().map(Pending.Order::destination).toList());
        ours.forEach(user -> parts.add(Part.of(user, Status.of(StatusCode.SUCCESSFUL))));
        SideBySide.each(theirs, user -> Answers.status(sap.ask(user.userId().domain(), cancel.withCanceledUser(user))))
                .forEach((user, status) -> parts.add(Part.of(user, status)));
        List<UserId> told = ours.stream().map(User::userId).toList();
        if (!told.isEmpty()) {
            notifications.raise(
                    Notice.ofInvitation(NotificationType.IC, invitation.key().id()), told);
        }
        return Combination.of(parts);
    }

    private List<Pending.Order> cancelled(
            Invitation invitation, CancelInviteRequest cancel, List<User> ours, List<User> theirs, Instant now) {
        Invitation.Key key = invitation.key();
        return deliveries.store().together(() -> {
            store.lock(key);
            List<Pending.Order> orders = new ArrayList<>();
            for (User user : ours) {
                Destination queue = new Destination.ToUser(user.userId());
                Optional<Pending> unheard = deliveries.store().find(Kind.INVITATION, queue, key.reference());
                boolean never = unheard.isPresent()
                        && deliveries.store().end(unheard.get().id(), () -> {});
                if (!never) {
                    orders.add(order(invitation, cancel, user));
                }
                mark(key, user, now);
            }
            theirs.forEach(user -> mark(key, user, now));
            deliveries.store().add(orders, now, true);
            return orders;
        });
    }

    private void mark(Invitation.Key key, User user, Instant now) {
        store.update(key, new Invitee(user.userId(), State.CANCELLED, Optional.empty(), true), now);
    }

    private Pending.Order order(Invitation invitation, CancelInviteRequest cancel, User user) {
        return new Pending.Order(
                Kind.CANCELLATION,
                new Destination.ToUser(user.userId()),
                "invitation",
                invitation.key().reference(),
                cancel.forUser(MetaInformation.ofServer(sap.serviceId()), user),
                invitation.expires());
    }

    /** From the PSE of a user of ours, for its client (SSP 13.1.8.2). */
    Status ofPse(ServiceRequest request, CancelInviteUserRequest cancel) {
        Optional<Invitation> found = cancel.cancelingUser() instanceof User inviter
                ? store.find(new Invitation.Key(inviter.userId(), cancel.inviteId()))
                : Optional.empty();
        Invitation invitation = found.filter(one -> one.via().isPresent() && !one.isOver(request.at()))
                .orElseThrow(() -> Refusal.of(StatusCode.INVALID_INVITATION_ID));
        List<UserId> cancelled = cancel.canceledUser().isPresent()
                ? cancel.canceledUser().stream()
                        .filter(User.class::isInstance)
                        .map(user -> ((User) user).userId())
                        .toList()
                : invitation.invitees().stream().map(Invitee::user).toList();
        if (cancelled.isEmpty()
                || cancelled.stream().anyMatch(user -> invitation.invitee(user).isEmpty())) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        List<Pending.Order> orders = cancelled.stream()
                .map(user -> new Pending.Order(
                        Kind.CANCELLATION,
                        new Destination.ToUser(user),
                        "invitation",
                        invitation.key().reference(),
                        cancel,
                        invitation.expires()))
                .toList();
        deliveries.store().together(() -> {
            cancelled.forEach(user -> mark(invitation.key(), User.of(user), request.at()));
            deliveries.store().add(orders, request.at(), true);
            return true;
        });
        deliveries.kick(orders.stream().map(Pending.Order::destination).toList());
        return Status.of(StatusCode.SUCCESSFUL);
    }
}
