package org.impsiwf.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.conference.Focus;
import org.impsiwf.mapping.conversation.Conversation;
import org.impsiwf.mapping.conversation.Submission;
import org.impsiwf.mapping.delivery.Delivery;
import org.impsiwf.mapping.extension.Extension;
import org.impsiwf.mapping.hosting.HostedChat;
import org.impsiwf.mapping.participation.Participation;
import org.impsiwf.msrp.event.MsrpSessionId;

/** What lies behind a mailbox and is saved between two events: records all the way down, so that any node can go on. */
public sealed interface State {

    /** When {@link org.impsiwf.mapping.event.Event.DeadlineReached} is due; a timer that is early or late does no harm. */
    Optional<Instant> deadline();

    /**
     * What another node has to have to go on when this one dies: all but what is in transit. A message in transit has not been
     * answered, so its sender repeats it under the id that it has: a SIP user's client after the re-INVITE, a peer in the same
     * transaction. What goes on from us has an id that follows from that one, so that the receiver takes a repeat for what it is.
     * What was promised is no transit: stored reports, members, invitations, what a group said to its members, results owed to
     * a message to several. Ids remembered against repeats are kept where nobody further on would know a repeat.
     *
     * <p>A state is saved for others when this differs from what was saved last; a message inside a session changes nothing of it.
     */
    default State toShare() {
        return switch (this) {
            case OfConversation(Conversation talk) -> new OfConversation(talk.toShare());
            case OfParticipation(Participation one) -> new OfParticipation(one.toShare());
            case OfFocus focus -> this;
            case OfSubmission submission -> this;
            case OfDelivery delivery -> this;
            case OfExtension extension -> this;
            case OfHostedChat chat -> this;
        };
    }

    /**
     * Whether what was shared may stand for this for a moment longer: all that it lacks is that something promised was done. A node
     * that took over would do it once more, under the same ids.
     *
     * @param shared what {@link #toShare} gave earlier
     */
    default boolean mayLagBehind(State shared) {
        return switch (this) {
            case OfParticipation(Participation one) ->
                shared instanceof OfParticipation(Participation before) && one.mayLagBehind(before);
            case OfFocus(Focus focus) -> shared instanceof OfFocus(Focus before) && focus.mayLagBehind(before);
            case OfConversation talk -> false;
            case OfSubmission submission -> false;
            case OfDelivery delivery -> false;
            case OfExtension extension -> false;
            case OfHostedChat chat -> false;
        };
    }

    /**
     * Whether something is under way that would have to be made anew on another node: a message without its answer, a session that
     * is being set up. A planned hand-over waits for it, for a while.
     */
    default boolean isInTransit() {
        return switch (this) {
            case OfConversation(Conversation talk) -> talk.isInTransit();
            case OfParticipation(Participation one) -> one.isInTransit();
            case OfExtension(Extension extension) -> extension.isInTransit();
            case OfSubmission submission -> true;
            case OfFocus focus -> false;
            case OfDelivery delivery -> false;
            case OfHostedChat chat -> false;
        };
    }

    /** The MSRP sessions that it has on the node that works on it. */
    default List<MsrpSessionId> msrpSessions() {
        return switch (this) {
            case OfConversation(Conversation talk) ->
                talk.leg().session().stream().toList();
            case OfParticipation(Participation one) ->
                one.leg().session().stream().toList();
            case OfExtension extension -> List.of();
            case OfSubmission submission -> List.of();
            case OfFocus focus -> List.of();
            case OfDelivery delivery -> List.of();
            case OfHostedChat chat -> List.of();
        };
    }

    record OfConversation(Conversation conversation) implements State {
        @Override
        public Optional<Instant> deadline() {
            return conversation.deadline();
        }
    }

    record OfSubmission(Submission submission) implements State {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(submission.giveUpAt());
        }
    }

    record OfDelivery(Delivery delivery) implements State {
        @Override
        public Optional<Instant> deadline() {
            return delivery.deadline();
        }
    }

    record OfFocus(Focus focus) implements State {
        @Override
        public Optional<Instant> deadline() {
            return focus.deadline();
        }
    }

    record OfParticipation(Participation participation) implements State {
        @Override
        public Optional<Instant> deadline() {
            return participation.deadline();
        }
    }

    record OfExtension(Extension extension) implements State {
        @Override
        public Optional<Instant> deadline() {
            return extension.deadline();
        }
    }

    record OfHostedChat(HostedChat chat) implements State {
        @Override
        public Optional<Instant> deadline() {
            return chat.deadline();
        }
    }
}
