package org.impsiwf.ssp.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.session.PairState;

/**
 * How it stands with a peer, for people and health checks.
 *
 * @param since when the state began
 * @param outgoingConnections open ones that we opened
 * @param incomingConnections open ones over which the peer has spoken to us
 * @param openRequests our transactions without an answer yet
 * @param openTransactions the peer's transactions without an answer yet
 * @param lastError what went wrong last, without secrets
 * @param redirectPairs that carry the session instead of the master pair
 * @param holder the node that runs the session pair; empty: none is known to
 */
public record PeerSnapshot(
        ServiceId serviceId,
        State state,
        Instant since,
        int outgoingConnections,
        int incomingConnections,
        int openRequests,
        int openTransactions,
        Optional<String> lastError,
        List<Redirected> redirectPairs,
        Optional<String> holder) {

    public PeerSnapshot {
        redirectPairs = List.copyOf(redirectPairs);
    }

    /** Without redirect, on the only node. */
    public PeerSnapshot(
            ServiceId serviceId,
            State state,
            Instant since,
            int outgoingConnections,
            int incomingConnections,
            int openRequests,
            int openTransactions,
            Optional<String> lastError) {
        this(
                serviceId,
                state,
                since,
                outgoingConnections,
                incomingConnections,
                openRequests,
                openTransactions,
                lastError,
                List.of(),
                Optional.empty());
    }

    /** On the peer's event loop. */
    static PeerSnapshot of(Peer peer) {
        return new PeerSnapshot(
                peer.settings().serviceId(),
                State.of(peer.keeper().state()),
                peer.keeper().since(),
                peer.link().lines().openLines().size(),
                peer.incoming().size(),
                peer.requests().open(),
                peer.transactions().open(),
                peer.lastError(),
                peer.mesh().pairs(),
                peer.share().holder());
    }

    /** SSP 9.1.1: a redirect connection pair. */
    public record Redirected(String ours, String peers) {}

    public enum State {
        /** No session; we try, or wait for the peer. */
        DOWN,
        CONNECTING,
        UP,
        /** Logging out. */
        LEAVING,
        CLOSED;

        static State of(PairState state) {
            return switch (state) {
                case PairState.Down d -> DOWN;
                case PairState.TokenSent s -> CONNECTING;
                case PairState.TokenAnswered s -> CONNECTING;
                case PairState.LoggingIn s -> CONNECTING;
                case PairState.Open o -> UP;
                case PairState.Replacing r -> UP;
                case PairState.Leaving l -> LEAVING;
                case PairState.Closed c -> CLOSED;
            };
        }
    }
}
