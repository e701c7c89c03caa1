package org.impsiwf.ssp.server;

import java.util.List;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.transport.OutgoingConnection;

/** What becomes of messages and connections to one peer, told to whom it concerns. Confined to the peer's event loop. */
final class PeerLinkReports implements PeerLink.Owner {

    private final Peer peer;
    private final ServerScope server;

    PeerLinkReports(Peer peer, ServerScope server) {
        this.peer = peer;
        this.server = server;
    }

    @Override
    public boolean acting() {
        return peer.acting();
    }

    @Override
    public void delivered(List<Outbound> messages) {
        peer.requests().delivered(messages);
    }

    @Override
    public void refused(Outbound message, int httpStatus) {
        peer.requests().refused(message, httpStatus);
    }

    @Override
    public void setUpRefused(String cause) {
        peer.failed("login: " + cause);
        peer.keeper().tell(new PairEvent.SetUpRefused(cause));
    }

    @Override
    public void unwritable(Outbound message) {
        if (message.kind == Outbound.Kind.REQUEST) {
            peer.requests().unwritable(message);
        } else {
            peer.transactions().unwritable(message);
        }
    }

    @Override
    public void lineOpened(OutgoingConnection connection) {
        peer.keepAlives().opened(connection, true);
    }

    @Override
    public void lineClosed(OutgoingConnection connection, boolean byPeer) {
        peer.keepAlives().closed(connection);
        boolean open = peer.session().isPresent();
        if (open && peer.keepAlives().wanted() && !(peer.keeper().state() instanceof PairState.Leaving)) {
            // The peer may have restarted: a new connection, and its KeepAlive, will tell.
            peer.link().lines().want(peer.settings().limits().connectionPairs());
        } else if (!open && byPeer) {
            // SSP 9.1.1 steps 2, 4, 7 and 9: this is how a login is refused.
            peer.keeper().tell(new PairEvent.PeerUnreachable("the peer hung up"));
        }
    }

    @Override
    public void pairLost(HostPair pair, String cause) {
        peer.mesh().lost(pair, cause);
    }

    @Override
    public void messageInAnswer(byte[] message) {
        server.messageInAnswer(peer, message);
    }

    @Override
    public void sessionUnknownToPeer() {
        peer.sessionUnknownToPeer();
    }

    @Override
    public void unreachable(String cause) {
        peer.failed(cause);
        peer.keeper().tell(new PairEvent.PeerUnreachable(cause));
    }
}
