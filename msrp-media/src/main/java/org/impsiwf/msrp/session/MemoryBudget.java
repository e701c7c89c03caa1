package org.impsiwf.msrp.session;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of messages may wait at once, here and in everything this belongs to. Safe from any thread. */
public final class MemoryBudget {
    private final long limit;
    private final MemoryBudget parent;
    private final AtomicLong used = new AtomicLong();

    private MemoryBudget(long limit, MemoryBudget parent) {
        this.limit = limit;
        this.parent = parent;
    }

    public static MemoryBudget of(long limit) {
        return new MemoryBudget(limit, null);
    }

    /** A part of this one with a limit of its own. */
    public MemoryBudget part(long partLimit) {
        return new MemoryBudget(partLimit, this);
    }

    /** @return false, with nothing taken, if a limit would be passed */
    public boolean take(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        if (parent != null && !parent.take(bytes)) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
        if (parent != null) {
            parent.giveBack(bytes);
        }
    }

    public long used() {
        return used.get();
    }
}
