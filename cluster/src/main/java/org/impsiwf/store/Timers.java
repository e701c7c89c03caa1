package org.impsiwf.store;

import java.time.Instant;

/**
 * Durable deadlines, one per key, fired by the key's owner. A deadline may fire late and, around a take-over, twice:
 * the handler decides by the deadline in its own state.
 */
public interface Timers {

    /** Sets or moves the deadline of the key. */
    void arm(String key, Instant due);

    /** Takes the deadline back; nothing happens when there is none. */
    void cancel(String key);

    /** Number of armed deadlines, for metrics and leak tests. */
    long size();

    /** What happens when a deadline is reached. */
    @FunctionalInterface
    interface Handler {
        void due(String key, Instant deadline);
    }
}
