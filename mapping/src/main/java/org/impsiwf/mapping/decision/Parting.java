package org.impsiwf.mapping.decision;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.event.SspRequestId;

/**
 * Something that was ordered when what it was about was over: nothing else in the record says whether it was carried out. If the node
 * died before that, the next one orders it again.
 */
public interface Parting {

    /** When it has been carried out for certain, or nobody waits for it any more. */
    Instant until();

    /** The request whose answer says that it has been heard. */
    Optional<SspRequestId> awaited();
}
