package org.impsiwf.ssp.elements.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * A user's session with us, held for one client at its home domain.
 *
 * @param home the domain whose server logged the user in
 * @param timeToLive how long it lives without a KeepAlive; absent: for ever (SSP-244)
 * @param expires when it is over unless it is kept alive; far away for one that lives for ever
 */
public record UserSession(
        UserId user, ClientId client, ServiceId home, Optional<Duration> timeToLive, Instant expires) {

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    static UserSession beginning(
            UserId user, ClientId client, ServiceId home, Optional<Duration> timeToLive, Instant now) {
        return new UserSession(user, client, home, timeToLive, end(timeToLive, now));
    }

    /** From now on it lives that long. */
    UserSession kept(Optional<Duration> newTimeToLive, Instant now) {
        return new UserSession(user, client, home, newTimeToLive, end(newTimeToLive, now));
    }

    private static Instant end(Optional<Duration> timeToLive, Instant now) {
        return timeToLive.map(now::plus).orElse(NEVER);
    }
}
