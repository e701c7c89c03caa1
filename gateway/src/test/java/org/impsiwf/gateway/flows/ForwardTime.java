package org.impsiwf.gateway.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.store.time.Time;
import org.impsiwf.store.time.WallTime;

/** The machine's time, which a test can put forward: what is due by then runs at once. */
final class ForwardTime implements Time, AutoCloseable {

    private final WallTime wall = new WallTime();
    private final Set<Appointment> waiting = ConcurrentHashMap.newKeySet();
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return wall.instant().plus(ahead);
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
            wall.at(due.minus(ahead), this::run);
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
