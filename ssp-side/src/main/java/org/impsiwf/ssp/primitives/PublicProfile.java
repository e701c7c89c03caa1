package org.impsiwf.ssp.primitives;

import java.util.List;
import java.util.Optional;

/**
 * SSP 13.1.2: what everybody may know of a user.
 *
 * @param userId absent where it is the user of the request (UpdatePublicProfile)
 */
public record PublicProfile(Optional<UserId> userId, List<Property> properties) {
    public PublicProfile {
        properties = List.copyOf(properties);
    }
}
