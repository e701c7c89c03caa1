package org.impsiwf.ssp.elements.common;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fields of a public profile (SSP 13.1.2, names of CSP), with the values that each takes. Pure. */
public enum PublicField {
    AGE("PP_AGE", 3, Pattern.compile("[0-9]{1,3}").asMatchPredicate()),
    CITY("PP_CITY", 200, any -> true),
    COUNTRY("PP_COUNTRY", 2, Set.of(Locale.getISOCountries())::contains),
    FRIENDLY_NAME("PP_FRIENDLY_NAME", 200, any -> true),
    FREE_TEXT("PP_FREE_TEXT", 1_000, any -> true),
    GENDER("PP_GENDER", 1, Set.of("M", "F", "U")::contains),
    INTENTION("PP_INTENTION", 200, any -> true),
    INTERESTS("PP_INTERESTS", 200, any -> true),
    MARITAL_STATUS("PP_MARITAL_STATUS", 1, Set.of("C", "D", "E", "M", "S", "U", "W")::contains);

    private static final Map<String, PublicField> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(PublicField::wireName, Function.identity()));

    private final String wireName;
    private final int longest;
    private final Predicate<String> type;

    PublicField(String wireName, int longest, Predicate<String> type) {
        this.wireName = wireName;
        this.longest = longest;
        this.type = type;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<PublicField> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** Whether the value has more characters than the field takes. */
    boolean isTooLong(String value) {
        return value.codePointCount(0, value.length()) > longest;
    }

    boolean isOfType(String value) {
        return type.test(value);
    }
}
