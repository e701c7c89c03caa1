package org.impsiwf.sip.stack;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what is posted under one key in order, one at a time; different keys don't wait for each other. A turn that may block runs
 * on a virtual thread; a short one on the thread that posts it, when it is its turn then.
 */
final class KeyedTurns {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedTurns.class);

    private record Turn(Runnable work, boolean isShort) {}

    private final ConcurrentHashMap<String, ArrayDeque<Turn>> waiting = new ConcurrentHashMap<>();

    void post(String key, Runnable work) {
        if (isFirst(key, new Turn(work, false))) {
            handOver(key);
        }
    }

    /** As {@link #post}, before everything that waits under that key. */
    void postNext(String key, Runnable work) {
        if (isFirst(key, new Turn(work, false), true)) {
            handOver(key);
        }
    }

    /** For work that never blocks; it may be done before this returns. */
    void postShort(String key, Runnable work) {
        if (isFirst(key, new Turn(work, true)) && !isDone(key, true)) {
            handOver(key);
        }
    }

    private boolean isFirst(String key, Turn turn) {
        return isFirst(key, turn, false);
    }

    private boolean isFirst(String key, Turn turn, boolean next) {
        boolean[] first = {false};
        waiting.compute(key, (k, turns) -> {
            first[0] = turns == null;
            var queue = turns == null ? new ArrayDeque<Turn>(2) : turns;
            if (next && turns != null) {
                Turn running = queue.removeFirst();
                queue.addFirst(turn);
                queue.addFirst(running);
            } else {
                queue.add(turn);
            }
            return queue;
        });
        return first[0];
    }

    private void handOver(String key) {
        Thread.ofVirtual().name("sip-usage").start(() -> isDone(key, false));
    }

    /** Works until nothing waits; with {@code onlyShort} until something waits that is not short, which gives false. */
    private boolean isDone(String key, boolean onlyShort) {
        for (Turn turn = next(key, false); turn != null; turn = next(key, true)) {
            if (onlyShort && !turn.isShort) {
                return false;
            }
            try {
                turn.work.run();
            } catch (RuntimeException e) {
                LOG.error("a turn of usage {} failed", key, e);
            }
        }
        return true;
    }

    /** The turn to run now; the one just done leaves the queue only then, so that nobody starts a second worker. */
    private Turn next(String key, boolean done) {
        Turn[] next = {null};
        waiting.compute(key, (k, turns) -> {
            if (done) {
                turns.remove();
            }
            next[0] = turns.peek();
            return turns.isEmpty() ? null : turns;
        });
        return next[0];
    }

    int busy() {
        return waiting.size();
    }
}
