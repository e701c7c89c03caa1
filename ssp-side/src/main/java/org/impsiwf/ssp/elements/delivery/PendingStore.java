package org.impsiwf.ssp.elements.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;

/** Where pending primitives are kept. Each method is one transaction, or part of the one that runs in this thread. */
public interface PendingStore {

    /**
     * Makes them pending. Equal primitives are kept once.
     *
     * @param awake whether a queue that sleeps is to be tried at once; a new queue always is unless this is false
     */
    void add(Collection<Pending.Order> orders, Instant now, boolean awake);

    /** Queues that are to be tried. */
    List<Destination> due(Instant now, int atMost);

    /**
     * Takes the first waiting items of a queue that is due, and the queue itself until {@code until}: whoever is stuck
     * leaves it to others after that, and whoever dies at once, see {@link #takeFromTheDead}. Without waiting items the
     * queue falls asleep.
     */
    List<Pending> claim(Destination queue, Instant now, Instant until, int atMost);

    /** Queues whose claimer is gone are due again. Costs nothing as long as nobody has come or gone. */
    void takeFromTheDead(Instant now);

    /** An item with what became of it. */
    record Settled(Pending item, Verdict verdict) {}

    /**
     * Writes down what became of claimed items and gives the queue back. An item that somebody else has settled
     * meanwhile stays settled as it is; nothing is parked in a queue that was woken meanwhile. Where somebody else has the
     * queue by now, only what is over is written down.
     *
     * @param again when the queue is to be tried next, if one of the verdicts says that it is down; and an item that was
     *     put off
     * @return whether more items wait and the queue is not down
     */
    boolean settle(Destination queue, List<Settled> settled, Instant now, Instant again);

    /** Ends one item, unless that has been done already. The rest as in {@link Verdict.Over}. */
    boolean end(long item, Runnable alongside);

    /** Has parked items tried again, at once. */
    void wake(Destination queue, Instant now);

    /** The eldest of these items, parked ones included. */
    Optional<Pending> find(Kind kind, Destination queue, String reference);

    List<Pending> list(Kind kind, Destination queue, int atMost);

    int count(Kind kind, Destination queue);

    /** As {@link #count} for several; absent means none. */
    Map<Destination, Integer> counts(Kind kind, Collection<? extends Destination> queues);

    List<Pending> expired(Instant now, int atMost);

    /** One transaction around several calls of this and other stores of the same database. May run twice. */
    <T> T together(Supplier<T> work);
}
