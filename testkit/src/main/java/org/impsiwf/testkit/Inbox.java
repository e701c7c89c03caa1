package org.impsiwf.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What arrived for somebody and nobody has read yet. A reader waits for the entry it expects; others stay, in order, for the next
 * reader. Waiting ends with the event, never with a poll. Holds a bounded number: the oldest unread goes first. Safe from any thread.
 */
public final class Inbox<T> {
    private static final int REMEMBERED = 200;
    private static final int MOST_UNREAD = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<T> unread = new ArrayList<>();
    private final Deque<String> history = new ArrayDeque<>();
    private final String owner;
    private final Function<T, String> summary;
    private Consumer<? super T> reader;

    /** @param summary one line for a failure's text */
    public Inbox(String owner, Function<T, String> summary) {
        this.owner = owner;
        this.summary = summary;
    }

    /** From now on every entry goes to this reader as it comes, on the thread that brings it; what is unread goes first. */
    public void handsTo(Consumer<? super T> to) {
        lock.lock();
        try {
            reader = to;
            unread.forEach(to);
            unread.clear();
        } finally {
            lock.unlock();
        }
    }

    public void put(T entry) {
        lock.lock();
        try {
            if (reader != null) {
                reader.accept(entry);
            } else {
                if (unread.size() == MOST_UNREAD) {
                    unread.removeFirst();
                }
                unread.add(entry);
            }
            if (history.size() == REMEMBERED) {
                history.removeFirst();
            }
            history.addLast(summary.apply(entry));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The first unread entry that matches, waiting for it if need be.
     *
     * @param what names the expectation in the failure's text
     * @throws AssertionError when the bound is over; its text lists what did arrive
     */
    public T take(String what, Predicate<? super T> match, Duration bound) {
        return poll(match, bound)
                .orElseThrow(() -> new AssertionError(
                        owner + " waited " + bound.toMillis() + " ms for " + what + "; it got so far:\n  " + told()));
    }

    /** As {@link #take}, empty when the bound is over. */
    public Optional<T> poll(Predicate<? super T> match, Duration bound) {
        long left = bound.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<T> found = remove(match);
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(owner + " was interrupted while it waited", e);
        } finally {
            lock.unlock();
        }
    }

    /** What nobody has read. */
    public List<T> unread() {
        lock.lock();
        try {
            return List.copyOf(unread);
        } finally {
            lock.unlock();
        }
    }

    private Optional<T> remove(Predicate<? super T> match) {
        for (Iterator<T> entries = unread.iterator(); entries.hasNext(); ) {
            T entry = entries.next();
            if (match.test(entry)) {
                entries.remove();
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private String told() {
        lock.lock();
        try {
            return history.isEmpty() ? "nothing" : String.join("\n  ", history);
        } finally {
            lock.unlock();
        }
    }
}
