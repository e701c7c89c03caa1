package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.OrphanSearch;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for mailboxes that nobody works on, so that users are found again before they say anything: each node among the entries that
 * it owns, when a node has left, and again while entries move. Notices, too, when this node itself may have been taken for dead.
 */
final class SeatWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SeatWatch.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** So long after a node has left entries may still move. */
    private static final Duration UNREST = Duration.ofMinutes(1);

    private final Nodes nodes;
    private final Ownership ownership;
    private final SeatRecords records;
    private final SeatMemory memory;
    private final Consumer<String> gone;
    private final BiConsumer<MailboxKey, Event> post;
    private final OrphanSearch orphans;
    private final AtomicLong lastLeft = new AtomicLong(System.nanoTime() - UNREST.toNanos());
    private AutoCloseable leaves = () -> {};
    private AutoCloseable moves = () -> {};
    private volatile Thread thread;

    /**
     * @param gone a node has left
     * @param post puts an event into a mailbox of this node
     */
    SeatWatch(
            Stores stores,
            SeatRecords records,
            SeatMemory memory,
            Consumer<String> gone,
            BiConsumer<MailboxKey, Event> post) {
        this.nodes = stores.nodes();
        this.ownership = stores.ownership();
        this.records = records;
        this.memory = memory;
        this.gone = gone;
        this.post = post;
        this.orphans = new OrphanSearch("mailboxes", nodes, records::ownedKeys, this::look);
    }

    void start() {
        orphans.start();
        leaves = nodes.onLeft(node -> {
            lastLeft.set(System.nanoTime());
            orphans.begin();
            gone.accept(node);
        });
        moves = ownership.onMove(() -> {
            if (System.nanoTime() - lastLeft.get() < UNREST.toNanos()) {
                orphans.begin();
            }
        });
        thread = Thread.ofVirtual().name("seat-watch").start(this::watch);
    }

    private void watch() {
        OptionalLong touch = nodes.touch();
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            OptionalLong now = nodes.touch();
            if (now.isPresent() && !now.equals(touch)) {
                touch = now;
                memory.keys().forEach(this::remind);
            }
        }
    }

    /** Whoever has it now, this node asks the store before it acts. */
    private void remind(MailboxKey key) {
        post.accept(key, new Event.DeadlineReached());
    }

    /** A decision about it has failed, perhaps after it was saved: who goes on with it is looked up again. */
    void failed(MailboxKey key) {
        orphans.again(key.text());
    }

    private void look(String text) {
        MailboxKey.parse(text).ifPresent(key -> {
            Optional<Held> held = memory.of(key);
            if (held.filter(Held::isInDoubt).isPresent()) {
                remind(key);
            } else if (held.isEmpty() && isOrphan(key)) {
                post.accept(key, new Event.TakenOver());
            }
        });
    }

    /**
     * Of what waits for something: the rest is taken over by the next event for it. An own seat that is not in memory was taken, or
     * given to this node, and the word of that was lost.
     */
    private boolean isOrphan(MailboxKey key) {
        return records.load(key)
                .map(Versioned::value)
                .filter(entry -> entry.state().deadline().isPresent())
                .filter(entry -> entry.seat().equals(nodes.self()) || !nodes.isAlive(entry.seat()))
                .isPresent();
    }

    @Override
    public void close() {
        orphans.close();
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
        }
        for (AutoCloseable listener : new AutoCloseable[] {leaves, moves}) {
            try {
                listener.close();
            } catch (Exception failed) {
                LOG.debug("a listener of a cluster that is gone", failed);
            }
        }
    }
}
