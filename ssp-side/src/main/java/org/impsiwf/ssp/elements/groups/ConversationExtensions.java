package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.impsiwf.ssp.elements.ExtendedConversations;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.groups.Entrance.Entered;
import org.impsiwf.ssp.elements.groups.Extension.Event;
import org.impsiwf.ssp.elements.groups.Extension.State;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Turns conversations into groups (SSP 16.2.13, CSP 9.1.11), as provider and, for our users, as requestor. */
public final class ConversationExtensions implements ServiceElement, ExtendedConversations, Joining.ConversationEntry {

    private static final String OUR_INVITATIONS = "ec-";
    private static final int AT_ONCE = 100;

    private final GroupContext context;
    private final ConversationContext extensions;
    private final GroupLifecycle lifecycle;
    private final Entrance entrance;
    private final ConversationSteps steps;
    private final ConversationRequestor requestor;
    private final InstantSource clock;

    ConversationExtensions(
            GroupContext context,
            ConversationContext extensions,
            GroupLifecycle lifecycle,
            Entrance entrance,
            GroupNotices notices,
            InstantSource clock) {
        this.context = context;
        this.clock = clock;
        this.extensions = extensions;
        this.lifecycle = lifecycle;
        this.entrance = entrance;
        steps = new ConversationSteps(context, extensions, notices, this::apply, clock);
        requestor = new ConversationRequestor(context.sap(), extensions);
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(ExtendConversationRequest.class, ExtendConversationResponse.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch (request.primitive()) {
            case ExtendConversationResponse response -> requestor.answered(response);
            case ExtendConversationRequest extend -> {
                UserId user = request.requiredUser();
                boolean ours = context.sap().isPrimary(user, ExtendConversationRequest.class);
                yield ours || request.peer().isPresent()
                        ? begin(extend, user, ours, request.at())
                        : requestor.ask(extend, user, request.at());
            }
            default -> throw new IllegalStateException("not for this element: " + request.primitive());
        };
    }

    /** Whether an extension, here or after a restart, has sent that invitation: by its id alone. */
    public static boolean hasSent(InviteId invitation) {
        return invitation.value().startsWith(OUR_INVITATIONS);
    }

    private Status begin(ExtendConversationRequest request, UserId user, boolean ours, Instant now) {
        UserId partner = request.extendConversationUserId().userId();
        requireUsable(request, partner, ours);
        GroupId id = new GroupId("wv:/talk-" + UUID.randomUUID() + "@"
                + context.sap().serviceId().domain());
        Extension extension = new Extension(
                id,
                user,
                request.extendConversationId(),
                partner,
                new InviteId(OUR_INVITATIONS + UUID.randomUUID()),
                newUsers(request, user, partner),
                request.ownScreenName().name(),
                request.subscribeNotif() && extensions.takesNotices().test(user),
                now.plus(extensions.settings().timeout()),
                new State.Inviting(),
                now,
                0);
        context.store().atomically(() -> {
            if (!extensions.store().add(extension)) {
                // CSPX-05
                throw Refusal.of(StatusCode.BAD_PARAMETER, "that ExtendConversation-ID is in use");
            }
            Group group = lifecycle.keep(Group.ofConversation(id, settings(request), now));
            Participant stranger = Participant.stranger(partner);
            return context.save(group, stranger, stranger.invitedNow());
        });
        context.sap().afterwards(() -> steps.drive(id));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    private void requireUsable(ExtendConversationRequest request, UserId partner, boolean ours) {
        if (request.userIdList().isEmpty()) {
            throw Refusal.of(StatusCode.BAD_REQUEST, "nobody is to be invited");
        }
        int most = extensions.settings().mostInvited();
        if (request.userIdList().size() > most) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "more than " + most + " users are to be invited");
        }
        boolean partnerIsHere = context.sap().isHome(partner.domain());
        if (!ours && !partnerIsHere) {
            throw Refusal.of(StatusCode.DOMAIN_NOT_SUPPORTED, "neither of the two users is served here");
        }
        if (context.isUnknown(partner)) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        if (partnerIsHere && !context.sap().isOnline(partner)) {
            throw Refusal.of(StatusCode.UNABLE_TO_DELIVERY);
        }
    }

    private GroupSettings settings(ExtendConversationRequest request) {
        return GroupSettings.ofConversation(
                extensions.settings().keepsHistory(),
                request.welcomeNote()
                        .or(() -> extensions.settings().welcomeNote().map(Content::text)));
    }

    private static List<UserId> newUsers(ExtendConversationRequest request, UserId user, UserId partner) {
        return request.userIdList().stream()
                .filter(one -> !one.value().equalsIgnoreCase(user.value()))
                .filter(one -> !one.value().equalsIgnoreCase(partner.value()))
                .distinct()
                .toList();
    }

    @Override
    public Optional<Runnable> joined(Entered entered, Instant now) {
        GroupId group = entered.group().id();
        Optional<Extension> next = extensions
                .store()
                .lock(group)
                .filter(open -> open.partner()
                        .value()
                        .equalsIgnoreCase(entered.participant().user().value()))
                .map(open -> apply(open, new Event.PartnerJoined(), now))
                .filter(applied -> applied.state() instanceof State.Extended);
        return next.map(extended -> () -> {
            steps.drive(group);
            steps.tellOfPartner(group, entered.changed());
        });
    }

    @Override
    public boolean answered(InviteId invitation, UserId responding, boolean accepted, Optional<String> note) {
        if (!hasSent(invitation)) {
            return false;
        }
        extensions
                .store()
                .withInvitation(invitation)
                .filter(open -> open.partner().value().equalsIgnoreCase(responding.value()))
                .ifPresent(open -> happened(open.group(), new Event.PartnerAnswered(accepted, note), clock.instant()));
        return true;
    }

    private void happened(GroupId group, Event event, Instant now) {
        Optional<Extension> next = context.store().atomically(() -> {
            context.store().lock(group);
            return extensions.store().lock(group).map(open -> apply(open, event, now));
        });
        next.ifPresent(extension -> context.sap().afterwards(() -> steps.drive(group)));
    }

    /** Decides and keeps the next state, with what it means to the group; in the transaction that has locked both. */
    private Extension apply(Extension open, Event event, Instant now) {
        State state = open.decide(event);
        if (state.equals(open.state())) {
            return open;
        }
        Extension next = open.in(state, state instanceof State.Waiting ? open.deadline() : now);
        switch (state) {
            case State.Extended extended -> enterInitiator(next, now);
            case State.Failed failed -> context.store().delete(open.group());
            case State.Inviting same -> {}
            case State.Waiting waiting -> {}
            case State.Told told -> {}
            case State.Ended ended -> {}
        }
        if (state instanceof State.Ended) {
            extensions.store().remove(open.group());
        } else {
            extensions.store().save(next);
        }
        return next;
    }

    /** CSPX-27: joined without asking; and from now on the others may come (CSPX-13, CSPX-34). */
    private void enterInitiator(Extension extension, Instant now) {
        Group group = context.locked(extension.group());
        Participant initiator = context.participant(group, extension.initiator());
        if (!initiator.isJoined()) {
            Optional<ScreenName> name = Optional.of(ScreenName.in(group.id(), extension.screenName()));
            group = entrance.enter(group, initiator, initiator.invitedNow(), name, extension.subscribes(), now)
                    .group();
        }
        for (UserId user : extension.users()) {
            Participant guest = context.participant(group, user);
            group = context.save(group, guest, guest.invitedNow());
        }
    }

    @Override
    public void expire(Instant now) {
        for (GroupId group : extensions.store().due(now, AT_ONCE)) {
            happened(group, new Event.DeadlineReached(now), now);
        }
        extensions.store().forgetExpired(now);
    }
}
