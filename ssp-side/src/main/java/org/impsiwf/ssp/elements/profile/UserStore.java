package org.impsiwf.ssp.elements.profile;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;

/** The registered users of our domains, and the profiles of these and of those whose PSE we are. */
public interface UserStore extends Users {

    /**
     * @param now its creation time, which tells it from an earlier user of that name; kept in seconds
     * @return false when the user is registered already, and nothing was changed
     */
    boolean register(Registration registration, Instant now);

    /** Also forgets everything that this store knows of the user; false when there was no such user. */
    boolean remove(UserId user);

    /** When each of these users was registered; those that are not are left out. */
    Map<UserId, Instant> created(Collection<UserId> users);

    Optional<Password> password(UserId user);

    /** @return false when there is no such user */
    boolean changePassword(UserId user, Password password);

    /** The profiles of these users, an empty one for who has none; unknown users are left out. */
    List<UserProfileEntry> profiles(Collection<UserId> users);

    /** The profiles of all registered users, by address, at most so many, beginning after that one. */
    List<UserProfileEntry> profilesAfter(Optional<UserId> last, int atMost);

    /** Sets the pairs that these profiles name and leaves the others; all or none. */
    void update(List<UserProfileEntry> profiles);
}
