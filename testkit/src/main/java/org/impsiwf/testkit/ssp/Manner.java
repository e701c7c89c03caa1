package org.impsiwf.testkit.ssp;

/** How a peer goes about set-up and sessions where the document and the one public server differ. */
public enum Manner {
    /** The plain reading of SSP 1.3: crossed transaction ids, the receiver's session id. */
    OMA_1_3,
    /** The observed server: one transaction id, mode as role, its own session id, 405 for what it does not know. */
    BARAZA
}
