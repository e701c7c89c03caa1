package org.impsiwf.mapping.addresses;

import java.util.Locale;
import java.util.Optional;

/**
 * Somebody or something that can be written to. The same entity has one {@link #canonical()} text whatever scheme it was
 * named in: {@code wv:alice@example.com}, {@code alice@example.com} and {@code sip:alice@EXAMPLE.com;transport=tcp} are one user.
 */
public sealed interface Address {

    /** As a SIP or tel URI, escaped as RFC 3261 §19.1.2 asks. */
    String sipUri();

    /** As an IMPS address, with its scheme. */
    String impsAddress();

    /**
     * What two names of one entity have in common: letters folded to lower case, parts escaped. Folding follows the IMPS
     * side, where case makes no difference; users that differ only in case cannot be told apart across the gateway.
     */
    String canonical();

    /** The domain in lower case; absent for a telephone number that has none. */
    Optional<String> domainName();

    default boolean isSame(Address other) {
        return canonical().equals(other.canonical());
    }

    /** Any address that SIP or SSP may carry (SSP 6.3, RFC 3261 §19.1, RFC 3966). */
    static Address parse(String text) throws AddressException {
        return AddressReader.read(text.strip());
    }

    /** What has this {@link #canonical()}; a number then has no domain. Empty for a text that no address has. */
    static Optional<Address> ofCanonical(String canonical) {
        try {
            return Optional.of(AddressReader.read(canonical.startsWith("+") ? "tel:" + canonical : canonical));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** The same; empty for text that is no address. */
    static Optional<Address> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** {@code wv:user@domain}, {@code sip:user@domain}. The user part is decoded. */
    record User(String user, String domain) implements Address {

        public User {
            domain = domain.toLowerCase(Locale.ROOT);
        }

        @Override
        public String sipUri() {
            return "sip:" + PartCoding.forSip(user) + "@" + domain;
        }

        @Override
        public String impsAddress() {
            return "wv:" + PartCoding.forWv(user) + "@" + domain;
        }

        @Override
        public String canonical() {
            return PartCoding.forKey(user.toLowerCase(Locale.ROOT)) + "@" + domain;
        }

        @Override
        public Optional<String> domainName() {
            return Optional.of(domain);
        }
    }

    /**
     * A group or a contact list of somebody, {@code wv:owner/name@domain}, or one of the domain's own,
     * {@code wv:/name@domain}. Parts are decoded.
     *
     * @param owner empty for a group that belongs to the server
     */
    record Group(String owner, String name, String domain) implements Address {

        public Group {
            domain = domain.toLowerCase(Locale.ROOT);
        }

        /** As {@link Address#tryParse}; empty for what is no group, too. */
        public static Optional<Group> tryParse(String text) {
            return Address.tryParse(text).filter(Group.class::isInstance).map(Group.class::cast);
        }

        @Override
        public String sipUri() {
            return "sip:" + PartCoding.forSip(owner) + "/" + PartCoding.forSip(name) + "@" + domain;
        }

        @Override
        public String impsAddress() {
            return "wv:" + PartCoding.forWv(owner) + "/" + PartCoding.forWv(name) + "@" + domain;
        }

        @Override
        public String canonical() {
            return PartCoding.forKey(owner.toLowerCase(Locale.ROOT)) + "/"
                    + PartCoding.forKey(name.toLowerCase(Locale.ROOT)) + "@" + domain;
        }

        @Override
        public Optional<String> domainName() {
            return Optional.of(domain);
        }
    }

    /**
     * A global number, {@code tel:+358401234567} or {@code wv:+358401234567@domain}.
     *
     * @param digits after the plus sign, without separators
     * @param host the domain that it was named with, if any; two names with different domains are one number (E.164)
     */
    record Telephone(String digits, Optional<String> host) implements Address {

        public Telephone {
            host = host.map(name -> name.toLowerCase(Locale.ROOT));
        }

        @Override
        public String sipUri() {
            return host.map(name -> "sip:+" + digits + "@" + name + ";user=phone")
                    .orElse("tel:+" + digits);
        }

        @Override
        public String impsAddress() {
            return host.map(name -> "wv:+" + digits + "@" + name).orElse("tel:+" + digits);
        }

        @Override
        public String canonical() {
            return "+" + digits;
        }

        @Override
        public Optional<String> domainName() {
            return host;
        }

        /** The same number, reached through a domain. */
        public Telephone at(String domain) {
            return new Telephone(digits, Optional.of(domain));
        }
    }
}
