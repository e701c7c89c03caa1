package org.impsiwf.ssp.event;

import java.util.List;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;

/** What happened on the SSP side. Requests in here are valid, of an open session, from a peer that may speak for its user, and no repeats. */
public sealed interface SspEvent {

    ServiceId peer();

    /** A request or notification of the peer. It waits for {@link SspCommand.Answer} unless its transaction is one-way. */
    record RequestReceived(ServiceId peer, TransactionRef transaction, Primitive request) implements SspEvent {}

    /** The final answer to a request of ours: its response primitive, or a Status. */
    record ResponseReceived(ServiceId peer, SspRequestId request, Primitive response) implements SspEvent {}

    /** No answer will come: the session is down, or the validity time and its repeats ran out. */
    record RequestFailed(ServiceId peer, SspRequestId request, Cause cause) implements SspEvent {}

    /**
     * The session pair with the peer is open and services are agreed; told again once the peer has said what it takes, and when
     * what it provides has changed.
     *
     * @param acceptedContentTypes what the peer said it takes (GetAcceptedContentTypes), empty when it did not say
     */
    record PeerUp(ServiceId peer, List<String> acceptedContentTypes) implements SspEvent {}

    record PeerDown(ServiceId peer, String cause) implements SspEvent {}

    /** Why there is no answer. */
    enum Cause {
        /** The request never left: no session with the peer. Nothing can have happened there. */
        NO_SESSION,
        /** It left and nobody answered: the peer may have acted on it. */
        NO_ANSWER,
        /** Our queue for that peer is full. */
        OVERLOAD
    }
}
