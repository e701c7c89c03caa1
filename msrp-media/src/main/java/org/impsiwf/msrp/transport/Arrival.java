package org.impsiwf.msrp.transport;

import java.util.Optional;
import org.impsiwf.msrp.session.SessionEvent;

/** Brings the outcome of a connection attempt to the session that asked for it. */
record Arrival(MsrpSession session) implements Connections.Opened {

    @Override
    public void opened(MsrpConnection connection) {
        session.order(() -> {
            session.happened(new SessionEvent.ConnectionOpened(connection.id()), Optional.of(connection));
            connection.unreserve();
        });
    }

    @Override
    public void failed(String cause) {
        session.order(() -> session.happened(new SessionEvent.ConnectionFailed(cause), Optional.empty()));
    }
}
