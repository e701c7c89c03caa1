package org.impsiwf.ssp.codec;

/** The {@code mode} of a transaction in the envelope. In set-up some peers mark their role with it, not the direction. */
public enum Mode {
    REQUEST("Request"),
    /** Also what a missing or unknown mode is read as. */
    RESPONSE("Response");

    private final String literal;

    Mode(String literal) {
        this.literal = literal;
    }

    String literal() {
        return literal;
    }

    static Mode of(String literal) {
        return REQUEST.literal.equalsIgnoreCase(literal) ? REQUEST : RESPONSE;
    }
}
