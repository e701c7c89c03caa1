package org.impsiwf.ssp.server;

import java.util.Optional;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.transport.IncomingConnection;

/**
 * A login that began in a version that we do not speak. Its SendSecretToken has no answer; a LoginRequest that follows is
 * told the version to use (SSP 18.4.6, D-01), once for each token. Confined to the peer's event loop.
 */
final class OtherVersion {

    private final Peer peer;
    private final SetUpMessages messages;
    private boolean begun;

    OtherVersion(Peer peer, SetUpMessages messages) {
        this.peer = peer;
        this.messages = messages;
    }

    /** By somebody who says to be this peer. */
    void begun() {
        begun = true;
    }

    /** Whether that message went on with such a login, and is dealt with. A session or login of ours is not disturbed. */
    boolean refuses(SspMessage.SetUp message, Optional<IncomingConnection> from) {
        boolean goesOn = begun
                && message.primitive() instanceof SessionPrimitive.LoginRequest
                && peer.keeper().state() instanceof PairState.Down
                && !peer.keeper().busy();
        if (goesOn) {
            begun = false;
            peer.count(Counted.LOGIN_REFUSED, String.valueOf(StatusCode.VERSION_NOT_SUPPORTED.code()));
            peer.link().send(Outbound.setUp(messages.versionRefused(message.transactionId()), true));
            peer.link().flush();
            from.ifPresent(IncomingConnection::close);
        }
        return goesOn;
    }
}
