package org.impsiwf.gateway.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an operator may know of the SSP peers. Called on virtual threads, several at once. */
public interface PeerView {

    List<Peer> peers();

    /**
     * @param dialect as the configuration spells it
     * @param since when the peer came into this state
     * @param connections open HTTP connections, both directions
     * @param waiting requests that wait for the peer's answer or for a connection
     * @param lastProblem why the session was lost or could not be opened last; no secret
     * @param holder the node that runs the session pair, of several that share it
     */
    record Peer(
            String serviceId,
            String url,
            String dialect,
            State state,
            Instant since,
            int connections,
            int waiting,
            Optional<String> lastProblem,
            Optional<String> holder) {

        /** On the only node. */
        public Peer(
                String serviceId,
                String url,
                String dialect,
                State state,
                Instant since,
                int connections,
                int waiting,
                Optional<String> lastProblem) {
            this(serviceId, url, dialect, state, since, connections, waiting, lastProblem, Optional.empty());
        }
    }

    /** Of the session pair. */
    enum State {
        UP,
        CONNECTING,
        DOWN
    }
}
