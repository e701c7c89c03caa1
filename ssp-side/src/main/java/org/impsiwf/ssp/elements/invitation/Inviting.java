package org.impsiwf.ssp.elements.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.delivery.SideBySide;
import org.impsiwf.ssp.elements.im.Answers;
import org.impsiwf.ssp.elements.im.Blocks;
import org.impsiwf.ssp.elements.im.Combination;
import org.impsiwf.ssp.elements.im.Origin;
import org.impsiwf.ssp.elements.im.Part;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * InviteRequest: the invitation is stored with all whom it is for before anybody hears of it; users whose PSE we are get
 * it after the answer, other domains are asked before it.
 */
final class Inviting {

    private final InvitationStore store;
    private final Deliveries deliveries;
    private final Invited invited;
    private final Users users;
    private final Groups groups;
    private final Blocks blocks;
    private final ServiceAccessPoint sap;
    private final InvitationSettings settings;

    Inviting(
            InvitationStore store,
            Deliveries deliveries,
            Invited invited,
            InvitationElement.Neighbours neighbours,
            ServiceAccessPoint sap,
            InvitationSettings settings) {
        this.store = store;
        this.deliveries = deliveries;
        this.invited = invited;
        this.users = neighbours.users();
        this.groups = neighbours.groups();
        this.blocks = neighbours.blocks();
        this.sap = sap;
        this.settings = settings;
    }

    Status serve(ServiceRequest request, InviteRequest invite) {
        UserId inviter = inviter(request, invite.invitingUser());
        requireSupported(invite);
        Invitation.Key key = new Invitation.Key(inviter, invite.inviteId());
        requireSameInvitation(key, invite, request.at());
        boolean anywhere = request.peer().isEmpty() || sap.isPrimary(inviter, InviteRequest.class);
        return switch (invited.of(invite.invitedUser(), invite.inviteType(), inviter)) {
            case Invited.Meaning.Elsewhere(String domain) -> relay(key, invite, domain, anywhere, request.at());
            case Invited.Meaning.Users(List<User> all) -> invite(key, invite, all, anywhere, request.at());
        };
    }

    /** Who invites: the user on whose behalf the request came, unless a server asks. */
    static UserId inviter(ServiceRequest request, Addressee inviting) {
        return request.user()
                .or(() -> inviting instanceof User user ? Optional.of(user.userId()) : Optional.empty())
                .orElseThrow(() -> Refusal.of(StatusCode.INVALID_USER_ID));
    }

    private void requireSupported(InviteRequest invite) {
        if (!settings.types().contains(invite.inviteType())) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "Invite-Type " + invite.inviteType() + " is not supported");
        }
        invite.inviteApplicationId().ifPresent(settings.contents()::requireAllowed);
        boolean unsupported = invite.invitePresenceAttributeList().stream()
                .flatMap(list -> list.attributes().stream())
                .anyMatch(attribute -> !settings.attributes().contains(attribute));
        if (unsupported) {
            throw Refusal.of(StatusCode.INVALID_OR_UNSUPPORTED_PRESENCE_VALUE);
        }
    }

    // Peers write one request per invited entity, under one id; another invitation needs another one.
    private void requireSameInvitation(Invitation.Key key, InviteRequest invite, Instant now) {
        Optional<Invitation> known = store.find(key).filter(other -> !other.isOver(now));
        if (known.filter(other -> other.type() != invite.inviteType()).isPresent()) {
            throw Refusal.of(StatusCode.INVALID_INVITATION_ID, "in use for an invitation of another type");
        }
    }

    private Status relay(Invitation.Key key, InviteRequest invite, String domain, boolean anywhere, Instant now) {
        if (!anywhere) {
            return Status.of(StatusCode.DOMAIN_NOT_SUPPORTED);
        }
        store.add(invitation(key, invite, List.of(), now));
        return Answers.status(sap.ask(domain, invite));
    }

    private Invitation invitation(Invitation.Key key, InviteRequest invite, List<User> all, Instant now) {
        List<Invitee> invitees =
                all.stream().map(user -> Invitee.of(user.userId())).toList();
        return new Invitation(key, invite, Optional.empty(), now.plus(validity(invite)), invitees);
    }

    private Duration validity(InviteRequest invite) {
        Duration said = invite.validity().orElse(settings.validity());
        return said.compareTo(settings.longestValidity()) > 0 ? settings.longestValidity() : said;
    }

    private Status invite(Invitation.Key key, InviteRequest invite, List<User> all, boolean anywhere, Instant now) {
        if (all.size() > settings.mostInvited()) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "more than " + settings.mostInvited() + " are invited");
        }
        List<Part> parts = new ArrayList<>();
        List<User> ours = new ArrayList<>();
        List<User> theirs = new ArrayList<>();
        Set<UserId> blocking = blocks.blocking(all.stream().map(User::userId).toList(), origin(key, invite));
        for (User user : all) {
            boolean primary = sap.isPrimary(user.userId(), InviteRequest.class);
            Status status = primary ? status(user.userId(), blocking) : status(user.userId(), anywhere);
            if (status.isSuccess()) {
                (primary ? ours : theirs).add(user);
            } else {
                parts.add(Part.of(user, status));
            }
        }
        admit(key, invite, ours, theirs);
        store(key, invite, ours, theirs, now);
        ours.forEach(user -> parts.add(Part.of(user, Status.of(StatusCode.SUCCESSFUL))));
        parts.addAll(ask(key, invite, theirs));
        return Combination.of(parts);
    }

    private static Origin origin(Invitation.Key key, InviteRequest invite) {
        Optional<ScreenName> name = invite.invitingUser() instanceof ScreenName screenName
                ? Optional.of(screenName)
                : invite.ownScreenName();
        return new Origin(Optional.of(key.inviter()), invite.inviteGroupId(), name, invite.inviteApplicationId());
    }

    /** 410 for one who blocks: the list of SSP 13.2.6 has no 532, and nobody needs to know. */
    private Status status(UserId user, Set<UserId> blocking) {
        if (sap.isHome(user.domain()) && !users.isRegistered(user)) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        boolean away = sap.isHome(user.domain()) && !sap.isOnline(user) && !settings.forOffline();
        return Status.of(blocking.contains(user) || away ? StatusCode.UNABLE_TO_DELIVERY : StatusCode.SUCCESSFUL);
    }

    private Status status(UserId user, boolean anywhere) {
        return Status.of(
                anywhere || sap.isHome(user.domain()) ? StatusCode.SUCCESSFUL : StatusCode.DOMAIN_NOT_SUPPORTED);
    }

    /** A group of ours that wants its users invited lets these in from now on (SSP-304). */
    private void admit(Invitation.Key key, InviteRequest invite, List<User> ours, List<User> theirs) {
        Optional<GroupId> group = invite.inviteGroupId()
                .filter(any -> invite.inviteType().needsGroup() && invite.inviteType() != InviteType.GM)
                .filter(one -> groups.isHosted(one) || sap.isHome(one.domain()));
        if (group.isEmpty()) {
            return;
        }
        if (!groups.isHosted(group.get())) {
            throw Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }
        ours.forEach(user -> groups.invited(group.get(), key.inviter(), user.userId()));
        theirs.forEach(user -> groups.invited(group.get(), key.inviter(), user.userId()));
    }

    private void store(Invitation.Key key, InviteRequest invite, List<User> ours, List<User> theirs, Instant now) {
        List<User> all = new ArrayList<>(ours);
        all.addAll(theirs);
        if (all.isEmpty()) {
            return;
        }
        Invitation invitation = invitation(key, invite, all, now);
        List<Pending.Order> orders =
                ours.stream().map(user -> order(invitation, invite, user)).toList();
        deliveries.store().together(() -> {
            store.add(invitation);
            deliveries.store().add(orders, now, true);
            return true;
        });
        deliveries.kick(orders.stream().map(Pending.Order::destination).toList());
    }

    private Pending.Order order(Invitation invitation, InviteRequest invite, User user) {
        return new Pending.Order(
                Kind.INVITATION,
                new Destination.ToUser(user.userId()),
                "invitation",
                invitation.key().reference(),
                invite.forUser(MetaInformation.ofServer(sap.serviceId()), user),
                invitation.expires());
    }

    private List<Part> ask(Invitation.Key key, InviteRequest invite, List<User> theirs) {
        List<Part> parts = new ArrayList<>();
        List<UserId> refused = new ArrayList<>();
        SideBySide.each(theirs, user -> Answers.status(sap.ask(user.userId().domain(), invite.withInvitedUser(user))))
                .forEach((user, status) -> {
                    parts.add(Part.of(user, status));
                    if (!status.isSuccess()) {
                        refused.add(user.userId());
                    }
                });
        if (!refused.isEmpty()) {
            store.remove(key, refused);
        }
        return parts;
    }
}
