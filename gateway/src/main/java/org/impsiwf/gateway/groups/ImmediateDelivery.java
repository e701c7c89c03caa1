package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a message that are carried while its sender waits. One that its destination has taken needs no database; one that
 * it has not taken, or not soon, is kept and carried by {@link Deliveries}, and what follows it in its lane goes the same way
 * until nothing is kept any more. So the sender is told of success when each copy is either taken or kept, and copies of one
 * lane never overtake each other. For a process that has the database for itself; thread-safe.
 */
final class ImmediateDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(ImmediateDelivery.class);

    /** Then the copy is kept, and its destination gets it again, under the same Message-ID. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Deliveries deliveries;
    private final ExecutorService threads;
    private final Function<Pending.Order, CompletableFuture<Verdict>> carrier;

    /** The end of the last turn in each lane. */
    private final ConcurrentHashMap<Lane, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /** Lanes of which something is kept, or was a moment ago. Each is touched only in its turn. */
    private final Set<Lane> behind = ConcurrentHashMap.newKeySet();

    /** Destinations for which nothing is kept from before this process began. */
    private final Set<Destination> upToDate = ConcurrentHashMap.newKeySet();

    private record Lane(Destination destination, String name) {}

    /**
     * @param threads run what waits for its turn
     * @param carrier tries once to have a copy taken, without waiting for it
     */
    ImmediateDelivery(
            Deliveries deliveries,
            ExecutorService threads,
            Function<Pending.Order, CompletableFuture<Verdict>> carrier) {
        this.deliveries = deliveries;
        this.threads = threads;
        this.carrier = carrier;
    }

    /** Returns when each of them is taken, or refused for good, or kept. Throws what the storage throws. */
    void carry(Collection<Pending.Order> orders) {
        List<Copy> copies = orders.stream().map(Copy::new).toList();
        List<Copy> mine = copies.stream().filter(this::isNext).toList();
        carryNow(mine);
        copies.forEach(Copy::await);
    }

    /** Whether its turn has come; otherwise it is carried on a thread of its own when it has. */
    private boolean isNext(Copy copy) {
        Optional<CompletableFuture<Void>> before = queue(copy.lane, copy.over);
        before.ifPresent(turn ->
                turn.whenComplete((done, failure) -> onItsOwn(copy.over, () -> carryNow(List.of(copy)))));
        return before.isEmpty();
    }

    /** The turn that has to end first; empty when there is none. */
    private Optional<CompletableFuture<Void>> queue(Lane lane, CompletableFuture<Void> turn) {
        CompletableFuture<Void> before = last.put(lane, turn);
        turn.whenComplete((done, failure) -> last.remove(lane, turn));
        return Optional.ofNullable(before).filter(running -> !running.isDone());
    }

    private void onItsOwn(CompletableFuture<Void> turn, Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException closed) {
            turn.completeExceptionally(closing());
        }
    }

    /** All at the same time; each turn has ended when this returns. */
    private void carryNow(List<Copy> copies) {
        copies.forEach(Copy::begin);
        CompletableFuture<?> answered = CompletableFuture.allOf(
                copies.stream().map(copy -> copy.answered).toArray(CompletableFuture[]::new));
        try {
            if (!answered.isDone()) {
                answered.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            answered.get();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            copies.forEach(Copy::conclude);
        }
    }

    /** What is neither taken nor kept is not accepted; its sender may say it again. */
    private static Refusal closing() {
        return Refusal.of(StatusCode.SERVICE_UNAVAILABLE, "the gateway is closing");
    }

    /** One copy, and its turn in its lane. */
    private final class Copy {

        private final Pending.Order order;
        private final Lane lane;

        /** Ends the turn: it is taken, or kept, or its sender is told that it is neither. */
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        /** When its destination has said something, or cannot be asked. */
        private final CompletableFuture<Optional<Verdict>> answered = new CompletableFuture<>();

        Copy(Pending.Order order) {
            this.order = order;
            this.lane = new Lane(order.destination(), order.lane());
        }

        void begin() {
            try {
                if (isBehind(lane, order.kind())) {
                    answered.complete(Optional.empty());
                } else {
                    attempt().whenComplete(this::answered);
                }
            } catch (StorageUnavailableException away) {
                over.completeExceptionally(away);
                answered.complete(Optional.empty());
            }
        }

        private CompletableFuture<Verdict> attempt() {
            try {
                return carrier.apply(order);
            } catch (RuntimeException mistake) {
                return CompletableFuture.failedFuture(mistake);
            }
        }

        /** Who is next need not wait until the sender of this one has noticed. */
        private void answered(Verdict verdict, Throwable mistake) {
            if (mistake != null) {
                LOG.error("could not carry message {} to {}", order.reference(), order.destination(), mistake);
            }
            if (verdict instanceof Verdict.Over) {
                over.complete(null);
            }
            answered.complete(Optional.ofNullable(verdict));
        }

        /** Keeps it when it is not taken by now. */
        void conclude() {
            if (over.isDone()) {
                return;
            }
            if (!answered.isDone()) {
                LOG.info("{} is slow to take message {}, which is kept", order.destination(), order.reference());
            }
            try {
                keep(lane, order);
                over.complete(null);
            } catch (RuntimeException failed) {
                over.completeExceptionally(failed);
            }
        }

        void await() {
            try {
                over.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RuntimeException known) {
                    throw known;
                }
                throw new IllegalStateException(failed);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                throw closing();
            }
        }
    }

    private void keep(Lane lane, Pending.Order order) {
        if (threads.isShutdown() || Thread.currentThread().isInterrupted()) {
            // Who waited has been interrupted, and must not touch the files of an embedded database any more.
            throw closing();
        }
        behind.add(lane);
        deliveries.add(order);
    }

    private boolean isBehind(Lane lane, Pending.Kind kind) {
        if (upToDate.contains(lane.destination()) && !behind.contains(lane)) {
            return false;
        }
        boolean waiting = deliveries.store().count(kind, lane.destination()) > 0;
        if (!waiting) {
            behind.remove(lane);
            upToDate.add(lane.destination());
        }
        return waiting;
    }

    /** Forgets lanes whose copies have all been taken meanwhile. */
    void tidy(Pending.Kind kind) {
        behind.forEach(lane -> {
            CompletableFuture<Void> turn = new CompletableFuture<>();
            queue(lane, turn)
                    .orElseGet(() -> CompletableFuture.completedFuture(null))
                    .whenComplete((done, failure) -> onItsOwn(turn, () -> look(lane, kind, turn)));
        });
    }

    private void look(Lane lane, Pending.Kind kind, CompletableFuture<Void> turn) {
        try {
            isBehind(lane, kind);
        } catch (StorageUnavailableException away) {
            LOG.debug("whether {} is up to date cannot be known now", lane, away);
        } finally {
            turn.complete(null);
        }
    }
}
