package org.impsiwf.sip.header;

/** A header value that breaks its grammar; the answer to its request is 400 (RFC 3261 §21.4.1). */
public final class HeaderException extends Exception {

    private static final long serialVersionUID = 1L;

    public HeaderException(String message) {
        super(message);
    }
}
