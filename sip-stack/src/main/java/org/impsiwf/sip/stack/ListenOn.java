package org.impsiwf.sip.stack;

import java.util.Locale;
import org.impsiwf.sip.resolve.Transport;

/**
 * Where to listen.
 *
 * @param host an IP address literal, an IPv6 one without brackets, or a name of this machine
 * @param port 0 for any free one
 */
public record ListenOn(Transport transport, String host, int port) {

    /**
     * Reads {@code udp:127.0.0.1:5060} or {@code tls:[::1]:5061}.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static ListenOn parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first <= 0 || last <= first) {
            throw new IllegalArgumentException("not transport:host:port: " + text);
        }
        String host = text.substring(first + 1, last);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String plain = bracketed ? host.substring(1, host.length() - 1) : host;
        if (plain.isEmpty() || (plain.indexOf(':') >= 0 && !bracketed)) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets: " + text);
        }
        return new ListenOn(transport(text.substring(0, first), text), plain, port(text.substring(last + 1), text));
    }

    private static Transport transport(String name, String text) {
        for (Transport transport : Transport.values()) {
            if (transport.name().equalsIgnoreCase(name)) {
                return transport;
            }
        }
        throw new IllegalArgumentException("transport is udp, tcp or tls: " + text);
    }

    private static int port(String digits, String text) {
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65_535) {
            throw new IllegalArgumentException("port is 0 to 65535: " + text);
        }
        return Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        String reference = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        return transport.name().toLowerCase(Locale.ROOT) + ':' + reference + ':' + port;
    }
}
