package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;

/**
 * Requests that came in at this node and are decided by another one. Their senders wait for an answer from here, so they do not
 * repeat them when the other node dies: this node does. Safe from any thread.
 */
final class Unanswered {

    /** After it nobody waits any more: a MESSAGE's transaction lasts 32 s (RFC 3261 §17.1.2.2). */
    private static final Duration LIFE = Duration.ofSeconds(32);

    private static final int MOST = 20_000;

    /** A request that waits. */
    record Waiting(MailboxKey key, Event event, String node, Instant at) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Object, Waiting> waiting = new LinkedHashMap<>();

    void handedOver(MailboxKey key, Event event, String node, Instant now) {
        transaction(event).ifPresent(id -> {
            lock.lock();
            try {
                waiting.putLast(id, new Waiting(key, event, node, now));
                Iterator<Waiting> oldest = waiting.values().iterator();
                while (waiting.size() > MOST || isOver(waiting.firstEntry().getValue(), now)) {
                    oldest.next();
                    oldest.remove();
                }
            } finally {
                lock.unlock();
            }
        });
    }

    private static boolean isOver(Waiting one, Instant now) {
        return one.at().plus(LIFE).isBefore(now);
    }

    private static Optional<Object> transaction(Event event) {
        return switch (event) {
            case Event.Ssp(SspEvent.RequestReceived e) -> Optional.of(e.transaction());
            // Its message leaves under an id that follows from this one: a repeat of what was answered does no harm.
            case Event.Sip(SipEvent.MessageReceived e) -> Optional.of(e.transaction());
            default -> Optional.empty();
        };
    }

    /** The other node has not taken it after all. */
    void decidedHere(Event event) {
        transaction(event).ifPresent(this::remove);
    }

    void answered(TransactionRef transaction) {
        remove(transaction);
    }

    private void remove(Object transaction) {
        lock.lock();
        try {
            waiting.remove(transaction);
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what that node had in hand, in the order in which it came. */
    List<Waiting> takeThoseOf(String node, Instant now) {
        lock.lock();
        try {
            List<Waiting> found = new ArrayList<>();
            waiting.values().removeIf(one -> {
                boolean its = one.node().equals(node);
                if (its && !isOver(one, now)) {
                    found.add(one);
                }
                return its;
            });
            return found;
        } finally {
            lock.unlock();
        }
    }
}
