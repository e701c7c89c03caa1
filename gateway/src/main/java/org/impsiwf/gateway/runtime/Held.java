package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.impsiwf.mapping.State;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;

/**
 * What a node knows of a mailbox that it works on.
 *
 * @param version of the entry in the store
 * @param state absent for a mailbox that has none
 * @param shared what the entry says of it
 * @param timeToLive of the last decision
 * @param saveBy when the entry is written again although it says enough, so that it does not run out; or makes up for its lag
 * @param lags whether the entry says less than it could ({@link State#mayLagBehind})
 * @param forgetAt when a state that waits for nothing is forgotten
 * @param touch at which all of this was true
 */
record Held(
        long version,
        Optional<State> state,
        Optional<State> shared,
        Duration timeToLive,
        Instant saveBy,
        boolean lags,
        Instant forgetAt,
        long touch) {

    /** An entry that says too little says so for this long at most. */
    private static final Duration LAG = Duration.ofSeconds(2);

    /** A touch that no node ever has. */
    private static final long IN_DOUBT = Long.MIN_VALUE;

    static Held nothing(long touch) {
        return new Held(
                Store.ABSENT,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Instant.MIN,
                false,
                Instant.MIN,
                touch);
    }

    /** How long the entry has to live still is not known: the next decision writes it. */
    static Held found(Versioned<Seated> entry, long touch) {
        Optional<State> state = Optional.of(entry.value().state());
        return new Held(entry.version(), state, state, Duration.ZERO, Instant.MIN, false, Instant.MIN, touch);
    }

    Held at(long otherTouch) {
        return new Held(version, state, shared, timeToLive, saveBy, lags, forgetAt, otherTouch);
    }

    /** A save that failed may have been made: the store is asked before this node acts on it again. */
    Held inDoubt() {
        return at(IN_DOUBT);
    }

    boolean isInDoubt() {
        return touch == IN_DOUBT;
    }

    Held with(State next, Duration ttl, Instant now) {
        return new Held(version, Optional.of(next), shared, ttl, saveBy, false, now.plus(ttl), touch);
    }

    /** The entry is not written for that: what comes next may be written with it. */
    Held lagging(State next, Duration ttl, Instant now) {
        Instant by = lags || saveBy.isBefore(now.plus(LAG)) ? saveBy : now.plus(LAG);
        return new Held(version, Optional.of(next), shared, ttl, by, true, now.plus(ttl), touch);
    }

    Held saved(long newVersion, State next, State nextShared, Duration ttl, Instant now) {
        return new Held(
                newVersion,
                Optional.of(next),
                Optional.of(nextShared),
                ttl,
                now.plus(ttl),
                false,
                now.plus(ttl),
                touch);
    }

    /** When something has to be looked at: the state's own deadline, the end of a memory, or an entry that lags. */
    Instant due() {
        Instant own = state.flatMap(State::deadline).orElse(forgetAt);
        return lags && saveBy.isBefore(own) ? saveBy : own;
    }

    /** A report that is only waited for may be asked after in days: the store alone remembers it. */
    static boolean belongsInMemory(State state) {
        return state.deadline().isPresent() || !(state instanceof State.OfDelivery);
    }
}
