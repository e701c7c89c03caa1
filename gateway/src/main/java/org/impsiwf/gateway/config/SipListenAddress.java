package org.impsiwf.gateway.config;

import java.util.Locale;

/** Where to listen for SIP, written {@code udp:127.0.0.1:5060}. */
public record SipListenAddress(Transport transport, ListenAddress address) {

    /** RFC 3261 §19.1.1. */
    public enum Transport {
        UDP,
        TCP,
        TLS
    }

    @Override
    public String toString() {
        return transport.name().toLowerCase(Locale.ROOT) + ":" + address;
    }
}
