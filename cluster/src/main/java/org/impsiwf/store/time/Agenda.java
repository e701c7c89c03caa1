package org.impsiwf.store.time;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Tasks in the order in which they are due, those of one instant in the order they were added. A task that was taken leaves nothing behind. */
final class Agenda {

    /** Added, and then either taken or cancelled, never both. */
    final class Appointment implements Time.Alarm, Comparable<Appointment> {
        private static final Comparator<Appointment> ORDER =
                Comparator.comparing(Appointment::due).thenComparingLong(a -> a.number);

        private final Instant due;
        private final long number = numbers.incrementAndGet();
        private final AtomicReference<Runnable> task;

        private Appointment(Instant due, Runnable task) {
            this.due = due;
            this.task = new AtomicReference<>(task);
        }

        Instant due() {
            return due;
        }

        @Override
        public void cancel() {
            task.set(null);
            appointments.remove(this);
        }

        @Override
        public int compareTo(Appointment other) {
            return ORDER.compare(this, other);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    private final ConcurrentSkipListSet<Appointment> appointments = new ConcurrentSkipListSet<>();
    private final AtomicLong numbers = new AtomicLong();

    Appointment add(Instant due, Runnable task) {
        var appointment = new Appointment(due, task);
        appointments.add(appointment);
        return appointment;
    }

    Optional<Instant> nextDue() {
        var iterator = appointments.iterator();
        return iterator.hasNext() ? Optional.of(iterator.next().due) : Optional.empty();
    }

    /** Takes the first task that is due at {@code now}. */
    Optional<Due> takeDue(Instant now) {
        for (var iterator = appointments.iterator(); iterator.hasNext(); ) {
            Appointment first = iterator.next();
            if (first.due.isAfter(now)) {
                return Optional.empty();
            }
            iterator.remove();
            Runnable task = first.task.getAndSet(null);
            if (task != null) {
                return Optional.of(new Due(first.due, task));
            }
        }
        return Optional.empty();
    }

    /** A task whose time has come. */
    record Due(Instant due, Runnable task) {}
}
