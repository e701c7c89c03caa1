package org.impsiwf.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What blocking operations reach with so many of them under way at any time.
 *
 * @param perSecond operations concluded in a second
 * @param cpu microseconds of the process's CPU time for one
 */
record InFlight(double perSecond, double cpu) {

    static final int AT_ONCE = 16;

    /** An operation on its number, which no other run of it has. */
    @FunctionalInterface
    interface Operation {
        void run(int number) throws Exception;
    }

    static InFlight of(Duration time, AtomicInteger numbers, Operation operation) throws Exception {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int first = numbers.get();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        Callable<Void> worker = () -> {
            while (System.nanoTime() < end) {
                operation.run(numbers.getAndIncrement());
            }
            return null;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var ended : threads.invokeAll(
                    IntStream.range(0, AT_ONCE).mapToObj(i -> worker).toList())) {
                ended.get();
            }
        }
        int done = numbers.get() - first;
        return new InFlight(
                done / ((System.nanoTime() - start) / 1e9), (process.getProcessCpuTime() - cpu) / 1e3 / done);
    }
}
