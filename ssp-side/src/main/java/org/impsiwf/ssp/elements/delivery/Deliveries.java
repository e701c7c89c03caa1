package org.impsiwf.ssp.elements.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.delivery.PendingStore.Settled;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries pending primitives to their destinations: each queue by one virtual thread at a time, its lanes side by side.
 * A repeated attempt carries the same primitive, so the same Message-ID or Invite-ID.
 */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int BATCH = 20;
    private static final int QUEUES_AT_ONCE = 200;
    private static final int EXPIRED_AT_ONCE = 200;

    private final PendingStore store;
    private final ServiceAccessPoint sap;
    private final RetryTiming timing;
    private final InstantSource clock;
    private final Map<Pending.Kind, Carrier> carriers = new EnumMap<>(Pending.Kind.class);

    /** The queues that are being carried, each with how often that was asked for meanwhile. */
    private final ConcurrentHashMap<Destination, Integer> draining = new ConcurrentHashMap<>();

    /** Knows what to do with one kind. */
    public interface Carrier {

        /** Tries once, outside any transaction. */
        Verdict carry(Pending item, Instant now);

        /** What is written when its time is over, in the transaction that removes it. */
        void expired(Pending item, Instant now);
    }

    public Deliveries(PendingStore store, ServiceAccessPoint sap, RetryTiming timing, InstantSource clock) {
        this.store = store;
        this.sap = sap;
        this.timing = timing;
        this.clock = clock;
    }

    /** Before anything of that kind becomes pending. */
    public void register(Pending.Kind kind, Carrier carrier) {
        carriers.put(kind, carrier);
    }

    public PendingStore store() {
        return store;
    }

    /** Makes one primitive pending and has it tried after the current request was answered. */
    public void add(Pending.Order order) {
        add(List.of(order));
    }

    /** As {@link #add(Pending.Order)}, all in one transaction. */
    public void add(Collection<Pending.Order> orders) {
        store.add(orders, clock.instant(), true);
        kick(orders.stream().map(Pending.Order::destination).distinct().toList());
    }

    /**
     * Makes primitives pending for users who could not be reached: those of ours wait until they log in, for others their
     * home is tried again.
     */
    public void keep(Collection<Pending.Order> orders, Instant now) {
        Map<Boolean, List<Pending.Order>> byLocal = orders.stream()
                .collect(Collectors.partitioningBy(order -> localUser(order).isPresent()));
        store.add(byLocal.get(false), now, true);
        store.add(byLocal.get(true), now, false);
        // Who has logged in before this was stored has been looked for in vain.
        byLocal.get(true).stream()
                .flatMap(order -> localUser(order).stream())
                .filter(sap::isOnline)
                .forEach(user -> loggedIn(user, now));
    }

    private Optional<UserId> localUser(Pending.Order order) {
        return order.destination() instanceof Destination.ToUser(UserId user) && sap.isHome(user.domain())
                ? Optional.of(user)
                : Optional.empty();
    }

    /** Has queues tried after the current request was answered; harmless for one that is not due. */
    public void kick(Collection<? extends Destination> queues) {
        for (Destination queue : queues) {
            sap.afterwards(() -> drain(queue));
        }
    }

    public void loggedIn(UserId user, Instant now) {
        Destination queue = new Destination.ToUser(user);
        store.wake(queue, now);
        kick(List.of(queue));
    }

    /** What is due is tried, what has expired is ended. */
    public void expire(Instant now) {
        store.takeFromTheDead(now);
        for (Pending item : store.expired(now, EXPIRED_AT_ONCE)) {
            store.end(item.id(), () -> carrier(item).expired(item, now));
        }
        kick(store.due(now, QUEUES_AT_ONCE));
    }

    private Carrier carrier(Pending item) {
        Carrier carrier = carriers.get(item.kind());
        if (carrier == null) {
            throw new IllegalStateException("nobody carries " + item.kind());
        }
        return carrier;
    }

    /** Who is at it already looks once more: what is new may have come after it had looked. */
    private void drain(Destination queue) {
        if (draining.merge(queue, 1, Integer::sum) > 1) {
            return;
        }
        Integer asked;
        do {
            asked = draining.get(queue);
            try {
                carryDue(queue);
            } catch (RuntimeException failed) {
                draining.remove(queue);
                throw failed;
            }
        } while (!draining.remove(queue, asked));
    }

    private void carryDue(Destination queue) {
        boolean more = true;
        while (more) {
            Instant now = clock.instant();
            List<Pending> batch = store.claim(queue, now, now.plus(timing.lease()), BATCH);
            more = !batch.isEmpty() && carry(queue, batch);
        }
    }

    private boolean carry(Destination queue, List<Pending> batch) {
        Map<String, List<Pending>> lanes = new LinkedHashMap<>();
        batch.forEach(item ->
                lanes.computeIfAbsent(item.lane(), any -> new ArrayList<>()).add(item));
        List<Settled> settled = SideBySide.each(lanes.values(), this::carryLane).values().stream()
                .flatMap(List::stream)
                .toList();
        Instant now = clock.instant();
        Instant again = timing.next(now, batch.getFirst().attempts());
        return store.settle(queue, settled, now, again);
    }

    /** Stops at the first item that shows the destination to be down, and leaves the rest of the lane as it is. */
    private List<Settled> carryLane(List<Pending> lane) {
        List<Settled> settled = new ArrayList<>();
        for (Pending item : lane) {
            Verdict verdict = carry(item);
            settled.add(new Settled(item, verdict));
            if (verdict instanceof Verdict.Down) {
                break;
            }
        }
        return settled;
    }

    private Verdict carry(Pending item) {
        Instant now = clock.instant();
        Carrier carrier = carrier(item);
        if (item.isExpired(now)) {
            return new Verdict.Over(() -> carrier.expired(item, now));
        }
        try {
            return carrier.carry(item, now);
        } catch (RuntimeException mistake) {
            LOG.error("could not carry {} {} to {}", item.kind(), item.reference(), item.destination(), mistake);
            return new Verdict.PutOff();
        }
    }
}
