package org.impsiwf.gateway.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One key, one mailbox, one writer: what is posted under a key is handled in order, one after another; different keys run
 * side by side. A mailbox exists only while it holds something, so idle keys cost nothing.
 *
 * @param <K> what has a mailbox of its own
 * @param <L> a letter
 */
final class Mailboxes<K, L> {

    private static final Logger LOG = LoggerFactory.getLogger(Mailboxes.class);

    private final ConcurrentHashMap<K, Queue<L>> boxes = new ConcurrentHashMap<>();
    private final Executor executor;
    private final BiConsumer<K, L> handler;

    /**
     * @param executor runs a mailbox until it is empty; the handler may block, so its threads are virtual ones
     * @param handler handles one letter; what it throws is logged and ends that letter only
     */
    Mailboxes(Executor executor, BiConsumer<K, L> handler) {
        this.executor = executor;
        this.handler = handler;
    }

    /** Puts a letter into the mailbox of the key and returns at once. */
    void post(K key, L letter) {
        boolean[] opened = {false};
        boxes.compute(key, (k, open) -> {
            opened[0] = open == null;
            Queue<L> box = open == null ? new ConcurrentLinkedQueue<>() : open;
            box.add(letter);
            return box;
        });
        if (opened[0]) {
            executor.execute(() -> empty(key));
        }
    }

    /** Number of keys with something to do. */
    int busy() {
        return boxes.size();
    }

    private void empty(K key) {
        Queue<L> box = boxes.get(key);
        while (box != null) {
            for (L letter = box.poll(); letter != null; letter = box.poll()) {
                handle(key, letter);
            }
            box = boxes.computeIfPresent(key, (k, open) -> open.isEmpty() ? null : open);
        }
    }

    private void handle(K key, L letter) {
        try {
            handler.accept(key, letter);
        } catch (RuntimeException e) {
            LOG.error("{}: {} could not be handled", key, letter.getClass().getSimpleName(), e);
        }
    }
}
