package org.impsiwf.ssp.primitives;

/** The names of the presence attributes. */
public enum PresenceAttribute implements Literal {
    ONLINE_STATUS("OnlineStatus"),
    REGISTRATION("Registration"),
    CLIENT_INFO("ClientInfo"),
    TIME_ZONE("TimeZone"),
    GEO_LOCATION("GeoLocation"),
    ADDRESS("Address"),
    FREE_TEXT_LOCATION("FreeTextLocation"),
    PLMN("PLMN"),
    COMM_CAP("CommCap"),
    USER_AVAILABILITY("UserAvailability"),
    PREFERRED_CONTACTS("PreferredContacts"),
    PREFERRED_LANGUAGE("PreferredLanguage"),
    STATUS_TEXT("StatusText"),
    STATUS_MOOD("StatusMood"),
    ALIAS("Alias"),
    STATUS_CONTENT("StatusContent"),
    CONTACT_INFO("ContactInfo"),
    INFO_LINK("InfoLink");

    private final String literal;

    PresenceAttribute(String literal) {
        this.literal = literal;
    }

    @Override
    public String literal() {
        return literal;
    }
}
