package org.impsiwf.ssp.transaction;

import java.time.Duration;

/**
 * SSP 8.5: how long a transaction is valid, and what goes with it; agreed per domain.
 *
 * @param latency of the network
 * @param processing what the provider may need
 * @param offset the adjustable rest
 * @param repeats how often an invalid transaction is repeated; zero: never
 * @param inProgress how long 1xx answers may keep a transaction alive, in all (D-29)
 * @param answerWithin after this we answer 504 to a transaction of the peer that nobody here has answered; below the
 *     peer's own patience, since it ends the session when that runs out
 * @param remember how long the answer to a transaction of the peer is kept for its repeats (D-25)
 */
public record TransactionTiming(
        Duration latency,
        Duration processing,
        Duration offset,
        int repeats,
        Duration inProgress,
        Duration answerWithin,
        Duration remember) {

    /** Three attempts of 8 s: a peer that is dead without a sign is told truthfully after 24 s. */
    public static final TransactionTiming DEFAULT = new TransactionTiming(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            2,
            Duration.ofSeconds(60),
            Duration.ofSeconds(22),
            Duration.ofSeconds(60));

    public TransactionTiming {
        if (repeats < 0 || !latency.plus(processing).plus(offset).isPositive()) {
            throw new IllegalArgumentException("a validity time is positive, a repeat count not negative");
        }
    }

    /** For one attempt. */
    public Duration validity() {
        return latency.plus(processing).plus(offset);
    }

    /** For all attempts. */
    public Duration patience() {
        return validity().multipliedBy(repeats + 1L);
    }
}
