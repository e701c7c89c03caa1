package org.impsiwf.ssp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.impsiwf.ssp.primitives.SessionId;

/**
 * What waits for a connection to one peer, and what of it leaves together: one message holds transactions of one
 * session and one kind. Confined to the peer's event loop.
 */
final class OutboundQueue {

    /** What waits for another connection is not searched through to its end for each message of this one. */
    private static final int MOST_PASSED_OVER = 1000;

    private final Deque<Outbound> setUps = new ArrayDeque<>();
    private final Deque<Outbound> answers = new ArrayDeque<>();
    private final Deque<Outbound> requests = new ArrayDeque<>();
    private final int mostTransactions;
    private final int mostBytes;

    OutboundQueue(int mostTransactions, int mostBytes) {
        this.mostTransactions = mostTransactions;
        this.mostBytes = mostBytes;
    }

    void add(Outbound message) {
        // Whoever sends us tokens in the peer's name makes us answer; the same answer need not wait twice.
        message.setUp.ifPresent(
                step -> setUps.removeIf(m -> m.setUp.filter(step::equals).isPresent()));
        of(message).addLast(message);
    }

    /** Back to where they came from, in their order. */
    void addFirst(List<Outbound> messages) {
        for (Outbound message : messages.reversed()) {
            of(message).addFirst(message);
        }
    }

    private Deque<Outbound> of(Outbound message) {
        return switch (message.kind) {
            case SET_UP -> setUps;
            case ANSWER -> answers;
            case REQUEST -> requests;
        };
    }

    boolean isEmpty() {
        return setUps.isEmpty() && answers.isEmpty() && requests.isEmpty();
    }

    boolean hasSetUp() {
        return !setUps.isEmpty();
    }

    Outbound firstSetUp() {
        return setUps.getFirst();
    }

    Outbound nextSetUp() {
        return setUps.removeFirst();
    }

    /**
     * The next message for a connection; empty when nothing waits that may use it.
     *
     * @param may whether the connection may carry this one
     */
    List<Outbound> nextBatch(Predicate<Outbound> may) {
        List<Outbound> batch = gather(answers, may);
        return batch.isEmpty() ? gather(requests, may) : batch;
    }

    private List<Outbound> gather(Deque<Outbound> from, Predicate<Outbound> may) {
        List<Outbound> batch = new ArrayList<>();
        List<Outbound> passedOver = new ArrayList<>();
        Optional<SessionId> session = Optional.empty();
        int bytes = 0;
        while (!from.isEmpty() && batch.size() < mostTransactions && passedOver.size() < MOST_PASSED_OVER) {
            Outbound next = from.peekFirst();
            if (!may.test(next)) {
                passedOver.add(from.removeFirst());
                continue;
            }
            bytes += next.weight();
            boolean fits = batch.isEmpty() || (next.session.equals(session) && bytes <= mostBytes);
            // What once spoilt a batch, or ended it, is not put into another one.
            if (!fits || (!batch.isEmpty() && next.failures > 0)) {
                break;
            }
            session = next.session;
            batch.add(from.removeFirst());
            if (next.failures > 0) {
                break;
            }
        }
        for (Outbound message : passedOver.reversed()) {
            from.addFirst(message);
        }
        return batch;
    }

    /** Takes out and returns what matches. */
    List<Outbound> drop(Predicate<Outbound> which) {
        List<Outbound> dropped = new ArrayList<>();
        for (Collection<Outbound> queue : List.of(setUps, answers, requests)) {
            queue.removeIf(message -> {
                boolean drop = which.test(message);
                if (drop) {
                    dropped.add(message);
                }
                return drop;
            });
        }
        return dropped;
    }

    boolean hasFarewell() {
        return setUps.stream().anyMatch(m -> m.farewell)
                || answers.stream().anyMatch(m -> m.farewell)
                || requests.stream().anyMatch(m -> m.farewell);
    }

    int size() {
        return setUps.size() + answers.size() + requests.size();
    }
}
