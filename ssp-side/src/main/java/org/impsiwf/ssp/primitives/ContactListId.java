package org.impsiwf.ssp.primitives;

/** SSP 6.3.3: a contact list, {@code wv:owner/name@domain}. A missing scheme is read as {@code wv:}. */
@Reference(element = "ContactListID", attribute = "contactListID")
public record ContactListId(String value) implements Addressee, Entity {
    public ContactListId {
        Rules.nonEmpty(value, "ContactListId");
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
