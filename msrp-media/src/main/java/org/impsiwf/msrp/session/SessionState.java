package org.impsiwf.msrp.session;

import java.time.Instant;
import org.impsiwf.msrp.message.MsrpPath;

/** Where a session is between its local path and its end (RFC 4975 §5.4, RFC 6135). */
public sealed interface SessionState {

    /** Our path is out, the far end's is not known. Lasts as long as the signalling does. */
    record Prepared() implements SessionState {}

    /** Somebody who knows our path connected before the signalling told who it is. What arrives is held back. */
    record Claimed(ConnectionId connection, MsrpPath fromPath) implements SessionState {}

    /** Passive: the far end has to connect and send. */
    record Awaiting(MsrpPath farEnd, Instant giveUpAt) implements SessionState {}

    /** Active: the connection is being made. */
    record Opening(MsrpPath farEnd, Instant giveUpAt) implements SessionState {}

    /** Active: connected; the first SEND, without a body, waits for its response. */
    record Binding(MsrpPath farEnd, ConnectionId connection, Instant giveUpAt) implements SessionState {}

    /** Bound to one connection: messages flow. */
    record Connected(MsrpPath farEnd, ConnectionId connection) implements SessionState {}

    record Ended(String cause) implements SessionState {}
}
