package org.impsiwf.sip.dialog;

import java.time.Duration;
import java.time.Instant;

/**
 * A running session timer (RFC 4028 §10).
 *
 * @param interval the session expiration settled last
 * @param weRefresh whether the refresh is ours to send
 * @param refreshedAt when it was settled last
 */
public record SessionTimer(Duration interval, boolean weRefresh, Instant refreshedAt) {

    private static final Duration MOST_GRACE = Duration.ofSeconds(32);

    /** Half of the interval, when the refresh is ours. */
    public Instant refreshDue() {
        return refreshedAt.plus(interval.dividedBy(2));
    }

    /** When BYE is due if nobody refreshed: before the end by a third of the interval, 32 s at most. */
    public Instant expiresAt() {
        Duration third = interval.dividedBy(3);
        return refreshedAt.plus(interval).minus(third.compareTo(MOST_GRACE) < 0 ? third : MOST_GRACE);
    }
}
