package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * A talk of two that is becoming a group (SSP 16.2.13), from the group's creation until the others are invited. Pure: what
 * is to be done next follows from the state, so that another node or a later process can go on.
 *
 * @param conversation the initiator's own id for it
 * @param partner with whom the initiator talks, and who has to join first
 * @param invitation of the partner and of the others
 * @param users who are invited once the partner has joined
 * @param screenName what the initiator is to be called in the group
 * @param deadline until when the partner has to join (CSPX-29)
 * @param due when somebody has to look after it next
 * @param attempts how often the current step was tried
 */
public record Extension(
        GroupId group,
        UserId initiator,
        ExtendConversationId conversation,
        UserId partner,
        InviteId invitation,
        List<UserId> users,
        String screenName,
        boolean subscribes,
        Instant deadline,
        State state,
        Instant due,
        int attempts) {

    public Extension {
        users = List.copyOf(users);
    }

    /** How far it is. */
    public sealed interface State {

        /** The group is there; the partner is to be invited. */
        record Inviting() implements State {}

        /** The partner knows; it joins in time or not. */
        record Waiting() implements State {}

        /** Both are joined; the initiator is to be told. */
        record Extended() implements State {}

        /** The initiator knows the group; the others are to be invited. */
        record Told() implements State {}

        /**
         * The talk stays one of two and the group is gone; the initiator is to be told.
         *
         * @param note what the partner said to it
         */
        record Failed(int code, Optional<String> text, Optional<String> note) implements State {}

        /** Nothing is left to do. */
        record Ended() implements State {}
    }

    /** What happens to it. */
    public sealed interface Event {

        /** The partner's domain or clients took the invitation, or not. */
        record PartnerInvited(Status answer) implements Event {}

        record PartnerAnswered(boolean accepted, Optional<String> note) implements Event {}

        record PartnerJoined() implements Event {}

        record DeadlineReached(Instant now) implements Event {}

        /** The initiator was told, or cannot be. */
        record InitiatorTold() implements Event {}

        record OthersInvited() implements Event {}
    }

    /** The state after the event; the same one when it changes nothing. */
    public State decide(Event event) {
        return switch (state) {
            case State.Inviting inviting -> beforeJoining(inviting, event);
            case State.Waiting waiting -> beforeJoining(waiting, event);
            case State.Extended extended -> event instanceof Event.InitiatorTold ? new State.Told() : extended;
            case State.Told told -> event instanceof Event.OthersInvited ? new State.Ended() : told;
            case State.Failed failed -> event instanceof Event.InitiatorTold ? new State.Ended() : failed;
            case State.Ended ended -> ended;
        };
    }

    private State beforeJoining(State now, Event event) {
        return switch (event) {
            case Event.PartnerInvited(Status answer) ->
                answer.isSuccess() ? new State.Waiting() : failed(reported(answer), answer.statusDescription());
            // D-33: only a refusal counts, joining decides.
            case Event.PartnerAnswered(boolean accepted, Optional<String> note) ->
                accepted
                        ? now
                        : new State.Failed(StatusCode.EXTEND_CONVERSATION_REJECTED.code(), Optional.empty(), note);
            case Event.PartnerJoined joined -> new State.Extended();
            case Event.DeadlineReached(Instant at) ->
                at.isBefore(deadline)
                        ? now
                        : failed(StatusCode.UNABLE_TO_DELIVERY, Optional.of("the partner did not join in time"));
            case Event.InitiatorTold told -> now;
            case Event.OthersInvited invited -> now;
        };
    }

    private static State failed(StatusCode code, Optional<String> text) {
        return new State.Failed(code.code(), text, Optional.empty());
    }

    /** Why the partner could not be invited, in the words that an initiator may hear (SSP 16.3.11, CSPX-42). */
    private static StatusCode reported(Status answer) {
        return answer.known()
                .map(code -> switch (code) {
                    case UNKNOWN_USER,
                            DOMAIN_NOT_SUPPORTED,
                            SERVICE_PROVIDER_AGREEMENT_MISSING,
                            RECIPIENT_DOES_NOT_SUPPORT_THE_REQUESTED_FUNCTIONALITY -> code;
                    case RECIPIENT_BLOCKED_THE_SENDER, EXTEND_CONVERSATION_REJECTED ->
                        StatusCode.EXTEND_CONVERSATION_REJECTED;
                    // A client or domain without EXCON or without invitations (CSPX-40).
                    case SERVICE_NOT_AGREED, SERVICE_NOT_SUPPORTED, NOT_IMPLEMENTED ->
                        StatusCode.RECIPIENT_DOES_NOT_SUPPORT_THE_REQUESTED_FUNCTIONALITY;
                    default -> StatusCode.UNABLE_TO_DELIVERY;
                })
                .orElse(StatusCode.UNABLE_TO_DELIVERY);
    }

    /** Whether the group is there. */
    boolean isAlive() {
        return !(state instanceof State.Failed || state instanceof State.Ended);
    }

    Extension in(State next, Instant nextDue) {
        return copy(next, nextDue, next.equals(state) ? attempts : 0);
    }

    Extension tried(Instant nextDue) {
        return copy(state, nextDue, attempts + 1);
    }

    private Extension copy(State next, Instant nextDue, int tries) {
        return new Extension(
                group,
                initiator,
                conversation,
                partner,
                invitation,
                users,
                screenName,
                subscribes,
                deadline,
                next,
                nextDue,
                tries);
    }
}
