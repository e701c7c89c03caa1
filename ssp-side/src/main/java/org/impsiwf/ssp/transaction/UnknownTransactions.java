package org.impsiwf.ssp.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * SSP 8.6: how often a peer's transactions may be unknown before the sessions end, counted in a sliding window (D-23).
 * Confined to the peer's event loop.
 */
public final class UnknownTransactions {

    /**
     * @param most this many in the window are borne; zero: the first one ends the sessions
     * @param window length of the sliding window
     */
    public record Frequency(int most, Duration window) {
        public static final Frequency DEFAULT = new Frequency(100, Duration.ofMinutes(1));
    }

    private final Frequency frequency;
    private final ArrayDeque<Instant> recent = new ArrayDeque<>();

    public UnknownTransactions(Frequency frequency) {
        this.frequency = frequency;
    }

    /** Counts one more; true when that is too frequent, and the count begins anew. */
    public boolean tooFrequent(Instant now) {
        Instant oldest = now.minus(frequency.window());
        while (!recent.isEmpty() && recent.peekFirst().isBefore(oldest)) {
            recent.removeFirst();
        }
        recent.addLast(now);
        if (recent.size() > frequency.most()) {
            recent.clear();
            return true;
        }
        return false;
    }
}
