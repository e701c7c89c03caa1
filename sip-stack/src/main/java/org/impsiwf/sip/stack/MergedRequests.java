package org.impsiwf.sip.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recognises a request that reached us twice by different ways (RFC 3261 §8.2.2.2), and an INVITE again after its transaction
 * ended with our 2xx (RFC 6026 §7.1). Remembers hashes for one to two transaction lifetimes. Any thread.
 */
final class MergedRequests {

    private static final Duration LIFETIME = Duration.ofSeconds(32);

    /** What an arrival is to those before it. */
    enum Arrival {
        NEW,
        REPEATED,
        MERGED
    }

    private record Generations(ConcurrentHashMap<Long, Long> young, ConcurrentHashMap<Long, Long> old, Instant until) {}

    private final InstantSource clock;
    private volatile Generations seen;

    MergedRequests(InstantSource clock) {
        this.clock = clock;
        this.seen = new Generations(
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>(),
                clock.instant().plus(LIFETIME));
    }

    Arrival arrived(String callId, String fromTag, long cseq, String method, String branch) {
        Generations now = turn();
        long request = hash(hash(hash(hash(17, callId), fromTag), method), Long.toString(cseq));
        long way = hash(31, branch);
        Long before = now.old().get(request);
        if (before == null) {
            before = now.young().putIfAbsent(request, way);
        }
        if (before == null) {
            return Arrival.NEW;
        }
        return before == way ? Arrival.REPEATED : Arrival.MERGED;
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
    private static long hash(long seed, String text) {
        long hash = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
