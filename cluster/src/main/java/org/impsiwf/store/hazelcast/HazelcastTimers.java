package org.impsiwf.store.hazelcast;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Timers;
import org.impsiwf.store.time.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deadlines in a map; each node has alarms for the keys it owns. An entry leaves the map after its handler has run, so
 * the deadline of a node that dies in between fires again on the next owner.
 */
final class HazelcastTimers implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastTimers.class);

    private static final long NANOS = 1_000_000_000;

    /** A node may hear of a move before its partition table shows it, so it looks again. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(2);

    /** Identity matters: an alarm that crosses with a re-arm must not take the new deadline away. */
    private static final class Deadline {
        private final long due;
        private Time.Alarm alarm;

        private Deadline(long due) {
            this.due = due;
        }
    }

    private final ConcurrentHashMap<String, Deadline> alarms = new ConcurrentHashMap<>();
    private final String name;
    private final IMap<String, Long> map;
    private final Ownership ownership;
    private final Time time;
    private final Fence fence;
    private final Handler handler;

    HazelcastTimers(String name, IMap<String, Long> map, Ownership ownership, Time time, Fence fence, Handler handler) {
        this.name = name;
        this.map = map;
        this.ownership = ownership;
        this.time = time;
        this.fence = fence;
        this.handler = handler;
    }

    void start() {
        map.addLocalEntryListener(new Changes());
        ownership.onMove(this::lookTwice);
        time.at(time.instant(), this::takeOver);
    }

    @Override
    public void arm(String key, Instant due) {
        long nanos = toNanos(due);
        write(() -> map.set(key, nanos));
        if (ownership.owns(key)) {
            schedule(key, nanos);
        }
    }

    @Override
    public void cancel(String key) {
        write(() -> map.delete(key));
        unschedule(key);
    }

    private void write(Runnable change) {
        fence.pass(() -> {
            change.run();
            return null;
        });
    }

    @Override
    public long size() {
        return map.size();
    }

    private void schedule(String key, long due) {
        alarms.compute(key, (k, before) -> {
            if (before != null) {
                if (before.due == due) {
                    return before;
                }
                before.alarm.cancel();
            }
            var deadline = new Deadline(due);
            deadline.alarm = time.at(toInstant(due), () -> fire(key, deadline));
            return deadline;
        });
    }

    private void unschedule(String key) {
        alarms.computeIfPresent(key, (k, deadline) -> {
            deadline.alarm.cancel();
            return null;
        });
    }

    private void fire(String key, Deadline deadline) {
        try {
            Long current = ownership.owns(key) ? fence.pass(() -> map.get(key)) : null;
            if (current != null && current == deadline.due) {
                handle(key, deadline.due);
                write(() -> map.remove(key, current));
            } else if (current != null) {
                schedule(key, current);
            }
        } catch (HazelcastInstanceNotActiveException leaving) {
            LOG.debug("timer {} is left to the next owner: {}", name, leaving.getMessage());
        } catch (HazelcastException | OutOfTouchException unavailable) {
            LOG.warn("timer {} waits for the cluster: {}", name, unavailable.toString());
            time.at(time.instant().plus(SECOND_LOOK), () -> fire(key, deadline));
            return;
        }
        alarms.remove(key, deadline);
    }

    private void handle(String key, long due) {
        try {
            handler.due(key, toInstant(due));
        } catch (RuntimeException failure) {
            LOG.error("timer {} of {} failed", name, key, failure);
        }
    }

    private void lookTwice() {
        Instant now = time.instant();
        time.at(now, this::takeOver);
        time.at(now.plus(SECOND_LOOK), this::takeOver);
    }

    /** After keys have moved: alarms for what is ours now, none for what is not. Runs on a change of the cluster only. */
    private void takeOver() {
        try {
            for (String key : fence.pass(map::localKeySet)) {
                Long due = fence.pass(() -> map.get(key));
                if (due != null) {
                    schedule(key, due);
                }
            }
            alarms.keySet().stream().filter(key -> !ownership.owns(key)).forEach(this::unschedule);
        } catch (HazelcastInstanceNotActiveException leaving) {
            LOG.debug("timers {} are left to the next owner: {}", name, leaving.getMessage());
        } catch (HazelcastException | OutOfTouchException unavailable) {
            LOG.warn("timers {} cannot be taken over yet: {}", name, unavailable.toString());
            time.at(time.instant().plus(SECOND_LOOK), this::takeOver);
        }
    }

    private static long toNanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
    }

    private static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** What any node changed of the keys that this node owns. */
    private final class Changes
            implements EntryAddedListener<String, Long>,
                    EntryUpdatedListener<String, Long>,
                    EntryRemovedListener<String, Long> {
        @Override
        public void entryAdded(EntryEvent<String, Long> event) {
            schedule(event.getKey(), event.getValue());
        }

        @Override
        public void entryUpdated(EntryEvent<String, Long> event) {
            schedule(event.getKey(), event.getValue());
        }

        @Override
        public void entryRemoved(EntryEvent<String, Long> event) {
            unschedule(event.getKey());
        }
    }
}
