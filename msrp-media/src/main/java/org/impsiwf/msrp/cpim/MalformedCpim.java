package org.impsiwf.msrp.cpim;

/** The octets are no Message/CPIM. */
public final class MalformedCpim extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedCpim(String reason) {
        super(reason);
    }
}
