package org.impsiwf.store;

/** A node did not answer: it is dead, has left, or is stuck. Whether it has taken the letter is not known. */
public final class NodeGoneException extends Exception {

    private static final long serialVersionUID = 1L;

    public NodeGoneException(String message) {
        super(message);
    }

    public NodeGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
