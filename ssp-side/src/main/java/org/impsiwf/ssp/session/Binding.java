package org.impsiwf.ssp.session;

import java.util.Optional;
import org.impsiwf.ssp.primitives.SessionId;

/**
 * SSP 9.1.1: a login that makes no session but adds a connection pair to one.
 *
 * @param ours of the session that we provide
 * @param peers of the session that the peer provides
 * @param ourHost the redirect host of ours; empty with {@code peerHost}: the master pair, to exchange lists anew
 * @param peerHost the redirect host of the peer
 */
public record Binding(SessionId ours, SessionId peers, Optional<String> ourHost, Optional<String> peerHost) {

    boolean of(Session session) {
        return ours.equals(session.ours()) && peers.equals(session.peers());
    }

    /** Whether it is between the two Host-IDs. */
    public boolean master() {
        return peerHost.isEmpty();
    }
}
