package org.impsiwf.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One group as its members see it: who has come, and how many copies of what was said have arrived. Thread-safe. */
final class GroupTally {

    private static final int PATIENCE_SECONDS = 300;

    private final int members;
    private final AtomicBoolean watched = new AtomicBoolean();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final CountDownLatch all = new CountDownLatch(1);
    private final AtomicLong copies = new AtomicLong();
    private volatile Runnable everybodyHasIt = () -> {};

    /** @param members with the one who began it */
    GroupTally(int members) {
        this.members = members;
    }

    /** Whether the caller is the first, who has the host tell it of all the others. */
    boolean isFirst() {
        return watched.compareAndSet(false, true);
    }

    /** Screen names that the host has told somebody. */
    void named(Iterable<String> some) {
        some.forEach(names::add);
        if (names.size() >= members) {
            all.countDown();
        }
    }

    /** Until the host has told somebody of everybody: all have joined. */
    void awaitAll() throws InterruptedException {
        if (!all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("of " + members + " members the host has named " + names.size());
        }
    }

    /** Who is told, on some event loop, each time that one more message is with everybody but who said it. */
    void onEverybodyHasIt(Runnable listener) {
        everybodyHasIt = listener;
    }

    /** So many members have a copy more. */
    void arrived(int howMany) {
        long now = copies.addAndGet(howMany);
        int others = members - 1;
        for (long whole = now / others - (now - howMany) / others; whole > 0; whole--) {
            everybodyHasIt.run();
        }
    }
}
