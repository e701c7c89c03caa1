package org.impsiwf.ssp.session;

import java.util.ArrayList;
import java.util.List;

/** The next state of a session pair and what to do, in order, once it is stored. */
public record PairDecision(PairState next, List<PairEffect> effects) {

    static PairDecision to(PairState next, PairEffect... effects) {
        return new PairDecision(next, List.of(effects));
    }

    /** The same, this effect first. */
    PairDecision after(PairEffect first) {
        List<PairEffect> all = new ArrayList<>(effects);
        all.addFirst(first);
        return new PairDecision(next, all);
    }
}
