package org.impsiwf.ssp.codec;

/**
 * Bytes that are no SSP message: not well-formed, truncated, not in the encoding they claim, another root, a document
 * type, or beyond a limit. No transaction can be answered; the transport answers 400.
 */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String problem) {
        super(problem, null, false, false);
    }

    MalformedMessageException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
