package org.impsiwf.ssp.server;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.transport.OutgoingConnection;

/** One connection of ours to the peer and what is in flight on it. Confined to the peer's event loop. */
final class PeerLine implements OutgoingConnection.Owner {

    private final PeerLink link;
    /** The redirect pair that it is one half of; empty: the master pair. */
    final Optional<HostPair> pair;

    OutgoingConnection connection;
    List<Outbound> inFlight = List.of();
    /** SSP 18.1.4: gets work only when no other one can. */
    boolean overloaded;

    boolean up;
    boolean dismissed;

    PeerLine(PeerLink link, Optional<HostPair> pair) {
        this.link = link;
        this.pair = pair;
    }

    boolean carriesSetUp() {
        return inFlight.stream().anyMatch(m -> m.setUp.isPresent());
    }

    List<Outbound> landed() {
        List<Outbound> batch = inFlight;
        inFlight = List.of();
        return batch;
    }

    /** We have no more use for it. */
    void dismiss() {
        dismissed = true;
        connection.close();
    }

    @Override
    public void connected(OutgoingConnection opened) {
        up = true;
        link.connected(this);
    }

    @Override
    public void answered(OutgoingConnection answered, int status, Optional<byte[]> message) {
        link.answered(this, status, message);
    }

    @Override
    public void closed(OutgoingConnection closed, boolean reused, String cause) {
        link.closed(this, reused, cause);
    }
}
