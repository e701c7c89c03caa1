package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.impsiwf.ssp.domain.InOrder;
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
    private final Function<Pending.Order, Verdict> carrier;
    private final InOrder lanes;

    /** Lanes of which something is kept, or was a moment ago. Each is touched only in its turn. */
    private final Set<Lane> behind = ConcurrentHashMap.newKeySet();

    /** Destinations for which nothing is kept from before this process began. */
    private final Set<Destination> upToDate = ConcurrentHashMap.newKeySet();

    private record Lane(Destination destination, String name) {}

    /** @param carrier tries once to have a copy taken; may wait long */
    ImmediateDelivery(Deliveries deliveries, ExecutorService threads, Function<Pending.Order, Verdict> carrier) {
        this.deliveries = deliveries;
        this.threads = threads;
        this.carrier = carrier;
        this.lanes = new InOrder(threads);
    }

    /** Returns when each of them is taken, or refused for good, or kept. Throws what the storage throws. */
    void carry(Collection<Pending.Order> orders) {
        List<CompletableFuture<Void>> carried =
                orders.stream().map(this::inTurn).toList();
        for (CompletableFuture<Void> one : carried) {
            await(one);
        }
    }

    private static void await(CompletableFuture<Void> one) {
        try {
            one.get();
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

    /** What is neither taken nor kept is not accepted; its sender may say it again. */
    private static Refusal closing() {
        return Refusal.of(StatusCode.SERVICE_UNAVAILABLE, "the gateway is closing");
    }

    private CompletableFuture<Void> inTurn(Pending.Order order) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Lane lane = new Lane(order.destination(), order.lane());
        try {
            lanes.run(lane, () -> {
                try {
                    carry(lane, order);
                    done.complete(null);
                } catch (RuntimeException failed) {
                    done.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException closed) {
            done.completeExceptionally(closing());
        }
        return done;
    }

    private void carry(Lane lane, Pending.Order order) {
        if (!isBehind(lane, order.kind()) && isTaken(order)) {
            return;
        }
        if (threads.isShutdown()) {
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

    private boolean isTaken(Pending.Order order) {
        try {
            Future<Verdict> attempt = threads.submit(() -> carrier.apply(order));
            return attempt.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) instanceof Verdict.Over;
        } catch (TimeoutException slow) {
            LOG.info("{} is slow to take message {}, which is kept", order.destination(), order.reference());
            return false;
        } catch (ExecutionException mistake) {
            LOG.error("could not carry message {} to {}", order.reference(), order.destination(), mistake);
            return false;
        } catch (RejectedExecutionException closed) {
            return false;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Forgets lanes whose copies have all been taken meanwhile. */
    void tidy(Pending.Kind kind) {
        try {
            behind.forEach(lane -> lanes.run(lane, () -> look(lane, kind)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("nothing is looked at any more, the gateway is closing");
        }
    }

    private void look(Lane lane, Pending.Kind kind) {
        try {
            isBehind(lane, kind);
        } catch (StorageUnavailableException away) {
            LOG.debug("whether {} is up to date cannot be known now", lane, away);
        }
    }
}
