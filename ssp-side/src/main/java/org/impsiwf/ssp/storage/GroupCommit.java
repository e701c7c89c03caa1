package org.impsiwf.ssp.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes committed transactions of an embedded database durable: H2 writes them from a thread of its own, some time after
 * the commit. One write serves all who committed before it began, so the cost of a disk write is shared.
 */
final class GroupCommit {

    private final Runnable write;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private long completed;

    /** @param write writes everything committed so far, and returns when it is on disk */
    GroupCommit(Runnable write) {
        this.write = write;
    }

    /** Returns when what the caller has committed is on disk. */
    void sync() {
        // A write that had begun already may have missed us; the one after it cannot.
        long needed = begun.get() + 1;
        writing.lock();
        try {
            if (completed >= needed) {
                return;
            }
            long mine = begun.incrementAndGet();
            write.run();
            completed = mine;
        } finally {
            writing.unlock();
        }
    }
}
