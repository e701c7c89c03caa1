package org.impsiwf.mapping.event;

import java.util.Optional;
import org.impsiwf.ssp.primitives.ServiceId;

/** Who serves which IMPS domain now. Answers from memory, never blocks. */
public interface Domains {

    /** The neighbour that messages for this IMPS domain go to, directly or by route. The name is in lower case. */
    Optional<Peer> serving(String domain);

    /** The neighbour that takes messages for telephone numbers with no domain, if one does. */
    Optional<Peer> forTelephoneNumbers();

    /** The neighbour with this Service-ID. */
    Optional<Peer> named(ServiceId id);
}
