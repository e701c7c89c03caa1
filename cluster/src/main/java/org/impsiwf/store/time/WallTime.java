package org.impsiwf.store.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's time. One thread waits for the next task; every task runs on a virtual thread of its own. */
public final class WallTime implements Time, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WallTime.class);

    /** The wall clock may be set while we wait; looking at it this often bounds what that costs. */
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final Clock clock = Clock.systemUTC();
    private final Agenda agenda = new Agenda();
    private final Thread waiter;

    /** When the waiter looks at the agenda next; what is due later needs not wake it. */
    private volatile Instant looksAt = Instant.MAX;

    private volatile boolean closed;

    public WallTime() {
        waiter = Thread.ofPlatform().name("iwf-time").daemon().start(this::run);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public Alarm at(Instant due, Runnable task) {
        var appointment = agenda.add(due, task);
        if (due.isBefore(looksAt)) {
            LockSupport.unpark(waiter);
        }
        return appointment;
    }

    private void run() {
        while (!closed) {
            agenda.takeDue(instant()).ifPresentOrElse(due -> start(due.task()), this::nap);
        }
    }

    private void nap() {
        looksAt = Instant.MAX; // before it is known: whatever is added meanwhile wakes us
        Instant now = instant();
        Instant latest = now.plus(LONGEST_NAP);
        Instant next = agenda.nextDue().filter(due -> due.isBefore(latest)).orElse(latest);
        looksAt = next;
        LockSupport.parkNanos(this, Math.max(1, Duration.between(now, next).toNanos()));
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("iwf-due").start(() -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                LOG.error("a timed task failed", failure);
            }
        });
    }

    /** Tasks that still wait are not run. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(waiter);
    }
}
