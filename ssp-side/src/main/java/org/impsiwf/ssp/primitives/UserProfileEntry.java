package org.impsiwf.ssp.primitives;

import java.util.List;
import java.util.Optional;

/** SSP 11.1: the profile of one user, and of the user's clients. */
public record UserProfileEntry(UserId userId, List<Property> properties, List<ClientProfile> clientProfiles) {

    public UserProfileEntry {
        properties = List.copyOf(properties);
        clientProfiles = List.copyOf(clientProfiles);
    }

    /** What one client can do. */
    public record ClientProfile(Optional<ClientId> clientId, List<Property> properties) {
        public ClientProfile {
            properties = List.copyOf(properties);
        }
    }
}
