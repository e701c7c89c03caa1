package org.impsiwf.ssp.server;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.session.Session;

/** What the parts of one peer share. Confined to its event loop. */
interface PeerScope {

    PeerSettings settings();

    ServiceId self();

    Instant now();

    PeerLink link();

    /** What was sent in this turn of the loop leaves at its end. */
    void flushSoon();

    Optional<Session> session();

    /** Whether a session may come soon: one was just lost, or a login is under way. */
    boolean sessionExpected();

    /** Whether it is settled which services may be asked of the peer: until then requests wait. */
    boolean servicesSettled();

    /** Why this may not be sent to the peer: its service is not agreed. */
    Optional<StatusCode> objectionToOurs(Primitive primitive);

    void tell(SspEvent event);

    void count(Counted what, String detail);

    void trace(boolean sent, Primitive primitive, String transactionId, Optional<OutgoingTable.Entry> ours);

    /** SSP 8.5, 8.6: the peer cannot be trusted to keep the rules; both sessions end. */
    void endSession(String cause);

    /** The peer says that there is no such session. */
    void sessionUnknownToPeer();
}
