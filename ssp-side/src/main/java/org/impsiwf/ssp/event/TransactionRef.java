package org.impsiwf.ssp.event;

import org.impsiwf.ssp.primitives.ServiceId;

/** A transaction that a peer opened and that waits for our answer. */
public record TransactionRef(ServiceId peer, String transactionId) {}
