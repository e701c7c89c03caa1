package org.impsiwf.ssp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.SessionId;

/**
 * An open session pair: the session that we provide and the one that the peer provides.
 *
 * @param ours the session in which the peer is requestor
 * @param peers the session in which we are
 * @param peerLifetime how long the peer may be silent on a connection; empty: for ever
 * @param ourLifetime how long we may be silent
 * @param provided what we agreed to provide; empty: what was agreed offline
 * @param requested what the peer agreed to provide; empty: what was agreed offline
 * @param redirection the hosts between which the session is carried; empty: the master connection pair
 */
public record Session(
        SessionId ours,
        SessionId peers,
        Optional<Duration> peerLifetime,
        Optional<Duration> ourLifetime,
        Instant since,
        Optional<Agreement> provided,
        Optional<Agreement> requested,
        Optional<Redirection> redirection) {

    /** A new one, in which nothing has been negotiated yet. */
    public static Session opened(
            SessionId ours,
            SessionId peers,
            Optional<Duration> peerLifetime,
            Optional<Duration> ourLifetime,
            Instant since) {
        return new Session(
                ours, peers, peerLifetime, ourLifetime, since, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** With what we now provide, or now may request. */
    Session agreed(boolean weProvide, Agreement agreement) {
        Optional<Agreement> made = Optional.of(agreement);
        return new Session(
                ours,
                peers,
                peerLifetime,
                ourLifetime,
                since,
                weProvide ? made : provided,
                weProvide ? requested : made,
                redirection);
    }

    Session redirected(Optional<Redirection> lists) {
        return new Session(ours, peers, peerLifetime, ourLifetime, since, provided, requested, lists);
    }

    /** When the first of the agreements expires. */
    Instant agreedUntil() {
        return Stream.concat(provided.stream(), requested.stream())
                .flatMap(agreement -> agreement.until().stream())
                .min(Comparator.naturalOrder())
                .orElse(PairState.NEVER);
    }

    /** Either id of the pair names it, see the reading in {@code docs/decisions}. */
    public boolean named(SessionId id) {
        return id.equals(ours) || id.equals(peers);
    }
}
