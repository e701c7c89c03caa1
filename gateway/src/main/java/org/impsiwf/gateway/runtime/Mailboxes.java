package org.impsiwf.gateway.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
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

    /** A poster that serves others too, an event loop for instance, is not kept longer by letters that come meanwhile. */
    private static final int IN_PLACE = 32;

    private final ConcurrentHashMap<K, Queue<L>> boxes = new ConcurrentHashMap<>();
    private final Executor threads;
    private final boolean inPlace;
    private final Predicate<? super K> toMany;
    private final BiConsumer<K, L> handler;

    /**
     * @param threads runs a mailbox until it is empty; virtual threads, when the handler may block
     * @param inPlace the handler never blocks: who posts into an empty mailbox handles the letter itself, which saves waking
     *     another thread for it
     * @param toMany the keys whose letters lead to letters for many others: they are handled on a virtual thread, and so are those
     * @param handler handles one letter; what it throws is logged and ends that letter only
     */
    Mailboxes(Executor threads, boolean inPlace, Predicate<? super K> toMany, BiConsumer<K, L> handler) {
        this.threads = threads;
        this.inPlace = inPlace;
        this.toMany = toMany;
        this.handler = handler;
    }

    /** Puts a letter into the mailbox of the key; it may be handled before this returns. */
    void post(K key, L letter) {
        take(key, letter, inPlace && (isOfItsOwn() || !toMany.test(key)));
    }

    /** As {@link #post}, for a handler, which may write to many: they keep nobody's thread but one that is there for that. */
    void forward(K key, L letter) {
        take(key, letter, inPlace && isOfItsOwn());
    }

    private void take(K key, L letter, boolean here) {
        if (put(key, letter) && !(here && isEmptyAfter(key, IN_PLACE))) {
            handOver(key);
        }
    }

    /** Whether nobody waits for this thread but for what it does here. */
    private static boolean isOfItsOwn() {
        return Thread.currentThread().isVirtual();
    }

    private void handOver(K key) {
        threads.execute(() -> isEmptyAfter(key, Integer.MAX_VALUE));
    }

    /** Whether the mailbox was empty, so that somebody has to handle the letter. */
    private boolean put(K key, L letter) {
        boolean[] opened = {false};
        boxes.compute(key, (k, open) -> {
            opened[0] = open == null;
            Queue<L> box = open == null ? new ConcurrentLinkedQueue<>() : open;
            box.add(letter);
            return box;
        });
        return opened[0];
    }

    /** Number of keys with something to do. */
    int busy() {
        return boxes.size();
    }

    /** Handles so many letters at most; false when some are left. */
    private boolean isEmptyAfter(K key, int most) {
        Queue<L> box = boxes.get(key);
        int left = most;
        while (box != null) {
            for (L letter = box.poll(); letter != null; letter = box.poll()) {
                handle(key, letter);
                if (--left == 0) {
                    return closed(key) == null;
                }
            }
            box = closed(key);
        }
        return true;
    }

    /** The mailbox, unless it is empty and so not there any more. */
    private Queue<L> closed(K key) {
        return boxes.computeIfPresent(key, (k, open) -> open.isEmpty() ? null : open);
    }

    private void handle(K key, L letter) {
        try {
            handler.accept(key, letter);
        } catch (RuntimeException e) {
            LOG.error("{}: {} could not be handled", key, letter.getClass().getSimpleName(), e);
        }
    }
}
