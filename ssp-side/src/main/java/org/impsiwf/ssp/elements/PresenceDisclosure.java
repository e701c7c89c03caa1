package org.impsiwf.ssp.elements;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.UserId;

/** What users let others know of their presence without being asked each time: proactive authorisation (SSP 15). */
public interface PresenceDisclosure {

    /**
     * The values of those attributes that each owner has proactively authorised the asking user for, by attribute lists
     * of users, contact lists or the default list. A user who discloses nothing of it, or is unknown, is not in the map.
     */
    Map<UserId, PresenceSubList> disclosed(Collection<UserId> owners, UserId asking, Set<PresenceAttribute> attributes);
}
