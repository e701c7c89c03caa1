package org.impsiwf.ssp.elements;

import java.util.Collection;
import java.util.Map;
import org.impsiwf.ssp.primitives.UserId;

/** The friendly names of the users whose PSE we are (SSP 6.3). */
@FunctionalInterface
public interface FriendlyNames {

    /** Nobody has one. */
    FriendlyNames NONE = users -> Map.of();

    /** Those of the users who have one; asks once for all. */
    Map<UserId, String> of(Collection<UserId> users);
}
