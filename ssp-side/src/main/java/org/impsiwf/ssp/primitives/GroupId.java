package org.impsiwf.ssp.primitives;

/** SSP 6.3.2: a group, {@code wv:owner/name@domain}. A missing scheme is read as {@code wv:}. */
@Reference(element = "GroupID", attribute = "groupID")
@Missing(429)
public record GroupId(String value) implements Addressee, Entity, Displayed, SearchHit {
    public GroupId {
        Rules.nonEmpty(value, "GroupId");
        value = Address.withScheme(value);
    }

    /** The domain after the at sign in lower case, empty where the address has none ({@code tel:}). */
    public String domain() {
        return Address.domain(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
