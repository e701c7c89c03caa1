package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.Optional;

/**
 * The times of a session pair.
 *
 * @param lifetime Time-To-Live that we ask for and at most grant; empty: unlimited
 * @param keepAlive how often each connection is kept alive, at least three times in its lifetime
 * @param login how long the ten steps may take
 * @param step how long a leg that the other side owes first is waited for
 * @param firstDelay before the session is opened again after a loss
 * @param longestDelay what the delay between failing logins grows to
 * @param requestWait how long a request waits for a session that was just lost, or is being opened
 */
public record SessionTiming(
        Optional<Duration> lifetime,
        Duration keepAlive,
        Duration login,
        Duration step,
        Duration firstDelay,
        Duration longestDelay,
        Duration requestWait) {

    public static final SessionTiming DEFAULT = new SessionTiming(
            Optional.of(Duration.ofDays(1)),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));

    public SessionTiming withDelays(Duration first, Duration longest) {
        return new SessionTiming(lifetime, keepAlive, login, step, first, longest, requestWait);
    }
}
