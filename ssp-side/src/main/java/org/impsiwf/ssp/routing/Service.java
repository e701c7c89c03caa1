package org.impsiwf.ssp.routing;

import org.impsiwf.ssp.primitives.ContactListPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.PresencePrimitive;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ProfilePrimitive;
import org.impsiwf.ssp.primitives.UserSessionPrimitive;

/** What domains agree on separately: each service may have its PSE in another domain (SSP 5.1). */
public enum Service {
    USER_PROFILE,
    USER_SESSION,
    COMMON,
    PRESENCE,
    IM,
    GROUP;

    /** Contact lists go with presence, as in the service tree (SSP 10.5); what two servers tell each other is COMMON. */
    public static Service of(Class<? extends Primitive> primitive) {
        if (ProfilePrimitive.class.isAssignableFrom(primitive)) {
            return USER_PROFILE;
        }
        if (UserSessionPrimitive.class.isAssignableFrom(primitive)) {
            return USER_SESSION;
        }
        if (ContactListPrimitive.class.isAssignableFrom(primitive)
                || PresencePrimitive.class.isAssignableFrom(primitive)) {
            return PRESENCE;
        }
        if (ImPrimitive.class.isAssignableFrom(primitive)) {
            return IM;
        }
        return GroupPrimitive.class.isAssignableFrom(primitive) ? GROUP : COMMON;
    }
}
