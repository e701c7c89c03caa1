package org.impsiwf.gateway.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.store.time.Time;
import org.impsiwf.store.time.WallTime;

/**
 * The machine's time, which a test can put forward: what is due by then runs at once. It can also go slower than the
 * machine's, so that a deadline of seconds means nothing to a machine that is busy.
 */
final class ForwardTime implements Time, AutoCloseable {

    private final WallTime wall = new WallTime();
    private final Set<Appointment> waiting = ConcurrentHashMap.newKeySet();
    private final Instant start = wall.instant();
    private final int slowness;
    private volatile Duration ahead = Duration.ZERO;

    ForwardTime() {
        this(1);
    }

    /** @param slowness seconds of the machine that are one here */
    ForwardTime(int slowness) {
        this.slowness = slowness;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, wall.instant()).dividedBy(slowness))
                .plus(ahead);
    }

    private Instant onTheWall(Instant due) {
        return start.plus(Duration.between(start, due.minus(ahead)).multipliedBy(slowness));
    }

    @Override
    public Alarm at(Instant due, Runnable task) {
        Appointment appointment = new Appointment(due, task);
        waiting.add(appointment);
        appointment.arm();
        return appointment;
    }

    void forward(Duration step) {
        ahead = ahead.plus(step);
        waiting.forEach(Appointment::arm);
    }

    @Override
    public void close() {
        wall.close();
    }

    private final class Appointment implements Alarm {
        private final Instant due;
        private final Runnable task;

        Appointment(Instant due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        /** An earlier alarm stays behind and finds nothing to do. */
        void arm() {
            wall.at(onTheWall(due), this::run);
        }

        private void run() {
            if (waiting.remove(this)) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            waiting.remove(this);
        }
    }
}
