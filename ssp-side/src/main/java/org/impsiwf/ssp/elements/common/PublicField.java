package org.impsiwf.ssp.elements.common;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fields of a public profile (SSP 13.1.2, names of CSP), with the values that each takes. Pure. */
public enum PublicField {
    AGE("PP_AGE", 3, "[0-9]{1,3}"),
    CITY("PP_CITY", 200, Types.TEXT),
    COUNTRY("PP_COUNTRY", 2, Types.COUNTRY),
    FRIENDLY_NAME("PP_FRIENDLY_NAME", 200, Types.TEXT),
    FREE_TEXT("PP_FREE_TEXT", 1_000, Types.TEXT),
    GENDER("PP_GENDER", 1, "[MFU]"),
    INTENTION("PP_INTENTION", 200, Types.TEXT),
    INTERESTS("PP_INTERESTS", 200, Types.TEXT),
    MARITAL_STATUS("PP_MARITAL_STATUS", 1, "[CDEMSUW]");

    private static final Map<String, PublicField> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(PublicField::wireName, Function.identity()));

    private final String wireName;
    private final int longest;
    private final Pattern type;

    PublicField(String wireName, int longest, String type) {
        this.wireName = wireName;
        this.longest = longest;
        this.type = Pattern.compile(type);
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
        return type.matcher(value).matches();
    }

    private static final class Types {
        static final String TEXT = "(?s).*";
        static final String COUNTRY = String.join("|", Locale.getISOCountries());
    }
}
