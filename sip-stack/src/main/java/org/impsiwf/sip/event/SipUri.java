package org.impsiwf.sip.event;

import java.util.Locale;

/**
 * A URI of a SIP message as text: {@code sip:}, {@code sips:} or {@code tel:} in practice, though a request may carry any
 * scheme. Escapes are as received; {@code mapping.addresses} reads them.
 */
public record SipUri(String value) {

    /** Lower-case scheme without the colon, or the empty string when there is none. */
    public String scheme() {
        int colon = value.indexOf(':');
        return colon < 0 ? "" : value.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
