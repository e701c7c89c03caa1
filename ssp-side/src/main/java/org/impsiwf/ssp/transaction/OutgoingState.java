package org.impsiwf.ssp.transaction;

import java.time.Instant;

/** Where a transaction that we opened stands. */
public sealed interface OutgoingState {

    /** When to tell {@link OutgoingEvent.TimePassed}. */
    Instant deadline();

    /**
     * There is no session to send it in.
     *
     * @param sent whether it left in an earlier session, so that the peer may have acted on it
     * @param attempts made so far
     */
    record Waiting(Instant giveUpAt, boolean sent, int attempts) implements OutgoingState {
        @Override
        public Instant deadline() {
            return giveUpAt;
        }
    }

    /** @param dueAt end of the validity time of this attempt */
    record Sent(int attempts, Instant dueAt, Instant giveUpAt) implements OutgoingState {
        @Override
        public Instant deadline() {
            return dueAt;
        }
    }

    /**
     * The peer said 1xx.
     *
     * @param endAt no 1xx moves the deadline beyond this
     */
    record InProgress(int attempts, Instant dueAt, Instant endAt) implements OutgoingState {
        @Override
        public Instant deadline() {
            return dueAt;
        }
    }

    record Done() implements OutgoingState {
        @Override
        public Instant deadline() {
            return Instant.MAX;
        }
    }
}
