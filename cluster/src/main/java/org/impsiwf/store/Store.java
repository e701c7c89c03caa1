package org.impsiwf.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A typed map that outlives a node: compare-and-set by version, a time-to-live per entry, no locks and no iteration in the
 * way of a message.
 *
 * <p>Calls may block for a network round trip; make them from a virtual thread, never from an event loop. Every
 * implementation passes the same contract suite.
 *
 * @param <V> a record whose serialised form can evolve, see {@link RecordCodec}
 */
public interface Store<V> {

    /** The version that an absent entry has. */
    long ABSENT = 0;

    /** The value and its version, or empty when there is none or its time has run out. */
    Optional<Versioned<V>> load(String key);

    /**
     * Saves {@code next} if the entry still has {@code version}.
     *
     * @param version what {@link #load} gave, or {@link #ABSENT} for an entry that must not exist yet
     * @param timeToLive counted from now; the entry is gone after it unless it is saved again
     * @return the new version, or empty when somebody was faster
     */
    OptionalLong save(String key, long version, V next, Duration timeToLive);

    /** Removes the entry if it still has {@code version}; false when somebody was faster. */
    boolean remove(String key, long version);

    /** Whether calls return at once, since no other node has a part in this store; then an event loop may make them. */
    default boolean isInHeap() {
        return false;
    }

    /**
     * The keys that this node owns now. Costs a walk over all of them: on a change of the cluster only. A key that moves
     * meanwhile may be missed by both its owners, so who must see all looks again after {@link Ownership#onMove}.
     */
    Set<String> ownedKeys();

    /** Number of live entries, for metrics and leak tests; never in the way of a message. */
    long size();
}
