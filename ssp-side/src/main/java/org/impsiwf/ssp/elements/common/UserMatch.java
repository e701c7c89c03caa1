package org.impsiwf.ssp.elements.common;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.impsiwf.ssp.elements.common.UserDirectory.FoundUser;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.TextValue;
import org.impsiwf.ssp.primitives.SearchElement;

/**
 * Whether a search pair fits a user (SSP Tables 54 and 55), without regard to case. Pure.
 *
 * @param presence what the searcher may see of the user's presence; absent when the search doesn't ask for any
 */
record UserMatch(FoundUser user, Optional<PresenceSubList> presence) implements Predicate<SearchPair> {

    @Override
    public boolean test(SearchPair pair) {
        String text = pair.text();
        PublicFields profile = user.profile();
        return switch (pair.element()) {
            case USER_ID -> contains(Optional.of(withoutScheme(user.user().value())), withoutScheme(text));
            case USER_FIRST_NAME -> contains(user.firstName(), text);
            case USER_LAST_NAME -> contains(user.lastName(), text);
            case USER_EMAIL_ADDRESS -> contains(user.email(), text);
            case USER_MOBILE_NUMBER ->
                user.mobile().map(UserDirectory::digits).equals(Optional.of(UserDirectory.digits(text)));
            case USER_ALIAS -> contains(presence.flatMap(PresenceSubList::alias).flatMap(TextValue::value), text);
            case USER_ONLINE_STATUS -> isOnline() == text.equalsIgnoreCase("T");
            case USER_AGE_MIN -> isAge(profile.age(), Integer.parseInt(text), Integer.MAX_VALUE);
            case USER_AGE_MAX -> isAge(profile.age(), 0, Integer.parseInt(text));
            case USER_CITY -> is(profile.get(PublicField.CITY), text);
            case USER_COUNTRY -> is(profile.get(PublicField.COUNTRY), text);
            case USER_FRIENDLY_NAME -> is(profile.get(PublicField.FRIENDLY_NAME), text);
            case USER_GENDER -> is(profile.get(PublicField.GENDER), text);
            case USER_INTENTION -> contains(profile.get(PublicField.INTENTION), text);
            case USER_INTERESTS_HOBBIES -> contains(profile.get(PublicField.INTERESTS), text);
            case USER_MARITAL_STATUS -> is(profile.get(PublicField.MARITAL_STATUS), text);
            case GROUP_ID, GROUP_NAME, GROUP_TOPIC, GROUP_USER_ID_JOINED, GROUP_USER_ID_OWNER, GROUP_USER_ID_AUTOJOIN ->
                throw new IllegalStateException("a user has no " + pair.element());
        };
    }

    /** Whether the element is one of the public profile (SSP Table 54). */
    static boolean isOfPublicProfile(SearchElement element) {
        return switch (element) {
            case USER_AGE_MIN, USER_AGE_MAX, USER_CITY, USER_COUNTRY, USER_FRIENDLY_NAME, USER_GENDER -> true;
            case USER_INTENTION, USER_INTERESTS_HOBBIES, USER_MARITAL_STATUS -> true;
            case USER_ID, USER_FIRST_NAME, USER_LAST_NAME, USER_ALIAS, USER_EMAIL_ADDRESS, USER_MOBILE_NUMBER -> false;
            case USER_ONLINE_STATUS, GROUP_ID, GROUP_NAME, GROUP_TOPIC -> false;
            case GROUP_USER_ID_JOINED, GROUP_USER_ID_OWNER, GROUP_USER_ID_AUTOJOIN -> false;
        };
    }

    private boolean isOnline() {
        return presence.stream()
                .flatMap(values -> values.onlineStatus().stream())
                .anyMatch(client ->
                        client.qualifier().orElse(true) && client.value().orElse(false));
    }

    private static boolean isAge(OptionalInt age, int from, int to) {
        return age.isPresent() && age.getAsInt() >= from && age.getAsInt() <= to;
    }

    static boolean contains(Optional<String> value, String text) {
        return value.isPresent() && value.get().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static boolean is(Optional<String> value, String text) {
        return value.isPresent() && value.get().equalsIgnoreCase(text);
    }

    static String withoutScheme(String address) {
        return address.regionMatches(true, 0, "wv:", 0, 3) ? address.substring(3) : address;
    }
}
