package org.impsiwf.ssp.elements.groups;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The properties of a group that somebody decides on, with their names on the wire, their defaults and what they may say. */
public enum GroupProperty {
    NAME("Name", "", Values::text),
    TOPIC("Topic", "", Values::text),
    TYPE("Type", "Private", value -> Values.oneOf(value, "Public", "Private")),
    ACCESS_TYPE("AccessType", "Open", value -> Values.oneOf(value, "Open", "Restricted", "Closed")),
    SEARCHABLE("Searchable", "F", Values::flag),
    PRIVATE_MESSAGING("PrivateMessaging", "T", Values::flag),
    /** How many may be joined at once; zero: as many as the server allows. */
    MAX_ACTIVE_USERS("MaxActiveUsers", "0", Values::number),
    HISTORY("History", "F", Values::flag),
    AUTO_DELETE("AutoDelete", "F", Values::flag),
    /** Years; zero: no minimum. */
    MINIMUM_AGE("MinimumAge", "0", Values::number),
    REQUIRE_INVITATION("RequireInvitation", "F", Values::flag),
    SHOW_ID("ShowID", "F", Values::flag),
    /** Seconds from creation until the group ends; zero: without end. */
    VALIDITY("Validity", "0", Values::number);

    private static final Map<String, GroupProperty> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(
                    property -> property.wireName.toLowerCase(Locale.ROOT), Function.identity()));

    private final String wireName;
    private final String byDefault;
    /** A function without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<String> reader;

    GroupProperty(String wireName, String byDefault, UnaryOperator<String> reader) {
        this.wireName = wireName;
        this.byDefault = byDefault;
        this.reader = reader;
    }

    public String wireName() {
        return wireName;
    }

    String byDefault() {
        return byDefault;
    }

    /**
     * The value in its one canonical form.
     *
     * @throws IllegalArgumentException the property cannot have it
     */
    String read(String value) {
        return reader.apply(value.strip());
    }

    static Optional<GroupProperty> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }
}
