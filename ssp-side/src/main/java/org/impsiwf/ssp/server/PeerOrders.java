package org.impsiwf.ssp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;

/**
 * What was ordered of one peer on this node, with several nodes: given to whoever holds the peer, in order, one delivery at
 * a time, and given again to the next holder as long as there is no outcome. The same order has the same Transaction-ID
 * there, so the peer does not act twice. Confined to the peer's event loop.
 */
final class PeerOrders {

    private static final int MOST_AT_ONCE = 100;
    /** Longer than it takes to see that a holder is dead, and to take its place. */
    private static final Duration WITHOUT_HOLDER = Duration.ofSeconds(15);
    /** Beyond every patience of a holder: its outcome was lost, or it has forgotten. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Where orders go and what becomes of them. */
    interface Way {

        /** Gives them to the holder. Calls {@link #given} or {@link #notGiven} later, unless nobody can take them now: then false. */
        boolean give(List<SspCommand> commands);

        void failed(SspRequestId request, SspEvent.Cause cause);
    }

    private static final class Open {
        private final SspCommand.SendRequest order;
        private final Instant ordered;
        private boolean given;

        private Open(SspCommand.SendRequest order, Instant ordered) {
            this.order = order;
            this.ordered = ordered;
        }
    }

    private record Waiting(SspCommand command, Instant since) {}

    private final PeerSettings settings;
    private final Way way;
    /** Without an outcome. */
    private final Map<SspRequestId, Open> open = new LinkedHashMap<>();
    /** Not given to anybody. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private List<Waiting> underWay = List.of();

    PeerOrders(PeerSettings settings, Way way) {
        this.settings = settings;
        this.way = way;
    }

    void order(SspCommand command, Instant now) {
        if (command instanceof SspCommand.SendRequest order) {
            if (open.size() >= settings.limits().openRequests()) {
                way.failed(order.request(), SspEvent.Cause.OVERLOAD);
                return;
            }
            open.put(order.request(), new Open(order, now));
        } else if (waiting.size() >= settings.limits().openTransactions()) {
            // Nobody takes answers: the peer will ask again.
            return;
        }
        waiting.add(new Waiting(command, now));
        give();
    }

    private void give() {
        if (!underWay.isEmpty() || waiting.isEmpty()) {
            return;
        }
        List<Waiting> next = new ArrayList<>();
        while (!waiting.isEmpty() && next.size() < MOST_AT_ONCE) {
            next.add(waiting.removeFirst());
        }
        underWay = next;
        if (!way.give(next.stream().map(Waiting::command).toList())) {
            notGiven();
        }
    }

    /** The holder has what it was given last. */
    void given() {
        for (Waiting done : underWay) {
            opened(done.command()).ifPresent(request -> request.given = true);
        }
        underWay = List.of();
        give();
    }

    /** It did not take it, as far as can be known; the next attempt is made with the next tick. */
    void notGiven() {
        for (Waiting undone : underWay.reversed()) {
            waiting.addFirst(undone);
        }
        underWay = List.of();
    }

    private Optional<Open> opened(SspCommand command) {
        return switch (command) {
            case SspCommand.SendRequest order -> Optional.ofNullable(open.get(order.request()));
            case SspCommand.Answer answer -> Optional.empty();
        };
    }

    /** @return whether it was awaited here */
    boolean ended(SspRequestId request) {
        return open.remove(request) != null;
    }

    /** Another node holds the peer now. Answers are not given again: who asked asks again. */
    void giveAgain(Instant now) {
        List<Waiting> answers = waiting.stream()
                .filter(one -> one.command() instanceof SspCommand.Answer)
                .toList();
        waiting.clear();
        open.values().forEach(request -> waiting.add(new Waiting(request.order, now)));
        waiting.addAll(answers);
        give();
    }

    void tick(Instant now) {
        while (!waiting.isEmpty() && now.isAfter(waiting.getFirst().since().plus(WITHOUT_HOLDER))) {
            opened(waiting.removeFirst().command()).ifPresent(this::fail);
        }
        for (Open request : List.copyOf(open.values())) {
            if (!now.isAfter(request.ordered.plus(LONGEST))) {
                break;
            }
            fail(request);
        }
        give();
    }

    /** The server stops. */
    void failAll() {
        waiting.clear();
        List.copyOf(open.values()).forEach(this::fail);
    }

    private void fail(Open request) {
        open.remove(request.order.request());
        way.failed(request.order.request(), request.given ? SspEvent.Cause.NO_ANSWER : SspEvent.Cause.NO_SESSION);
    }

    int size() {
        return open.size();
    }
}
