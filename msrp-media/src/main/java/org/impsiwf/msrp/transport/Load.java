package org.impsiwf.msrp.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all sessions have in hand together. Safe from any thread. */
final class Load {
    private final AtomicInteger partials = new AtomicInteger();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicInteger outgoing = new AtomicInteger();
    private final AtomicLong relayedBytes = new AtomicLong();

    /** Messages of which a part has come. */
    void partials(int change) {
        partials.addAndGet(change);
    }

    /** A request was handed over, and waits for its answer. */
    void exchangeOpened() {
        exchanges.incrementAndGet();
    }

    void exchangeClosed() {
        exchanges.decrementAndGet();
    }

    /** Messages that have not left, or wait for their response. */
    void outgoing(int change) {
        outgoing.addAndGet(change);
    }

    /** Octets of relayed messages that have come and not left yet. */
    void relayed(int change) {
        relayedBytes.addAndGet(change);
    }

    /** Whether every message in either direction has its answer. */
    boolean isAnswered() {
        return exchanges.get() == 0 && outgoing.get() == 0;
    }

    MsrpSnapshot snapshot(int sessions, int connections, long partialBytes) {
        return new MsrpSnapshot(
                sessions,
                connections,
                partials.get(),
                partialBytes,
                exchanges.get(),
                outgoing.get(),
                relayedBytes.get());
    }
}
