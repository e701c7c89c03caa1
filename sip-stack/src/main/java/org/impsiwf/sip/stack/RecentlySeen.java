package org.impsiwf.sip.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers hashes for one to two transaction lifetimes, in two generations so that nothing has to be searched. Any thread. */
final class RecentlySeen {

    private static final Duration LIFETIME = Duration.ofSeconds(32);

    private record Generations(ConcurrentHashMap<Long, Long> young, ConcurrentHashMap<Long, Long> old, Instant until) {}

    private final InstantSource clock;
    private volatile Generations seen;

    RecentlySeen(InstantSource clock) {
        this.clock = clock;
        this.seen = new Generations(
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>(),
                clock.instant().plus(LIFETIME));
    }

    /** What was remembered under that key; empty when it is new, and remembered from now on. */
    OptionalLong remember(long key, long value) {
        Generations now = turn();
        Long before = now.old().get(key);
        if (before == null) {
            before = now.young().putIfAbsent(key, value);
        }
        return before == null ? OptionalLong.empty() : OptionalLong.of(before);
    }

    boolean isRemembered(long key) {
        Generations now = turn();
        return now.young().containsKey(key) || now.old().containsKey(key);
    }

    private Generations turn() {
        Generations current = seen;
        Instant now = clock.instant();
        if (now.isBefore(current.until())) {
            return current;
        }
        synchronized (this) {
            if (!now.isBefore(seen.until())) {
                boolean longAgo = now.isAfter(seen.until().plus(LIFETIME));
                seen = new Generations(
                        new ConcurrentHashMap<>(),
                        longAgo ? new ConcurrentHashMap<>() : seen.young(),
                        now.plus(LIFETIME));
            }
            return seen;
        }
    }

    /** 64 bits, so that two requests in a minute don't meet by chance. */
    static long hash(long seed, String text) {
        long hash = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
