package org.impsiwf.bench;

import java.time.Duration;
import java.util.List;
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
     */
    record Outcome(double perSecond, double cpu) {}

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
        talking = true;
        for (Talk talk : talks) {
            talk.tally().onEverybodyHasIt(() -> {
                heard.incrementAndGet();
                if (talking) {
                    said.incrementAndGet();
                    talk.say().run();
                }
            });
        }
        Duration before = cpu.get();
        long start = System.nanoTime();
        for (Talk talk : talks) {
            for (int i = 0; i < window; i++) {
                said.incrementAndGet();
                talk.say().run();
            }
        }
        while (System.nanoTime() - start < time.toNanos()) {
            LockSupport.parkNanos(1_000_000);
        }
        talking = false;
        await(said, heard);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Outcome(heard.get() / seconds, cpu.get().minus(before).toNanos() / 1e3 / heard.get());
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
