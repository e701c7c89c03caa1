package org.impsiwf.ssp.server;

import org.impsiwf.ssp.primitives.TransactionId;

/** The transaction of a peer that brought a message or an invitation, to which a later message of ours has to refer (D-10). */
public record OriginalTransaction(TransactionId id) {}
