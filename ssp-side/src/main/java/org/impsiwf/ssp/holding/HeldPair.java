package org.impsiwf.ssp.holding;

import org.impsiwf.ssp.session.PairState;

/**
 * A session pair as nodes share it: where it stands, and who may move it on. One entry, so that a node that is not the
 * holder any more cannot save a state.
 *
 * @param holder the node that runs it; empty: nobody, it is free to be taken
 */
public record HeldPair(String holder, PairState state) {

    /** Given up by a node that leaves. */
    public static final String NOBODY = "";
}
