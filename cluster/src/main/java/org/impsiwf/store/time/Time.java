package org.impsiwf.store.time;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that also wakes up: {@link WallTime} in a running gateway, {@link VirtualTime} in a test. Safe from any thread. */
public interface Time extends InstantSource {

    /**
     * Runs the task once, at {@code due} or as soon after it as the machine allows; at once when that is past.
     *
     * @param task may block; an exception out of it is logged and ends nothing else
     */
    Alarm at(Instant due, Runnable task);

    /** A task that waits for its instant. */
    interface Alarm {

        /** Takes the task back; nothing happens when it has run or runs now. */
        void cancel();
    }
}
