package org.impsiwf.ssp.primitives;

/** What a primitive does within a transaction. */
public enum PrimitiveUse {
    REQUEST,
    RESPONSE,
    /** Opens a transaction from the provider's side. */
    NOTIFICATION,
    /** A later message of a multi-way transaction that is answered itself. */
    DEFERRED_RESPONSE,
    /** The last message of a multi-way transaction. */
    CONFIRMATION,
    /** The first message on a connection, before anybody is known. */
    TOKEN,
    /** Part of primitives, also a response of its own (Status). */
    STRUCTURE
}
