package org.impsiwf.msrp.codec;

/** The octets are no MSRP, or no answer could find its way: the connection can't be used any further. */
public final class UnreadableFrame extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableFrame(String reason) {
        super(reason, null, false, false);
    }
}
