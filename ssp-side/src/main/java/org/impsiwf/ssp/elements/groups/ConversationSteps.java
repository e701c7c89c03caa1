package org.impsiwf.ssp.elements.groups;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.impsiwf.ssp.elements.groups.Extension.Event;
import org.impsiwf.ssp.elements.groups.Extension.State;
import org.impsiwf.ssp.elements.groups.GroupNotices.Changed;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the state of an extension asks for, one step after the other, and says what came of it. */
final class ConversationSteps {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationSteps.class);
    private static final int MOST_ATTEMPTS = 3;

    /** How long one step may take before it is tried again, perhaps by another process. */
    private static final Duration STEP = Duration.ofSeconds(45);

    private final GroupContext context;
    private final ConversationContext extensions;
    private final GroupNotices notices;
    private final Applying applying;
    private final InstantSource clock;

    /** Decides and keeps; within a transaction. */
    interface Applying {
        Extension apply(Extension open, Event event, Instant now);
    }

    ConversationSteps(
            GroupContext context,
            ConversationContext extensions,
            GroupNotices notices,
            Applying applying,
            InstantSource clock) {
        this.context = context;
        this.extensions = extensions;
        this.notices = notices;
        this.applying = applying;
        this.clock = clock;
    }

    /** Goes on until it has to wait for somebody, or another thread is at it. Calls other servers. */
    void drive(GroupId group) {
        Optional<Extension> open = claim(group);
        while (open.isPresent()) {
            Optional<Event> event = step(open.get());
            open = event.flatMap(happened -> after(group, happened));
        }
    }

    private Optional<Extension> claim(GroupId group) {
        Instant now = clock.instant();
        return context.store()
                .atomically(() -> extensions
                        .store()
                        .lock(group)
                        .filter(open -> !open.due().isAfter(now))
                        .filter(open -> !(open.state() instanceof State.Waiting))
                        .map(open -> claimed(open, now)));
    }

    private Extension claimed(Extension open, Instant now) {
        Extension tried = open.tried(now.plus(STEP));
        extensions.store().save(tried);
        return tried;
    }

    private Optional<Extension> after(GroupId group, Event event) {
        Instant now = clock.instant();
        return context.store().atomically(() -> {
            context.store().lock(group);
            Optional<Extension> before = extensions.store().lock(group);
            // Where the event changes nothing somebody else has gone on already.
            return before.map(open -> applying.apply(open, event, now))
                    .filter(next -> !next.state().equals(before.get().state()))
                    .filter(next -> !(next.state() instanceof State.Waiting || next.state() instanceof State.Ended))
                    .map(next -> claimed(next, now));
        });
    }

    private Optional<Event> step(Extension open) {
        return switch (open.state()) {
            case State.Inviting inviting -> Optional.of(new Event.PartnerInvited(invite(open, open.partner())));
            case State.Waiting waiting -> Optional.empty();
            case State.Extended extended -> told(open, Status.of(StatusCode.SUCCESSFUL), Optional.empty());
            case State.Told told -> {
                inviteOthers(open);
                yield Optional.of(new Event.OthersInvited());
            }
            case State.Failed(int code, Optional<String> text, Optional<String> note) ->
                told(open, text.map(t -> Status.of(code, t)).orElseGet(() -> Status.of(code)), note);
            case State.Ended ended -> Optional.empty();
        };
    }

    /** D-13: with the Group-ID also when the group is gone. Tried again later while there is hope, absent then. */
    private Optional<Event> told(Extension open, Status result, Optional<String> note) {
        ExtendConversationResponse response =
                new ExtendConversationResponse(context.meta(), open.conversation(), open.group(), note, result);
        Status answer = status(context.sap().deliver(open.initiator(), response));
        boolean again = isTemporary(answer) && open.attempts() < MOST_ATTEMPTS;
        if (!answer.isSuccess()) {
            LOG.info(
                    "extension {}: its initiator could not be told, status {}{}",
                    open.group(),
                    answer.statusCode(),
                    again ? ", tried again later" : "");
        }
        return again ? Optional.empty() : Optional.of(new Event.InitiatorTold());
    }

    private static boolean isTemporary(Status answer) {
        return answer.statusCode() == StatusCode.SERVICE_UNAVAILABLE.code()
                || answer.statusCode() == StatusCode.INVALID_TIMEOUT.code();
    }

    private void inviteOthers(Extension open) {
        if (context.store().find(open.group()).isEmpty()) {
            return;
        }
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            open.users().forEach(user -> all.execute(() -> inviteOther(open, user)));
        }
    }

    private void inviteOther(Extension open, UserId user) {
        Status answer = invite(open, user);
        if (!answer.isSuccess()) {
            LOG.info("extension {}: an invitation was not taken, status {}", open.group(), answer.statusCode());
        }
    }

    private Status invite(Extension open, UserId user) {
        if (context.isUnknown(user)) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        if (context.sap().isPrimary(user, BlockEntityRequest.class)
                && context.blocking().isBlocked(user, open.initiator(), Optional.empty())) {
            return Status.of(StatusCode.RECIPIENT_BLOCKED_THE_SENDER);
        }
        InviteRequest invitation = invitation(open, user);
        // Clients of ours, and the home of a user whose PSE we are, get it for the user (SSP 13.1.7.2).
        return status(
                context.sap().isPrimary(user, InviteUserRequest.class)
                        ? context.sap().deliver(user, invitation.forUser(meta(open), invitation.invitedUser()))
                        : context.sap().ask(user.domain(), invitation));
    }

    private static Status status(Primitive answer) {
        return answer instanceof Status status ? status : Status.of(StatusCode.INTERNAL_SERVER_ERROR);
    }

    /** For another home domain (SSP 13.1.7.1). */
    private InviteRequest invitation(Extension open, UserId user) {
        return new InviteRequest(
                meta(open),
                open.invitation(),
                InviteType.EC,
                User.of(open.initiator()),
                User.of(user),
                Optional.of(open.group()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                screenName(open),
                Optional.of(extensions.settings().timeout()));
    }

    private MetaInformation meta(Extension open) {
        return MetaInformation.ofUser(context.sap().serviceId(), open.initiator());
    }

    private static Optional<ScreenName> screenName(Extension open) {
        return Optional.of(ScreenName.in(open.group(), open.screenName()));
    }

    /** The initiator learns from the response that the partner is in; by its subscription it learns under which name. */
    void tellOfPartner(GroupId group, Changed partner) {
        notices.joined(group, partner);
    }
}
