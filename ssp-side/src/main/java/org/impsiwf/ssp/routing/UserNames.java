package org.impsiwf.ssp.routing;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** The friendly names beside the User-IDs of a primitive (SSP 6.3). Pure. */
public final class UserNames {

    private UserNames() {}

    /** The users that the primitive names without a friendly name, wherever there is a place for one. */
    public static Set<UserId> missing(Primitive primitive) {
        Set<UserId> users = new LinkedHashSet<>();
        Rewriting.everywhere(primitive, held -> {
            if (held instanceof User user && user.friendlyName().isEmpty()) {
                users.add(user.userId());
            }
            return held;
        });
        return users;
    }

    /** The same primitive with these names where none is yet. */
    @SuppressWarnings("unchecked") // a rewritten record is of its own class
    public static <P extends Primitive> P added(P primitive, Map<UserId, String> names) {
        return (P) Rewriting.everywhere(
                primitive,
                held -> held instanceof User user && user.friendlyName().isEmpty() && names.containsKey(user.userId())
                        ? new User(user.userId(), Optional.of(names.get(user.userId())), user.clientId())
                        : held);
    }
}
