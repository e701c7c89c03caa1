package org.impsiwf.bench;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Messages in groups, each said by its first member, with so many of each group on their way at a time: the next is said when
 * one more is with everybody.
 */
final class GroupTraffic {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    /** One group: what is said in it, and how its copies are counted. */
    record Talk(GroupTally tally, Runnable say) {}

    /**
     * A measurement.
     *
     * @param cpu of the server, in microseconds for one message
     * @param p99 how long it took at most until 99 of 100 messages were with everybody
     */
    record Outcome(double perSecond, double cpu, Duration p99) {}

    private final List<Talk> talks;
    private final int window;
    private final Supplier<Duration> cpu;
    private volatile boolean talking;

    /** @param cpu that the server has used so far */
    GroupTraffic(List<Talk> talks, int window, Supplier<Duration> cpu) {
        this.talks = talks;
        this.window = window;
        this.cpu = cpu;
    }

    /** Talks for that long, and until everybody has everything. */
    Outcome of(Duration time) {
        AtomicLong said = new AtomicLong();
        AtomicLong heard = new AtomicLong();
        Queue<Long> waits = new ConcurrentLinkedQueue<>();
        List<Runnable> says =
                talks.stream().map(talk -> says(talk, said, heard, waits)).toList();
        talking = true;
        Duration before = cpu.get();
        long start = System.nanoTime();
        for (Runnable say : says) {
            for (int i = 0; i < window; i++) {
                say.run();
            }
        }
        while (System.nanoTime() - start < time.toNanos()) {
            LockSupport.parkNanos(1_000_000);
        }
        talking = false;
        await(said, heard);
        double seconds = (System.nanoTime() - start) / 1e9;
        double spent = cpu.get().minus(before).toNanos() / 1e3 / heard.get();
        return new Outcome(heard.get() / seconds, spent, p99(waits));
    }

    /** What says one more in that group; the messages of a group are with everybody in the order in which they were said. */
    private Runnable says(Talk talk, AtomicLong said, AtomicLong heard, Queue<Long> waits) {
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        Runnable say = () -> {
            said.incrementAndGet();
            times.add(System.nanoTime());
            talk.say().run();
        };
        talk.tally().onEverybodyHasIt(() -> {
            waits.add(System.nanoTime() - times.remove());
            heard.incrementAndGet();
            if (talking) {
                say.run();
            }
        });
        return say;
    }

    private static Duration p99(Queue<Long> waits) {
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        return Duration.ofNanos(sorted[(int) (sorted.length * 99L / 100)]);
    }

    private static void await(AtomicLong said, AtomicLong heard) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (heard.get() < said.get()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(said.get() - heard.get() + " messages are not with everybody");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
