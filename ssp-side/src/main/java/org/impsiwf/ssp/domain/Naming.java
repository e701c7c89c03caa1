package org.impsiwf.ssp.domain;

import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.FriendlyNames;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetPublicProfileRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.UserNames;
import org.impsiwf.ssp.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SSP 6.3: wherever a user is sent whose public profile we keep, its friendly name goes along if there is one; no other
 * is made up. Thread-safe.
 */
final class Naming {

    private static final Logger LOG = LoggerFactory.getLogger(Naming.class);

    private final ServiceAccessPoint sap;
    private volatile FriendlyNames names = FriendlyNames.NONE;

    Naming(ServiceAccessPoint sap) {
        this.sap = sap;
    }

    void from(FriendlyNames known) {
        names = known;
    }

    /** For another domain. */
    <P extends Primitive> P in(P primitive) {
        return in(primitive, Optional.empty());
    }

    /** For a client of this user, who knows its own name. */
    <P extends Primitive> P in(P primitive, UserId reader) {
        return in(primitive, Optional.of(reader.key()));
    }

    private <P extends Primitive> P in(P primitive, Optional<String> reader) {
        if (primitive instanceof Status || names.equals(FriendlyNames.NONE)) {
            return primitive;
        }
        Set<UserId> nameless = UserNames.missing(primitive);
        nameless.removeIf(user -> !sap.isPrimary(user, GetPublicProfileRequest.class)
                || reader.filter(user.key()::equals).isPresent());
        if (nameless.isEmpty()) {
            return primitive;
        }
        try {
            return UserNames.added(primitive, names.of(nameless));
        } catch (StorageUnavailableException away) {
            LOG.warn("friendly names are not available: {}", away.getMessage());
            return primitive;
        }
    }
}
