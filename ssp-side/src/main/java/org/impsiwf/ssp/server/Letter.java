package org.impsiwf.ssp.server;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.ServiceId;

/** What the SSP servers of several nodes write to each other about the peers that they share. */
sealed interface Letter {

    /** To the holder of the peer: to be carried out in this order. Answered with Taken or NotMine. */
    record Orders(ServiceId peer, List<SspCommand> commands) implements Letter {}

    /** To who ordered: what became of requests. */
    record Outcomes(ServiceId peer, List<SspEvent> events) implements Letter {}

    /**
     * To the holder: what somebody posted to this node. Answered with Receipted or NotMine.
     *
     * @param connection unique on the node that accepted it
     * @param host the address that it came from; empty when that could not be told
     * @param localHost where it came in
     * @param certifiedName that the other side has proved to own (mutual TLS)
     */
    record Posted(
            String connection,
            Optional<String> host,
            String localHost,
            int localPort,
            Optional<String> certifiedName,
            Octets message)
            implements Letter {}

    /** To the holder: a connection that something was posted over is gone. */
    record ConnectionClosed(String connection) implements Letter {}

    /** To the node that accepted it. */
    record CloseConnection(String connection) implements Letter {}

    /** To all: who holds the peer, or how it stands with it, has changed. */
    record Changed(ServiceId peer) implements Letter {}

    /**
     * To the holder. Answered with Standing or NotMine.
     *
     * @param hosts redirect hosts of this node, at which the peer finds the holder, too
     */
    record HowDoesItStand(ServiceId peer, List<String> hosts) implements Letter {}

    /** To one that is to take the peer from a node that leaves. Answered with Taken or NotMine. */
    record TakeOver(ServiceId peer) implements Letter {}
}
