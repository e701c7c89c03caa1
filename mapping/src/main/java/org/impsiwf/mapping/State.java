package org.impsiwf.mapping;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.mapping.conference.Focus;
import org.impsiwf.mapping.conversation.Conversation;
import org.impsiwf.mapping.conversation.Submission;
import org.impsiwf.mapping.delivery.Delivery;
import org.impsiwf.mapping.extension.Extension;
import org.impsiwf.mapping.hosting.HostedChat;
import org.impsiwf.mapping.participation.Participation;

/** What lies behind a mailbox and is saved between two events: records all the way down, so that any node can go on. */
public sealed interface State {

    /** When {@link org.impsiwf.mapping.event.Event.DeadlineReached} is due; a timer that is early or late does no harm. */
    Optional<Instant> deadline();

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
