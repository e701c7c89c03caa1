package org.impsiwf.ssp.elements;

import org.impsiwf.ssp.primitives.UserId;

/** The local users, as other elements need to know them. */
public interface Users {

    /** Whether this is a registered user of our domain. */
    boolean isRegistered(UserId user);
}
