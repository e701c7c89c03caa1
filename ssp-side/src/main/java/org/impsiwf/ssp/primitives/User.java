package org.impsiwf.ssp.primitives;

import java.util.Optional;

/** SSP 6.3.1, 6.3.4: a user, perhaps at one client. */
@Reference(element = "User", attribute = "userID")
public record User(UserId userId, Optional<String> friendlyName, Optional<ClientId> clientId)
        implements Addressee, SearchHit {

    public static User of(UserId userId) {
        return new User(userId, Optional.empty(), Optional.empty());
    }

    public static User of(String userId) {
        return of(new UserId(userId));
    }
}
