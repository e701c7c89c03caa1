package org.impsiwf.ssp.elements.groups;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The properties of a group that somebody decides on, with their names on the wire, their defaults and what they may say. */
public enum GroupProperty {
    NAME("Name", "", Kind.TEXT),
    TOPIC("Topic", "", Kind.TEXT),
    TYPE("Type", "Private", Kind.TYPE),
    ACCESS_TYPE("AccessType", "Open", Kind.ACCESS),
    SEARCHABLE("Searchable", "F", Kind.FLAG),
    PRIVATE_MESSAGING("PrivateMessaging", "T", Kind.FLAG),
    /** How many may be joined at once; zero: as many as the server allows. */
    MAX_ACTIVE_USERS("MaxActiveUsers", "0", Kind.NUMBER),
    HISTORY("History", "F", Kind.FLAG),
    AUTO_DELETE("AutoDelete", "F", Kind.FLAG),
    /** Years; zero: no minimum. */
    MINIMUM_AGE("MinimumAge", "0", Kind.NUMBER),
    REQUIRE_INVITATION("RequireInvitation", "F", Kind.FLAG),
    SHOW_ID("ShowID", "F", Kind.FLAG),
    /** Seconds from creation until the group ends; zero: without end. */
    VALIDITY("Validity", "0", Kind.NUMBER);

    private enum Kind {
        TEXT,
        FLAG,
        NUMBER,
        TYPE,
        ACCESS
    }

    private static final Map<String, GroupProperty> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(
                    property -> property.wireName.toLowerCase(Locale.ROOT), Function.identity()));

    private final String wireName;
    private final String byDefault;
    private final Kind kind;

    GroupProperty(String wireName, String byDefault, Kind kind) {
        this.wireName = wireName;
        this.byDefault = byDefault;
        this.kind = kind;
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
        String stripped = value.strip();
        return switch (kind) {
            case TEXT -> Values.text(stripped);
            case FLAG -> Values.flag(stripped);
            case NUMBER -> Values.number(stripped);
            case TYPE -> Values.oneOf(stripped, "Public", "Private");
            case ACCESS -> Values.oneOf(stripped, "Open", "Restricted", "Closed");
        };
    }

    static Optional<GroupProperty> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }
}
