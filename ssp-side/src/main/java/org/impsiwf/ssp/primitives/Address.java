package org.impsiwf.ssp.primitives;

import java.util.Locale;
import java.util.regex.Pattern;

/** SSP 6.3: what the addresses have in common. */
final class Address {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    private Address() {}

    /** Peers leave out {@code wv:}; two forms of one address must not become two users. */
    static String withScheme(String address) {
        return address.startsWith("wv:") || SCHEME.matcher(address).matches() ? address : "wv:" + address;
    }

    static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    static String domain(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? "" : address.substring(at + 1).toLowerCase(Locale.ROOT);
    }
}
