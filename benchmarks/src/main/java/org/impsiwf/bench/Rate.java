package org.impsiwf.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Operations per second of one thread's CPU time: the best of several rounds after a warm-up, so that a noisy neighbour hurts little. */
final class Rate {

    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 4;
    private static final long ROUND_NANOS = 700_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Rate() {}

    /** An operation whose result is kept, so that the compiler can't leave it out. */
    @FunctionalInterface
    interface Operation {
        int run() throws Exception;
    }

    static double perSecond(Operation operation) throws Exception {
        double best = 0;
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            double rate = round(operation);
            best = round < WARM_UP_ROUNDS ? 0 : Math.max(best, rate);
        }
        return best;
    }

    private static double round(Operation operation) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        long spent = 0;
        long count = 0;
        int sum = 0;
        while (spent < ROUND_NANOS) {
            for (int i = 0; i < 100; i++) {
                sum += operation.run();
            }
            count += 100;
            spent = THREADS.getCurrentThreadCpuTime() - start;
        }
        if (sum == Integer.MIN_VALUE) {
            throw new IllegalStateException("an operation may not return results that add up to this");
        }
        return count * 1e9 / spent;
    }
}
