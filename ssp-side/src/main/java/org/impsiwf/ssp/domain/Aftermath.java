package org.impsiwf.ssp.domain;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done once the current request has been answered; done by the thread that served it. */
public final class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final ScopedValue<Queue<Runnable>> CURRENT = ScopedValue.newInstance();

    private final Executor executor;

    public Aftermath(Executor executor) {
        this.executor = executor;
    }

    /** Serves and answers by the first, then does what was put off meanwhile. */
    public static void around(Runnable serving) {
        Queue<Runnable> putOff = new ArrayDeque<>();
        ScopedValue.where(CURRENT, putOff).run(serving);
        // Work may put more off; outside of the scope that begins a thread of its own.
        putOff.forEach(Aftermath::guarded);
    }

    /** Once the current request was answered; at once, on a thread of its own, when there is none. */
    public void afterwards(Runnable work) {
        if (CURRENT.isBound()) {
            CURRENT.get().add(work);
            return;
        }
        try {
            executor.execute(() -> guarded(work));
        } catch (RejectedExecutionException leaving) {
            LOG.warn("not done any more, the domain is closing");
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException ours) {
            LOG.error("work after a request failed", ours);
        }
    }
}
