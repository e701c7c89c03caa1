package org.impsiwf.ssp.elements.delivery;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Work that waits for others, done side by side. */
public final class SideBySide {

    private SideBySide() {}

    /** What the work gives for each item, in the order of the items; one item is done on the caller's thread. */
    public static <T, R> Map<T, R> each(Collection<T> items, Function<T, R> work) {
        Map<T, R> results = new LinkedHashMap<>();
        if (items.size() == 1) {
            T only = items.iterator().next();
            results.put(only, work.apply(only));
        } else if (!items.isEmpty()) {
            onThreads(items, work, results);
        }
        return results;
    }

    private static <T, R> void onThreads(Collection<T> items, Function<T, R> work, Map<T, R> results) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<T, Future<R>> running = new LinkedHashMap<>();
            items.forEach(item -> running.put(item, threads.submit(() -> work.apply(item))));
            for (Map.Entry<T, Future<R>> one : running.entrySet()) {
                results.put(one.getKey(), one.getValue().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while others were asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
