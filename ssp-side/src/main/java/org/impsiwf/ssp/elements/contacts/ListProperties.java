package org.impsiwf.ssp.elements.contacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.ContactListProperties;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.StatusCode;

/** The properties of a contact list that a request sets (SSP 14.1); absent is what it leaves as it is. Pure. */
record ListProperties(Optional<String> displayName, Optional<Boolean> asDefault) {

    private static final String DISPLAY_NAME = "DisplayName";
    private static final String DEFAULT = "Default";
    private static final int LONGEST_NAME = 255;

    /** @throws Refusal 752 (a property or value that there is not), 441 (a name that is too long) */
    static ListProperties of(ContactListProperties properties) {
        Optional<String> displayName = Optional.empty();
        Optional<Boolean> asDefault = Optional.empty();
        for (Property property : properties.properties()) {
            switch (property.name()) {
                case DISPLAY_NAME -> displayName = Optional.of(shortEnough(property.value()));
                case DEFAULT -> asDefault = Optional.of(flag(property.value()));
                default ->
                    throw Refusal.of(
                            StatusCode.INVALID_OR_UNSUPPORTED_CONTACT_LIST_PROPERTY,
                            "a list has no " + property.name());
            }
        }
        return new ListProperties(displayName, asDefault);
    }

    static ContactListProperties toWire(Optional<String> displayName, boolean isDefault) {
        List<Property> properties = new ArrayList<>();
        displayName.ifPresent(name -> properties.add(new Property(DISPLAY_NAME, name)));
        properties.add(new Property(DEFAULT, isDefault ? "T" : "F"));
        return new ContactListProperties(properties);
    }

    private static boolean flag(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "T", "TRUE", "YES" -> true;
            case "F", "FALSE", "NO" -> false;
            default ->
                throw Refusal.of(StatusCode.INVALID_OR_UNSUPPORTED_CONTACT_LIST_PROPERTY, DEFAULT + " is T or F");
        };
    }

    private static String shortEnough(String name) {
        if (name.length() > LONGEST_NAME) {
            throw Refusal.of(StatusCode.NUMBER_OF_CHARACTERS_EXCEEDS_THE_MAXIMUM_NUMBER_OF_CHARACTERS);
        }
        return name;
    }
}
