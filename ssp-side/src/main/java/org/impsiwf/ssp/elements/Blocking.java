package org.impsiwf.ssp.elements;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Those of the owners who have shut out that sender; asks once for all where the store can. */
    default Set<UserId> blocking(Collection<UserId> owners, UserId sender, Optional<GroupId> group) {
        return owners.stream().filter(owner -> isBlocked(owner, sender, group)).collect(Collectors.toSet());
    }
}
