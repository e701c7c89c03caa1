package org.impsiwf.ssp.event;

import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;

/** What the SSP side is told to do. Commands to one peer leave in order. */
public sealed interface SspCommand {

    ServiceId peer();

    /** Opens a transaction. */
    record SendRequest(SspRequestId request, ServiceId peer, Primitive primitive) implements SspCommand {}

    /** Answers a transaction of the peer with its response primitive or a Status. */
    record Answer(TransactionRef transaction, Primitive response) implements SspCommand {
        @Override
        public ServiceId peer() {
            return transaction.peer();
        }
    }
}
