package org.impsiwf.store.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Time for tests: stands still until it is advanced, and then runs what is due, in order, on the thread that advances it. */
public final class VirtualTime implements Time {

    private final Agenda agenda = new Agenda();
    private final AtomicReference<Instant> now;

    public VirtualTime(Instant start) {
        now = new AtomicReference<>(start);
    }

    /** Starts at an arbitrary, always equal instant. */
    public VirtualTime() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public Alarm at(Instant due, Runnable task) {
        return agenda.add(due, task);
    }

    /** Moves on; each task sees its own due instant as now. A task added on the way is run if it falls due on the way. */
    public void advance(Duration step) {
        Instant target = instant().plus(step);
        for (var due = agenda.takeDue(target); due.isPresent(); due = agenda.takeDue(target)) {
            Instant at = due.get().due();
            now.updateAndGet(before -> at.isAfter(before) ? at : before);
            due.get().task().run();
        }
        now.set(target);
    }

    /** Runs what is already due without moving on. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** When the next task is due; {@code Instant.MAX} when none waits. */
    public Instant nextDue() {
        return agenda.nextDue().orElse(Instant.MAX);
    }
}
