package org.impsiwf.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One group as its members see it: who has come, and how many copies of what was said have arrived. Thread-safe. */
final class GroupTally {

    private static final int PATIENCE_SECONDS = 300;

    private final int members;
    private final CountDownLatch joined;
    private final AtomicInteger connected = new AtomicInteger();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final CountDownLatch all = new CountDownLatch(1);
    private final AtomicLong copies = new AtomicLong();
    private volatile Runnable everybodyHasIt = () -> {};

    /**
     * @param members with the one who began it
     * @param imps of them, who join by JoinGroup
     */
    GroupTally(int members, int imps) {
        this.members = members;
        this.joined = new CountDownLatch(imps);
    }

    int members() {
        return members;
    }

    void joined() {
        joined.countDown();
    }

    /** A SIP member whose INVITE is acknowledged. */
    int connected() {
        return connected.incrementAndGet();
    }

    /** Screen names that the host has told somebody. */
    void named(Iterable<String> some) {
        some.forEach(names::add);
        if (names.size() >= members) {
            all.countDown();
        }
    }

    void awaitJoined() throws InterruptedException {
        await(joined, "IMPS members are not in");
    }

    /** Until the host has told somebody of everybody. */
    void awaitAllNamed() throws InterruptedException {
        await(all, "of " + members + " the host has named " + names.size());
    }

    private static void await(CountDownLatch latch, String otherwise) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(latch.getCount() + " left: " + otherwise);
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

    long copies() {
        return copies.get();
    }
}
