package org.impsiwf.mapping.content;

/** A body that is not what its type says. Never holds content. */
public final class ContentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status what SIP and MSRP both answer: 400, 403, 413 or 415
     */
    ContentException(int status, String why) {
        super(why);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
