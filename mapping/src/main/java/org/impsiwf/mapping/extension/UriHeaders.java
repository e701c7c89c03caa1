package org.impsiwf.mapping.extension;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The headers of a SIP URI (RFC 3261 §19.1.1), {@code ?name=value&name=value} with escapes. */
final class UriHeaders {

    private UriHeaders() {}

    /** Unescaped, by lower-case name; the first of a name counts, and what has no {@code =} is left out. */
    static Map<String, String> of(String uri) {
        Map<String, String> headers = new LinkedHashMap<>();
        int start = uri.indexOf('?', Math.max(0, uri.indexOf('@')));
        if (start < 0) {
            return headers;
        }
        for (String header : uri.substring(start + 1).split("&")) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                headers.putIfAbsent(
                        unescaped(header.substring(0, equals)).toLowerCase(Locale.ROOT),
                        unescaped(header.substring(equals + 1)));
            }
        }
        return headers;
    }

    /** A percent sign that starts no escape stands for itself. */
    private static String unescaped(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] octets = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            boolean escape = raw[i] == '%'
                    && i + 2 < raw.length
                    && HexFormat.isHexDigit(raw[i + 1])
                    && HexFormat.isHexDigit(raw[i + 2]);
            if (escape) {
                octets[length++] =
                        (byte) (HexFormat.fromHexDigit(raw[i + 1]) << 4 | HexFormat.fromHexDigit(raw[i + 2]));
                i += 2;
            } else {
                octets[length++] = raw[i];
            }
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
