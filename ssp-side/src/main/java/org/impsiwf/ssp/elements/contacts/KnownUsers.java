package org.impsiwf.ssp.elements.contacts;

import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Which User-IDs may be meant: of our own domains those that are registered, of others all, for we cannot know. */
public final class KnownUsers {

    private static final int LONGEST = 255;

    private final ServiceAccessPoint sap;
    private final Users users;

    public KnownUsers(ServiceAccessPoint sap, Users users) {
        this.sap = sap;
        this.users = users;
    }

    public boolean isKnown(UserId user) {
        return user.value().length() <= LONGEST && (!sap.isHome(user.domain()) || users.isRegistered(user));
    }

    /** Whether the user is known; otherwise the result says 531 of it. */
    public boolean admit(UserId user, PartialResult result) {
        boolean isKnown = isKnown(user);
        if (!isKnown) {
            result.failed(StatusCode.UNKNOWN_USER, user);
        }
        return isKnown;
    }
}
