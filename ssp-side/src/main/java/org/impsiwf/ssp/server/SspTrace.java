package org.impsiwf.ssp.server;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;

/** Sees every primitive that leaves or arrives, for a call-flow ladder. Called on event loops: must not block. */
@FunctionalInterface
public interface SspTrace {

    SspTrace NONE = seen -> {};

    void seen(Seen message);

    /**
     * One primitive on the wire.
     *
     * @param sent by us; otherwise received
     * @param transactionId as on the wire
     * @param request the order that this belongs to, when the transaction is ours and somebody ordered it
     */
    record Seen(
            Instant at,
            boolean sent,
            ServiceId peer,
            Primitive primitive,
            String transactionId,
            Optional<SspRequestId> request) {}
}
