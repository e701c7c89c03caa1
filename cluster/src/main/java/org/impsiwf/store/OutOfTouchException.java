package org.impsiwf.store;

/**
 * This node may have been taken for dead, or sees fewer nodes than it needs, so it must not work now: who asked is to be
 * refused for a while. Whether a save that failed so has been made is not known.
 */
public final class OutOfTouchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutOfTouchException(String message) {
        super(message);
    }

    public OutOfTouchException(String message, Throwable cause) {
        super(message, cause);
    }
}
