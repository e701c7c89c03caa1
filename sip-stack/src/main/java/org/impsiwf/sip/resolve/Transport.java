package org.impsiwf.sip.resolve;

import java.util.Locale;
import java.util.Optional;

/** The transports of the stack, with what DNS and URIs call them (RFC 3263 §4.1, RFC 3261 §19.1.1). */
public enum Transport {
    UDP("SIP+D2U", "_sip._udp.", 5060),
    TCP("SIP+D2T", "_sip._tcp.", 5060),
    TLS("SIPS+D2T", "_sips._tcp.", 5061);

    private final String naptrService;
    private final String srvPrefix;
    private final int defaultPort;

    Transport(String naptrService, String srvPrefix, int defaultPort) {
        this.naptrService = naptrService;
        this.srvPrefix = srvPrefix;
        this.defaultPort = defaultPort;
    }

    String srvPrefix() {
        return srvPrefix;
    }

    public int defaultPort() {
        return defaultPort;
    }

    static Optional<Transport> ofNaptrService(String service) {
        for (Transport transport : values()) {
            if (transport.naptrService.equalsIgnoreCase(service)) {
                return Optional.of(transport);
            }
        }
        return Optional.empty();
    }

    /** The transport parameter of a URI; over a sips URI, TCP means TLS (RFC 3261 §26.2.2). */
    static Optional<Transport> ofParameter(String value, boolean secure) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "udp" -> secure ? Optional.empty() : Optional.of(UDP);
            case "tcp" -> Optional.of(secure ? TLS : TCP);
            case "tls" -> Optional.of(TLS);
            default -> Optional.empty();
        };
    }
}
