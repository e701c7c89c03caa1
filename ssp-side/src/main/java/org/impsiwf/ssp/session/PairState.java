package org.impsiwf.ssp.session;

import java.time.Instant;
import org.impsiwf.ssp.primitives.TransactionId;

/** Where a session pair stands; stored, so that another node can go on from here. */
public sealed interface PairState {

    /** Nothing before this instant unless the peer moves. */
    Instant NEVER = Instant.ofEpochSecond(32_503_680_000L);

    /** When to tell {@link PairEvent.TimePassed}. */
    Instant deadline();

    /**
     * No session.
     *
     * @param retryAt when we try; {@link #NEVER} when we wait for the peer
     * @param failures attempts that failed since the last session
     * @param cause why there is none, for people
     */
    record Down(Instant retryAt, int failures, String cause) implements PairState {
        @Override
        public Instant deadline() {
            return retryAt;
        }
    }

    /** Step 1 has left. */
    record TokenSent(Attempt attempt, int failures) implements PairState {
        @Override
        public Instant deadline() {
            return attempt.giveUpAt();
        }
    }

    /** The peer started; step 3 has left, its LoginRequest is awaited. */
    record TokenAnswered(Attempt attempt, int failures) implements PairState {
        @Override
        public Instant deadline() {
            return attempt.giveUpAt();
        }
    }

    /** Our LoginRequest has left; the legs still missing may come in any order. */
    record LoggingIn(Attempt attempt, int failures) implements PairState {
        @Override
        public Instant deadline() {
            return attempt.answered() ? attempt.giveUpAt() : earlier(attempt.patientUntil(), attempt.giveUpAt());
        }
    }

    /** Both sides have proved themselves and accepted each other. */
    record Open(Session session) implements PairState {
        @Override
        public Instant deadline() {
            return session.agreedUntil();
        }
    }

    /**
     * The session goes on while a login is under way beside it: of a peer that, perhaps after a restart, logs in anew, or for
     * another connection pair of this very session.
     */
    record Replacing(Session session, PairState login) implements PairState {
        @Override
        public Instant deadline() {
            return earlier(session.agreedUntil(), login.deadline());
        }
    }

    /** Logout has left, the peer's Disconnect is awaited; nothing new starts. */
    record Leaving(Session session, TransactionId logout, Instant giveUpAt, String cause) implements PairState {
        @Override
        public Instant deadline() {
            return giveUpAt;
        }
    }

    /** Ended by us and not to be opened again, by either side. */
    record Closed(String cause) implements PairState {
        @Override
        public Instant deadline() {
            return NEVER;
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
