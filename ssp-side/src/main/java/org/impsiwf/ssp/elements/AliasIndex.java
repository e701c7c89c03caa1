package org.impsiwf.ssp.elements;

import java.util.Optional;
import org.impsiwf.ssp.primitives.UserId;

/** Where the presence element says by which alias a user can be searched for (SSP 13.1.4, USER_ALIAS). */
public interface AliasIndex {

    /**
     * Takes effect with the database transaction that it is called in. Who may find the user by it is asked at each
     * search, of {@link PresenceDisclosure}.
     */
    void aliasIs(UserId user, Optional<String> alias);
}
