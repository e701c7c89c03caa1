package org.impsiwf.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what has nobody who works on it since a node is gone. Stores may refuse just then, so what they did not let see or
 * do is looked at again, every 500 ms, until it was done; one key that cannot be taken over holds up no other. On a thread of its
 * own: no method here blocks.
 */
public final class OrphanSearch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSearch.class);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** That a key fails so often while the node is in touch is no matter of time. */
    static final int MOST_FAILURES = 20;

    private final String what;
    private final Nodes nodes;
    private final Supplier<Set<String>> keys;
    private final Consumer<String> look;

    private final Semaphore changes = new Semaphore(0);
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private int refusals;
    private volatile Thread thread;

    /**
     * @param what for the log, in the plural
     * @param keys those that this node has to look at; may block, and may throw what a store throws
     * @param look has one of them taken over if nobody works on it; may block and throw as well
     */
    public OrphanSearch(String what, Nodes nodes, Supplier<Set<String>> keys, Consumer<String> look) {
        this.what = what;
        this.nodes = nodes;
        this.keys = keys;
        this.look = look;
    }

    public void start() {
        thread = Thread.ofVirtual().name("orphans-" + what).start(this::search);
    }

    /** A node is gone, or keys have moved: all are looked at, soon. */
    public void begin() {
        failures.clear();
        wanted.set(true);
        changes.release();
    }

    /** What that look led to has failed: the key is looked at again, in a while; once, however often this is said until then. */
    public void again(String key) {
        if (left.add(key) && failures.merge(key, 1, Integer::sum) >= MOST_FAILURES) {
            LOG.error("{}: {} is left to its next event, since it could not be taken over", what, key);
            left.remove(key);
            failures.remove(key);
        }
    }

    private void search() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean changed = changes.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                changes.drainPermits();
                if (!changed && !isAnythingLeft()) {
                    failures.clear(); // nothing has failed since the last look
                } else {
                    look();
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("{} without a node are not looked for any more", what);
        }
    }

    /** One look at all that is to be looked at. Out of touch, a node has nothing to take over and nothing to ask. */
    void look() {
        if (!nodes.isInTouch() || !isAllKnown()) {
            return;
        }
        for (String key : List.copyOf(left)) {
            left.remove(key); // first: what it leads to may have failed before this returns
            try {
                look.accept(key);
            } catch (RuntimeException refused) {
                LOG.debug("{}: {} cannot be looked at now", what, key, refused);
                again(key);
            }
        }
    }

    private boolean isAllKnown() {
        if (!wanted.getAndSet(false)) {
            return true;
        }
        try {
            left.addAll(keys.get());
            if (refusals > 0) {
                LOG.info("{} without a node are looked for, after {} refusals", what, refusals);
            }
            refusals = 0;
            return true;
        } catch (RuntimeException refused) {
            wanted.set(true);
            if (refusals++ == 0) {
                LOG.warn("{} without a node cannot be looked for yet: {}", what, refused.toString());
            }
            return false;
        }
    }

    /** Whether something has to be looked at again. */
    boolean isAnythingLeft() {
        return wanted.get() || !left.isEmpty();
    }

    @Override
    public void close() {
        Thread searching = thread;
        if (searching != null) {
            searching.interrupt();
        }
    }
}
