package org.impsiwf.ssp.elements.common;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.UserId;

/** The registered users, as a search sees them (SSP 13.1.4, Tables 54 and 55). */
public interface UserDirectory {

    /**
     * By an index, at most so many users that one search pair fits, and perhaps some that it does not; absent for
     * elements without an index.
     */
    Optional<List<UserId>> candidates(SearchElement element, String text, int atMost);

    /** At most so many of all users. */
    List<UserId> everybody(int atMost);

    /** What a search compares; users who are not registered are left out. */
    List<FoundUser> describe(Collection<UserId> users);

    /** E.164 numbers are written with and without the plus sign and separators. */
    static String digits(String number) {
        return number.replaceAll("[^0-9]", "");
    }

    /** One user; {@code user} as registered. */
    record FoundUser(
            UserId user,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> email,
            Optional<String> mobile,
            PublicFields profile) {}
}
