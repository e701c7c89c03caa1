package org.impsiwf.ssp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * SSP 9.2.4, D-24: how long one connection of the peer may stay silent; each has its own. Any valid message maintains it,
 * KeepAlive may also change the lifetime. Pure.
 *
 * @param lifetime empty: unlimited
 */
public record ConnectionLifetime(Optional<Duration> lifetime, Instant lastHeard) {

    public ConnectionLifetime heard(Instant now) {
        return new ConnectionLifetime(lifetime, now);
    }

    public ConnectionLifetime renewed(Optional<Duration> granted, Instant now) {
        return new ConnectionLifetime(granted, now);
    }

    public boolean expired(Instant now) {
        return lifetime.isPresent() && !now.isBefore(lastHeard.plus(lifetime.get()));
    }

    /**
     * What to grant: at most what we allow, and a limit whenever we have one.
     *
     * @param asked empty or zero (D-06): unlimited
     * @param most what we allow; empty: anything
     */
    public static Optional<Duration> grant(Optional<Duration> asked, Optional<Duration> most) {
        return asked.filter(Duration::isPositive)
                .map(wish -> most.filter(limit -> limit.compareTo(wish) < 0).orElse(wish))
                .or(() -> most);
    }
}
