package org.impsiwf.sip.stack;

import java.util.concurrent.atomic.AtomicInteger;

/** Says whether one more request that has to wait for the rest of the gateway may come in. Any thread. */
final class Admission {

    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean draining;

    Admission(int limit) {
        this.limit = limit;
    }

    /** Takes a place; who got one gives it back by {@link #leave}. */
    boolean enter() {
        if (draining) {
            return false;
        }
        if (waiting.incrementAndGet() > limit) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        waiting.decrementAndGet();
    }

    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    int waiting() {
        return waiting.get();
    }
}
