package org.impsiwf.ssp.transaction;

import java.time.Duration;
import java.time.Instant;

/** How many transactions a peer may open: so many at once, and so many again in each second. Confined to the peer's loop. */
public final class Rate {

    private final int perSecond;
    private double left;
    private Instant countedAt = Instant.MIN;

    public Rate(int perSecond) {
        this.perSecond = perSecond;
        left = perSecond;
    }

    /** Takes one more; false when there is none left now. */
    public boolean admits(Instant now) {
        if (countedAt.isBefore(now)) {
            if (!countedAt.equals(Instant.MIN)) {
                double earned = Duration.between(countedAt, now).toNanos() / 1e9 * perSecond;
                left = Math.min(perSecond, left + earned);
            }
            countedAt = now;
        }
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
