package org.impsiwf.sip.stack;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in while this node may have been taken for dead. Such a lapse lasts a moment, mostly because another node has come
 * back, and no sender can know of it: what came waits, in its order, and is refused only when the node is really cut off. All
 * that a transaction loses is some seconds of the 32 that it has (RFC 3261 §17.1.2.2). Safe from any thread; never blocks.
 */
final class Lapses<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Lapses.class);

    private final BooleanSupplier isInTouch;
    private final BooleanSupplier awaitTouch;
    private final int most;
    private final Consumer<T> admit;
    private final Consumer<T> refuse;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean isWaiting;

    /**
     * @param awaitTouch blocks for a while; false when the node is cut off
     * @param most that wait at once; the others are refused
     * @param admit may not block
     * @param refuse may not block
     */
    Lapses(BooleanSupplier isInTouch, BooleanSupplier awaitTouch, int most, Consumer<T> admit, Consumer<T> refuse) {
        this.isInTouch = isInTouch;
        this.awaitTouch = awaitTouch;
        this.most = most;
        this.admit = admit;
        this.refuse = refuse;
    }

    /** False when nothing has to wait; else it is admitted or refused later. */
    boolean hold(T arrival) {
        lock.lock();
        try {
            if (!isWaiting && isInTouch.getAsBoolean()) {
                return false;
            }
            if (waiting.size() < most) {
                waiting.add(arrival);
                if (!isWaiting) {
                    isWaiting = true;
                    Thread.ofVirtual().name("sip-lapse").start(this::await);
                }
                return true;
            }
        } finally {
            lock.unlock();
        }
        refuse.accept(arrival);
        return true;
    }

    private void await() {
        while (isAnybodyWaiting()) {
            Consumer<T> verdict = awaitTouch.getAsBoolean() ? admit : refuse;
            for (T next = next(); next != null; next = next()) {
                tell(verdict, next);
            }
        }
    }

    private static <T> void tell(Consumer<T> verdict, T arrival) {
        try {
            verdict.accept(arrival);
        } catch (RuntimeException failed) {
            LOG.error("what waited for this node to be in touch could not be served", failed);
        }
    }

    private boolean isAnybodyWaiting() {
        lock.lock();
        try {
            isWaiting = !waiting.isEmpty();
            return isWaiting;
        } finally {
            lock.unlock();
        }
    }

    /** Null when there is none. */
    private T next() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }
}
