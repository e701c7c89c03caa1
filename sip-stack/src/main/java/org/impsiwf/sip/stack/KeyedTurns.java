package org.impsiwf.sip.stack;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is posted under one key in order, one at a time, on a virtual thread; different keys don't wait for each other. */
final class KeyedTurns {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedTurns.class);

    private final ConcurrentHashMap<String, ArrayDeque<Runnable>> waiting = new ConcurrentHashMap<>();

    void post(String key, Runnable turn) {
        boolean[] first = {false};
        waiting.compute(key, (k, turns) -> {
            first[0] = turns == null;
            var queue = turns == null ? new ArrayDeque<Runnable>(2) : turns;
            queue.add(turn);
            return queue;
        });
        if (first[0]) {
            Thread.ofVirtual().name("sip-usage").start(() -> work(key));
        }
    }

    private void work(String key) {
        for (Runnable turn = next(key, false); turn != null; turn = next(key, true)) {
            try {
                turn.run();
            } catch (RuntimeException e) {
                LOG.error("a turn of usage {} failed", key, e);
            }
        }
    }

    /** The turn to run now; the one just done leaves the queue only then, so that nobody starts a second worker. */
    private Runnable next(String key, boolean done) {
        Runnable[] next = {null};
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
