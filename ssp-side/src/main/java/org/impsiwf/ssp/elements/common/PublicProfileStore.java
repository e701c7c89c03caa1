package org.impsiwf.ssp.elements.common;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.elements.FriendlyNames;
import org.impsiwf.ssp.primitives.UserId;

/** The public profiles of our users and of those whose PSE we are. */
public interface PublicProfileStore extends FriendlyNames {

    /** What these users have filled in; who has filled in nothing is left out. */
    Map<UserId, PublicFields> find(Collection<UserId> users);

    @Override
    default Map<UserId, String> of(Collection<UserId> users) {
        Map<UserId, String> names = new HashMap<>();
        find(users)
                .forEach((user, fields) ->
                        fields.get(PublicField.FRIENDLY_NAME).ifPresent(name -> names.put(user, name)));
        return names;
    }

    /** What one user has filled in, perhaps nothing. */
    default PublicFields of(UserId user) {
        return find(List.of(user)).getOrDefault(user, PublicFields.NONE);
    }

    /**
     * Changes one user's profile while nobody else does.
     *
     * @param change may be called more than once; when it throws nothing is changed
     */
    void change(UserId user, UnaryOperator<PublicFields> change);
}
