package org.impsiwf.ssp.elements.profile;

import java.util.Optional;
import org.impsiwf.ssp.primitives.UserId;

/**
 * A user of our domain as the operator registers it.
 *
 * @param password absent for a user who cannot log in
 * @param firstName like the other names and addresses, known to the operator and searched for by others (SSP Table 55)
 */
public record Registration(
        UserId user,
        Optional<Password> password,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> email,
        Optional<String> mobile) {

    public static Registration of(UserId user) {
        return new Registration(
                user, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Registration withPassword(String secret) {
        return new Registration(user, Optional.of(new Password(secret)), firstName, lastName, email, mobile);
    }

    public Registration named(String first, String last) {
        return new Registration(user, password, Optional.of(first), Optional.of(last), email, mobile);
    }

    public Registration reachedAt(String mail, String mobileNumber) {
        return new Registration(user, password, firstName, lastName, Optional.of(mail), Optional.of(mobileNumber));
    }
}
