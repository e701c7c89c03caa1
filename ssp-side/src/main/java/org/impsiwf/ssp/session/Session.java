package org.impsiwf.ssp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.SessionId;

/**
 * An open session pair: the session that we provide and the one that the peer provides.
 *
 * @param ours the session in which the peer is requestor
 * @param peers the session in which we are
 * @param peerLifetime how long the peer may be silent on a connection; empty: for ever
 * @param ourLifetime how long we may be silent
 */
public record Session(
        SessionId ours,
        SessionId peers,
        Optional<Duration> peerLifetime,
        Optional<Duration> ourLifetime,
        Instant since) {

    /** Either id of the pair names it, see the reading in {@code docs/decisions}. */
    public boolean named(SessionId id) {
        return id.equals(ours) || id.equals(peers);
    }
}
