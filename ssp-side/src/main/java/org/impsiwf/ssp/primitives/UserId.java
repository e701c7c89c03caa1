package org.impsiwf.ssp.primitives;

/** SSP 6.3.1: a user, {@code wv:user@domain}; also a foreign address ({@code sip:}, {@code tel:}, {@code mailto:}). A missing scheme is read as {@code wv:}. */
@Reference(element = "UserID", attribute = "userID")
public record UserId(String value) implements Entity, Displayed, NickListEntry {
    public UserId {
        Rules.nonEmpty(value, "UserId");
        value = Address.withScheme(value);
    }

    /** The domain after the at sign in lower case, empty where the address has none ({@code tel:}). */
    public String domain() {
        return Address.domain(value);
    }

    /** The form in which addresses are compared and kept: lower case. */
    public String key() {
        return Address.key(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
