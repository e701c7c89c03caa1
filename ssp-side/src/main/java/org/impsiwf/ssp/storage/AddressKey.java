package org.impsiwf.ssp.storage;

import java.util.Locale;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Addresses as they are compared (SSP 6.3): without regard to case, and never longer than a key may be. */
final class AddressKey {

    private static final int LONGEST = 255;

    private AddressKey() {}

    static String of(UserId user) {
        return of(user.value());
    }

    static String of(GroupId group) {
        return of(group.value());
    }

    /** @throws Refusal 402: too long to be the address or identifier of anybody */
    static String of(String value) {
        return bounded(value.toLowerCase(Locale.ROOT));
    }

    /** For identifiers whose case matters. */
    static String bounded(String value) {
        if (value.length() > LONGEST) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "an identifier is longer than " + LONGEST + " characters");
        }
        return value;
    }
}
