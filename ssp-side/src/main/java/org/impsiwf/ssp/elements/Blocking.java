package org.impsiwf.ssp.elements;

import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;

/** Block and grant lists of the users whose IM PSE we are (SSP 16.2.10). */
public interface Blocking {

    /**
     * Whether {@code owner} has shut out that sender, on its own or as speaking in that group.
     *
     * @param group where the message, invitation or notice comes from; absent when from the sender alone
     */
    boolean isBlocked(UserId owner, UserId sender, Optional<GroupId> group);
}
