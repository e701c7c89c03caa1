package org.impsiwf.sip.stack;

import static org.impsiwf.sip.stack.RecentlySeen.hash;

import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * Recognises a request that reached us twice by different ways (RFC 3261 §8.2.2.2), and an INVITE again after its transaction
 * ended with our 2xx (RFC 6026 §7.1). Any thread.
 */
final class MergedRequests {

    /** What an arrival is to those before it. */
    enum Arrival {
        NEW,
        REPEATED,
        MERGED
    }

    private final RecentlySeen seen;

    MergedRequests(InstantSource clock) {
        this.seen = new RecentlySeen(clock);
    }

    Arrival arrived(String callId, String fromTag, long cseq, String method, String branch) {
        long request = hash(hash(hash(hash(17, callId), fromTag), method), Long.toString(cseq));
        long way = hash(31, branch);
        OptionalLong before = seen.remember(request, way);
        if (before.isEmpty()) {
            return Arrival.NEW;
        }
        return before.getAsLong() == way ? Arrival.REPEATED : Arrival.MERGED;
    }
}
