package org.impsiwf.msrp.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks of one session, one after the other, whichever thread runs them. */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Runs the task here and now if nothing else runs or waits, else after that. */
    void runHere(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            runAll();
        }
    }

    /** Runs the task over there. */
    void runOn(Executor executor, Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            executor.execute(this::runAll);
        }
    }

    private void runAll() {
        do {
            Runnable task = tasks.poll();
            try {
                task.run();
            } catch (RuntimeException mistake) {
                // Ours, not the far end's: the next task must not pay for it.
                LOG.error("a session's task failed", mistake);
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
