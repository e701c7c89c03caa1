package org.impsiwf.store.local;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.store.Timers;
import org.impsiwf.store.time.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deadlines of one node; the handler runs where {@link Time} runs its tasks. */
final class LocalTimers implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(LocalTimers.class);

    /** Identity matters: an alarm that crosses with a re-arm must not take the new deadline away. */
    private static final class Deadline {
        private final Instant due;
        private Time.Alarm alarm;

        private Deadline(Instant due) {
            this.due = due;
        }
    }

    private final ConcurrentHashMap<String, Deadline> deadlines = new ConcurrentHashMap<>();
    private final String name;
    private final Time time;
    private final Handler handler;

    LocalTimers(String name, Time time, Handler handler) {
        this.name = name;
        this.time = time;
        this.handler = handler;
    }

    @Override
    public void arm(String key, Instant due) {
        deadlines.compute(key, (k, before) -> {
            if (before != null) {
                before.alarm.cancel();
            }
            var deadline = new Deadline(due);
            deadline.alarm = time.at(due, () -> fire(key, deadline));
            return deadline;
        });
    }

    @Override
    public void cancel(String key) {
        deadlines.computeIfPresent(key, (k, deadline) -> {
            deadline.alarm.cancel();
            return null;
        });
    }

    @Override
    public long size() {
        return deadlines.mappingCount();
    }

    private void fire(String key, Deadline deadline) {
        if (!deadlines.remove(key, deadline)) {
            return;
        }
        try {
            handler.due(key, deadline.due);
        } catch (RuntimeException failure) {
            LOG.error("timer {} of {} failed", name, key, failure);
        }
    }
}
