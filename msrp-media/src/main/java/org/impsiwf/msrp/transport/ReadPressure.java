package org.impsiwf.msrp.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.impsiwf.msrp.session.MessageLimits;

/**
 * Stops reading a connection while too many of its messages wait for their answer: the far end then feels it by TCP. Every such
 * message has an end of its own ({@link MsrpTimeouts#answer}), so reading always goes on. Safe from any thread.
 */
final class ReadPressure {
    private final MsrpEndpoint endpoint;
    private final MessageLimits limits;
    private final Runnable changed;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicInteger blocks = new AtomicInteger();

    ReadPressure(MsrpEndpoint endpoint, Runnable changed) {
        this.endpoint = endpoint;
        this.limits = endpoint.settings().messages();
        this.changed = changed;
    }

    void handedOver(int size) {
        int waiting = messages.incrementAndGet();
        long waitingBytes = bytes.addAndGet(size);
        if ((waiting >= limits.unanswered() || waitingBytes >= limits.unansweredBytes())
                && paused.compareAndSet(false, true)) {
            endpoint.watcher().count(MsrpCount.READING_PAUSED);
            changed.run();
            resumeIfRelieved();
        }
    }

    void answered(int size) {
        messages.decrementAndGet();
        bytes.addAndGet(-size);
        resumeIfRelieved();
    }

    private void resumeIfRelieved() {
        if (paused.get()
                && messages.get() <= limits.unanswered() / 2
                && bytes.get() <= limits.unansweredBytes() / 2
                && paused.compareAndSet(true, false)) {
            changed.run();
        }
    }

    /** Nothing is read until {@link #unblock} has been called as often. Whoever calls it has an end of its own. */
    void block() {
        if (blocks.getAndIncrement() == 0) {
            endpoint.watcher().count(MsrpCount.READING_PAUSED);
            changed.run();
        }
    }

    void unblock() {
        if (blocks.decrementAndGet() == 0) {
            changed.run();
        }
    }

    boolean paused() {
        return paused.get() || blocks.get() > 0;
    }
}
