package org.impsiwf.ssp.domain;

import org.impsiwf.ssp.primitives.Primitive;

/** A client of a local user as the domain sees it: what CSP would carry to a telephone. */
@FunctionalInterface
public interface Client {

    /**
     * Takes what is for its user. Called on a virtual thread, by several at once; whoever takes longer than
     * {@link DomainLimits#clientPatience} counts as silent.
     *
     * @return the answer of the transaction, such as a Status or a MessageDelivered
     */
    Primitive receive(Primitive primitive);
}
