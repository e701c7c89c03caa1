package org.impsiwf.msrp.session;

import org.impsiwf.msrp.message.MsrpPath;

/** What happens to a session. */
public sealed interface SessionEvent {

    /**
     * The signalling named the far end.
     *
     * @param trusted whether the connection that claimed the session, if one did, shows the certificate that the far end's SDP
     *     promises
     */
    record FarEndKnown(MsrpPath farEnd, boolean active, boolean trusted) implements SessionEvent {}

    /** The connection to the far end, or to our relay, is open and shows the right certificate. */
    record ConnectionOpened(ConnectionId connection) implements SessionEvent {}

    record ConnectionFailed(String cause) implements SessionEvent {}

    /**
     * A SEND to our URI.
     *
     * @param trusted whether the connection is as secure as the session and shows the promised certificate
     */
    record SendArrived(ConnectionId connection, MsrpPath fromPath, boolean trusted) implements SessionEvent {}

    /** The response to our first SEND, 408 if none came. */
    record FirstSendAnswered(int status) implements SessionEvent {}

    /** 481 or 506 came for a later SEND, or a REPORT that the far end can no longer be reached. */
    record FarEndGone(int status) implements SessionEvent {}

    record ConnectionLost(ConnectionId connection, String cause) implements SessionEvent {}

    record DeadlineReached() implements SessionEvent {}

    record CloseOrdered() implements SessionEvent {}
}
