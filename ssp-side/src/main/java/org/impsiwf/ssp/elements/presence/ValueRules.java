package org.impsiwf.ssp.elements.presence;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.AddressPreference;
import org.impsiwf.ssp.primitives.PresenceSubList.ClientInfo;
import org.impsiwf.ssp.primitives.PresenceSubList.CommC;
import org.impsiwf.ssp.primitives.PresenceSubList.CommCap;
import org.impsiwf.ssp.primitives.PresenceSubList.GeoLocation;
import org.impsiwf.ssp.primitives.PresenceSubList.PreferredContacts;
import org.impsiwf.ssp.primitives.PresenceSubList.TextValue;

/** Which presence values there are, where the presence attributes document lists them (SSP 18.6.6, 751). Pure. */
final class ValueRules {

    private static final Set<String> AVAILABILITIES = Set.of("AVAILABLE", "DISCREET", "NOT_AVAILABLE");
    private static final Set<String> MOODS = Set.of(
            "HAPPY",
            "SAD",
            "ANGRY",
            "JEALOUS",
            "ASHAMED",
            "INVINCIBLE",
            "IN_LOVE",
            "SLEEPY",
            "BORED",
            "EXCITED",
            "ANXIOUS");
    private static final Set<String> CLIENT_TYPES = Set.of("MOBILE_PHONE", "COMPUTER", "PDA", "CLI", "OTHER");
    private static final Set<String> CAPABILITIES = Set.of("CALL", "SMS", "MMS", "IM", "EMAIL");
    private static final Set<String> CONTACT_STATUSES = Set.of("OPEN", "CLOSED");
    private static final double MOST_LONGITUDE = 180;
    private static final double MOST_LATITUDE = 90;

    private ValueRules() {}

    /** The attribute whose value does not exist; absent when all do. */
    static Optional<String> unknownIn(PresenceSubList values) {
        return Stream.of(
                        failing("UserAvailability", values.userAvailability().stream(), v -> text(v, AVAILABILITIES)),
                        failing("StatusMood", values.statusMood().stream(), v -> text(v, MOODS)),
                        failing("ClientInfo", values.clientInfo().stream(), ValueRules::exists),
                        failing("CommCap", values.commCap().stream(), ValueRules::exists),
                        failing("PreferredContacts", values.preferredContacts().stream(), ValueRules::exists),
                        failing("GeoLocation", values.geoLocation().stream(), ValueRules::exists))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private interface Rule<T> {
        boolean holds(T value);
    }

    private static <T> Optional<String> failing(String attribute, Stream<T> values, Rule<T> rule) {
        return values.allMatch(rule::holds) ? Optional.empty() : Optional.of(attribute);
    }

    private static boolean text(TextValue value, Set<String> of) {
        return isInvalid(value.qualifier()) || isOneOf(value.value(), of);
    }

    private static boolean exists(ClientInfo info) {
        return isOneOf(info.type(), CLIENT_TYPES);
    }

    private static boolean exists(CommCap capabilities) {
        return capabilities.capabilities().stream().allMatch(ValueRules::exists);
    }

    private static boolean exists(CommC capability) {
        return isOneOf(capability.capability(), CAPABILITIES) && isOneOf(capability.status(), CONTACT_STATUSES);
    }

    private static boolean exists(PreferredContacts contacts) {
        return contacts.preferences().stream().allMatch(ValueRules::exists);
    }

    private static boolean exists(AddressPreference preference) {
        return isOneOf(preference.capability(), CAPABILITIES) && isOneOf(preference.status(), CONTACT_STATUSES);
    }

    private static boolean exists(GeoLocation location) {
        return isInvalid(location.qualifier())
                || (isWithin(location.longitude(), MOST_LONGITUDE) && isWithin(location.latitude(), MOST_LATITUDE));
    }

    // A value that its publisher marks as not valid may be anything.
    private static boolean isInvalid(Optional<Boolean> qualifier) {
        return qualifier.equals(Optional.of(false));
    }

    private static boolean isOneOf(Optional<String> value, Set<String> of) {
        return value.isEmpty() || of.contains(value.get().toUpperCase(Locale.ROOT));
    }

    private static boolean isWithin(Optional<String> degrees, double most) {
        try {
            return degrees.isEmpty() || Math.abs(Double.parseDouble(degrees.get())) <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
