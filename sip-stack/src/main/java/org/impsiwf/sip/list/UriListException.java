package org.impsiwf.sip.list;

/** A list that we do not take, with the answer that its request deserves. */
public final class UriListException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    UriListException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** 400 for what is no list, 413 for what explodes. */
    public int status() {
        return status;
    }
}
