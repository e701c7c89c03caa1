package org.impsiwf.msrp.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** For how many sessions that are about to join it a connection is kept open; none from its end on. Safe from any thread. */
final class Reservations {
    private static final int CLOSED = -1;

    private final AtomicInteger held = new AtomicInteger();

    /** @return false if the connection closes already */
    boolean add() {
        return held.getAndUpdate(now -> now == CLOSED ? now : now + 1) != CLOSED;
    }

    void giveBack() {
        held.getAndUpdate(now -> now == CLOSED ? now : now - 1);
    }

    /** Closes if there is none. */
    boolean closeIfNone() {
        return held.compareAndSet(0, CLOSED);
    }

    void close() {
        held.set(CLOSED);
    }
}
