package org.impsiwf.testkit.sip;

import java.util.Locale;

/** The transports that the user agent speaks. */
public enum SipTransport {
    UDP,
    TCP,
    TLS;

    /** Whether the user agent itself repeats what is not answered (RFC 3261 §17.1). */
    boolean repeats() {
        return this == UDP;
    }

    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
