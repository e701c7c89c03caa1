package org.impsiwf.ssp.elements.groups;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** How values of properties are written: what reads one gives its canonical form. */
final class Values {

    private static final int LONGEST_TEXT = 200;
    private static final int MOST_DIGITS = 9;
    private static final Set<String> TRUE = Set.of("t", "true", "yes", "1");
    private static final Set<String> FALSE = Set.of("f", "false", "no", "0");

    private Values() {}

    static String text(String value) {
        require(value.length() <= LONGEST_TEXT, "is longer than " + LONGEST_TEXT + " characters");
        return value;
    }

    static String flag(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        require(TRUE.contains(lower) || FALSE.contains(lower), "is neither T nor F");
        return TRUE.contains(lower) ? "T" : "F";
    }

    static String number(String value) {
        require(value.matches("\\d{1," + MOST_DIGITS + "}"), "is not a number, or too large");
        return String.valueOf(Integer.parseInt(value));
    }

    static String oneOf(String value, String... allowed) {
        return Arrays.stream(allowed)
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is none of " + String.join(", ", allowed)));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
