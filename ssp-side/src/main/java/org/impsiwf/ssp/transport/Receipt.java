package org.impsiwf.ssp.transport;

/** How a message is acknowledged to the server that posted it; never says what became of its transactions. */
public enum Receipt {
    /** 200: taken. */
    TAKEN,
    /** 400: not an SSP message. */
    MALFORMED,
    /** 404: of no session that we know. */
    UNKNOWN_SESSION,
    /** 503: we are leaving, or have no room. */
    UNAVAILABLE,
    /** The connection is closed and nothing is said (SSP 9.1.1 steps 2 and 4). */
    HANG_UP
}
