package org.impsiwf.msrp.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A clock that moves only when it is told to. Safe from any thread. */
final class VirtualTime implements MsrpTime {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final TreeMap<Instant, List<Runnable>> due = new TreeMap<>();

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable task) {
        Instant at = now.plus(delay);
        due.computeIfAbsent(at, instant -> new ArrayList<>()).add(task);
        return () -> cancel(at, task);
    }

    private synchronized void cancel(Instant at, Runnable task) {
        List<Runnable> tasks = due.get(at);
        if (tasks != null) {
            tasks.remove(task);
        }
    }

    /** Lets time pass and rings the alarms that fall into it, in order. */
    void advance(Duration by) {
        Instant until = now().plus(by);
        for (List<Runnable> tasks = next(until); !tasks.isEmpty(); tasks = next(until)) {
            tasks.forEach(Runnable::run);
        }
    }

    private synchronized List<Runnable> next(Instant until) {
        while (true) {
            Map.Entry<Instant, List<Runnable>> first = due.firstEntry();
            if (first == null || first.getKey().isAfter(until)) {
                now = until;
                return List.of();
            }
            due.pollFirstEntry();
            now = first.getKey().isAfter(now) ? first.getKey() : now;
            if (!first.getValue().isEmpty()) {
                return List.copyOf(first.getValue());
            }
        }
    }
}
