package org.impsiwf.sip.header;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The headers of a SIP URI (RFC 3261 §19.1.1): what a request to it is asked to carry. Pure. */
public final class UriHeaders {

    private UriHeaders() {}

    /** By lower-case name, escapes undone; the first of each. What is no header, or badly escaped, is left out. */
    public static Map<String, String> of(SipAddress uri) {
        var headers = new LinkedHashMap<String, String>();
        for (String piece : uri.headers().orElse("").split("&")) {
            header(piece).ifPresent(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        }
        return headers;
    }

    private static Optional<Map.Entry<String, String>> header(String piece) {
        int equals = piece.indexOf('=');
        if (equals <= 0) {
            return Optional.empty();
        }
        try {
            String name = plain(piece.substring(0, equals)).toLowerCase(Locale.ROOT);
            return Optional.of(Map.entry(name, plain(piece.substring(equals + 1))));
        } catch (IllegalArgumentException badlyEscaped) {
            return Optional.empty();
        }
    }

    /** RFC 3261 §25.1 {@code escaped}; unlike in web forms a plus is a plus. */
    private static String plain(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
