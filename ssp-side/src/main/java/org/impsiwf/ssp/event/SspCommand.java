package org.impsiwf.ssp.event;

import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;

/** What the SSP side is told to do. Commands to one peer leave in order. */
public sealed interface SspCommand {

    ServiceId peer();

    /**
     * Opens a transaction. What belongs to a transaction that the peer opened and that is answered already, an InviteResponse
     * or a DeliveryStatusReport, is ordered like this, too; under which Transaction-ID and in which mode it leaves is for the
     * SSP side to know (D-10, ssp-wire-syntax 11).
     */
    record SendRequest(SspRequestId request, ServiceId peer, Primitive primitive) implements SspCommand {}

    /**
     * Answers a transaction of the peer with its response primitive or a Status. A Status 1xx goes to peers that bear it, for
     * complementary transactions (SSP 8.7); the final answer is still owed.
     */
    record Answer(TransactionRef transaction, Primitive response) implements SspCommand {
        @Override
        public ServiceId peer() {
            return transaction.peer();
        }
    }
}
