package org.impsiwf.ssp.domain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Runs work side by side, but what has the same key one after the other. Holds no key longer than its work. */
public final class InOrder {

    private final ConcurrentHashMap<Object, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
    private final Executor executor;

    /** @param executor runs what may block */
    public InOrder(Executor executor) {
        this.executor = executor;
    }

    /**
     * Has it run in its turn; returns at once.
     *
     * @param work must not throw
     * @throws java.util.concurrent.RejectedExecutionException when nothing was before it and the executor is closed
     */
    public void run(Object key, Runnable work) {
        CompletableFuture<Void> mine = last.compute(
                key,
                (k, before) -> before == null
                        ? CompletableFuture.runAsync(work, executor)
                        : before.thenRunAsync(work, executor));
        mine.whenComplete((done, failure) -> last.remove(key, mine));
    }
}
