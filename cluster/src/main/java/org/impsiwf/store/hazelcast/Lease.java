package org.impsiwf.store.hazelcast;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether this node may act as a member: for a while after enough of the others have said that it is one. The while is
 * shorter than the silence after which they would take it for dead, and it starts when they were asked, so it has run out
 * before somebody else does this node's work, also when this process was stopped in between.
 *
 * <p>Enough are more than half of the members in sight, the minimum of the configuration, and always the oldest member,
 * which is the one that expels others. A node that was stopped for longer than its lease may have been expelled without a
 * trace, and may see itself alone then; so it trusts its own view again only when somebody else grants it, or when
 * the time in which two halves of a cluster find each other has gone by.
 *
 * <p>Decides by the times that it is given. Safe from any thread; {@link #touch} takes no lock.
 */
final class Lease {

    /** A time by both clocks: the steady one may stand still while a machine is suspended, the other may be set. */
    record Moment(long nanos, long millis) {

        boolean isWithin(Duration length, Moment since) {
            return nanos - since.nanos < length.toNanos() && millis - since.millis < length.toMillis();
        }

        static Moment now() {
            return new Moment(System.nanoTime(), System.currentTimeMillis());
        }
    }

    private record Held(Moment since, long number) {}

    private final String self;
    private final Duration length;
    private final Duration settling;
    private final int minimum;

    private final Map<String, Moment> grants = new HashMap<>();
    private List<String> members = List.of();
    private Moment lastTick;
    private Moment stopped;
    private boolean suspended;
    private long number;
    private volatile Held held;

    /**
     * @param length of the lease
     * @param settling how long two halves of a cluster take to find each other
     * @param minimum of members, this one included
     */
    Lease(String self, Duration length, Duration settling, int minimum) {
        this.self = self;
        this.length = length;
        this.settling = settling;
        this.minimum = minimum;
    }

    /** See {@link org.impsiwf.store.Nodes#touch}. */
    OptionalLong touch(Moment now) {
        Held current = held;
        return current != null && now.isWithin(length, current.since)
                ? OptionalLong.of(current.number)
                : OptionalLong.empty();
    }

    /**
     * Comes several times per lease.
     *
     * @param inSight the members that this node sees, itself included, the oldest first
     */
    synchronized void tick(List<String> inSight, Moment now) {
        if (lastTick != null && !now.isWithin(length, lastTick) && members.size() > 1) {
            stopped = now;
        }
        lastTick = now;
        members = List.copyOf(inSight);
        grants.keySet().retainAll(members);
        grants.put(self, now);
        renew(now);
    }

    /** Another member has this one for a member. */
    synchronized void granted(String by, Moment asked, Moment now) {
        if (members.contains(by)) {
            grants.merge(by, asked, (before, later) -> before.nanos - later.nanos > 0 ? before : later);
            renew(now);
        }
    }

    /** What this node knew may be outdated from now on, though it is a member. */
    synchronized void lapse() {
        held = null;
        grants.clear();
    }

    /** There is no lease from now on, whoever grants it, until {@link #resume}. */
    synchronized void suspend() {
        suspended = true;
        lapse();
    }

    /** As after a lapse: others must grant the lease anew. */
    synchronized void resume() {
        suspended = false;
        lapse();
    }

    /** Whether too few members are in sight, so that waiting for a grant is in vain for now. */
    synchronized boolean isMinority() {
        return members.size() < minimum;
    }

    private void renew(Moment now) {
        Moment since = grantedSince();
        if (suspended || since == null || !now.isWithin(length, since) || isDistrusted(now)) {
            return;
        }
        if (touch(now).isEmpty()) {
            number++;
        }
        if (held == null || since.nanos - held.since.nanos >= 0) {
            held = new Held(since, number);
        }
    }

    /** When the last of those whose word is needed was asked; null without it. */
    private Moment grantedSince() {
        int needed = Math.max(minimum, members.size() / 2 + 1);
        Moment oldest = members.isEmpty() ? null : grants.get(members.getFirst());
        if (oldest == null || grants.size() < needed) {
            return null;
        }
        Moment last = grants.values().stream()
                .sorted(Comparator.comparingLong((Moment grant) -> lastTick.nanos - grant.nanos))
                .skip(needed - 1L)
                .findFirst()
                .orElseThrow();
        return oldest.nanos - last.nanos < 0 ? oldest : last;
    }

    private boolean isDistrusted(Moment now) {
        if (stopped == null) {
            return false;
        }
        boolean vouchedFor = grants.entrySet().stream()
                .anyMatch(grant -> !grant.getKey().equals(self) && grant.getValue().nanos - stopped.nanos >= 0);
        if (vouchedFor || !now.isWithin(settling, stopped)) {
            stopped = null;
        }
        return stopped != null;
    }
}
