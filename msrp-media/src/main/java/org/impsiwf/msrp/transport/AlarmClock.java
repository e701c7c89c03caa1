package org.impsiwf.msrp.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One alarm for the next of many deadlines. Deadlines mostly move away, so an alarm that is early just looks again: there is no
 * cancelling and setting for every message. Its owner's thread, but for the task.
 */
final class AlarmClock {
    private final MsrpTime time;
    private final Runnable task;
    private MsrpTime.Alarm alarm = () -> {};
    private Instant setFor = Instant.MAX;

    /** @param task runs on the time's thread when a deadline may be due; goes to its owner's thread and calls {@link #rang} */
    AlarmClock(MsrpTime time, Runnable task) {
        this.time = time;
        this.task = task;
    }

    /** Makes sure that it rings at that time or before. */
    void set(Optional<Instant> deadline) {
        if (deadline.isPresent() && deadline.get().isBefore(setFor)) {
            alarm.cancel();
            setFor = deadline.get();
            Duration delay = Duration.between(time.now(), setFor);
            alarm = time.after(delay.isNegative() ? Duration.ZERO : delay, task);
        }
    }

    /** Of two deadlines the one that comes first. */
    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.get().isAfter(other.get()) ? other : one;
    }

    void rang() {
        setFor = Instant.MAX;
    }

    void stop() {
        alarm.cancel();
        setFor = Instant.MIN;
    }
}
