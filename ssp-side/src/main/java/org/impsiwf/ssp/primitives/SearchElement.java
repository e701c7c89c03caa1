package org.impsiwf.ssp.primitives;

/** SSP 13.1.5, tables 54 to 56: what a search can look at. */
public enum SearchElement {
    USER_ID,
    USER_FIRST_NAME,
    USER_LAST_NAME,
    USER_ALIAS,
    USER_EMAIL_ADDRESS,
    USER_MOBILE_NUMBER,
    USER_ONLINE_STATUS,
    USER_AGE_MIN,
    USER_AGE_MAX,
    USER_CITY,
    USER_COUNTRY,
    USER_FRIENDLY_NAME,
    USER_GENDER,
    USER_INTENTION,
    USER_INTERESTS_HOBBIES,
    USER_MARITAL_STATUS,
    GROUP_ID,
    GROUP_NAME,
    GROUP_TOPIC,
    GROUP_USER_ID_JOINED,
    GROUP_USER_ID_OWNER,
    GROUP_USER_ID_AUTOJOIN;

    /** Whether it finds groups; otherwise users. */
    public boolean ofGroups() {
        return name().startsWith("GROUP_");
    }
}
