package org.impsiwf.ssp.elements.groups;

import java.util.Optional;

/** SSP 17.1.3: what a user is called in a group. Pure. */
final class ScreenNames {

    private static final int MOST_CHARACTERS = 64;
    private static final String ANYBODY = "Guest";

    private ScreenNames() {}

    /** The name that was asked for, as far as it can be used; absent when none was. */
    static Optional<String> requested(Optional<String> name) {
        return name.map(String::strip).filter(given -> !given.isEmpty()).map(ScreenNames::shortened);
    }

    /** A name of the server's making, different for each number. */
    static String made(Optional<String> requested, long number) {
        return requested.orElse(ANYBODY) + "-" + number;
    }

    private static String shortened(String name) {
        return name.codePoints()
                .limit(MOST_CHARACTERS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
