package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for mailboxes whose node is gone, so that users are found again before they say anything: each node among the entries that
 * it owns, when a node has left, and again while entries move. Notices, too, when this node itself may have been taken for dead.
 */
final class SeatWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SeatWatch.class);

    private static final long LOOK_EVERY_MS = 500;

    /** So long after a node has left entries may still move. */
    private static final Duration UNREST = Duration.ofMinutes(1);

    private final Nodes nodes;
    private final Ownership ownership;
    private final Store<Seated> states;
    private final Runnable touchLost;
    private final Consumer<String> gone;
    private final Consumer<MailboxKey> takeOver;
    private final Semaphore changes = new Semaphore(0);
    private final AtomicLong lastLeft = new AtomicLong(System.nanoTime() - UNREST.toNanos());
    private AutoCloseable leaves = () -> {};
    private AutoCloseable moves = () -> {};
    private volatile Thread thread;

    /**
     * @param touchLost this node may have been taken for dead
     * @param gone a node has left
     * @param takeOver a mailbox has nobody who works on it
     */
    SeatWatch(
            Stores stores,
            Store<Seated> states,
            Runnable touchLost,
            Consumer<String> gone,
            Consumer<MailboxKey> takeOver) {
        this.nodes = stores.nodes();
        this.ownership = stores.ownership();
        this.states = states;
        this.touchLost = touchLost;
        this.gone = gone;
        this.takeOver = takeOver;
    }

    void start() {
        leaves = nodes.onLeft(node -> {
            lastLeft.set(System.nanoTime());
            gone.accept(node);
            changes.release();
        });
        moves = ownership.onMove(changes::release);
        thread = Thread.ofVirtual().name("seat-watch").start(this::watch);
    }

    private void watch() {
        OptionalLong touch = nodes.touch();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                boolean changed = changes.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
                changes.drainPermits();
                OptionalLong now = nodes.touch();
                if (now.isPresent() && !now.equals(touch)) {
                    touch = now;
                    touchLost.run();
                }
                if (changed && System.nanoTime() - lastLeft.get() < UNREST.toNanos()) {
                    search();
                }
            } catch (InterruptedException closed) {
                return;
            } catch (OutOfTouchException alone) {
                LOG.debug("nothing is taken over while this node is alone", alone);
            } catch (RuntimeException failed) {
                LOG.error("mailboxes without a node could not be looked for", failed);
            }
        }
    }

    /** Only what waits for something: the rest is taken over by the next event for it. */
    private void search() {
        int found = 0;
        for (String key : states.ownedKeys()) {
            boolean orphaned = states.load(key)
                    .filter(entry -> !nodes.isAlive(entry.value().seat()))
                    .map(entry -> entry.value().state())
                    .flatMap(State::deadline)
                    .isPresent();
            if (orphaned) {
                MailboxKey.parse(key).ifPresent(takeOver);
                found++;
            }
        }
        if (found > 0) {
            LOG.info("{} mailboxes of a node that is gone are taken over here", found);
        }
    }

    @Override
    public void close() {
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
