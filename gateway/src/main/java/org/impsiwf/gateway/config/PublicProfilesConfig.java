package org.impsiwf.gateway.config;

import java.util.List;

/** Public profiles. */
public record PublicProfilesConfig(
        @Key(value = "Fields that a profile must have to be shown and found.", byDefault = "[ age ]")
        List<Field> mandatory,

        @Key(
                value =
                        "Whether a user must have filled in these fields to see or search the profiles of others (904).",
                byDefault = "true")
        boolean ownFirst,

        @Key(
                value = "Profiles that one request gets; for the others it gets 906.",
                byDefault = "100",
                min = "1",
                max = "10000")
        int mostPerRequest,

        @Key(
                value = "Child protection: users below that age are not found; 0 without.",
                byDefault = "0",
                min = "0",
                max = "120")
        int minimumAge) {

    /** The fields of a public profile. */
    public enum Field {
        AGE,
        CITY,
        COUNTRY,
        FRIENDLY_NAME,
        FREE_TEXT,
        GENDER,
        INTENTION,
        INTERESTS,
        MARITAL_STATUS
    }
}
