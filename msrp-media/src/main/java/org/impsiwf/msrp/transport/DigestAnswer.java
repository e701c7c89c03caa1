package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.msrp.event.MsrpCommand.RelayAccess;

/**
 * Answers one digest challenge of a relay (RFC 4976 §9.1: RFC 2617 with qop=auth), as often as its nonce is good.
 *
 * @param algorithm name for {@link MessageDigest}
 */
record DigestAnswer(String realm, String nonce, Optional<String> opaque, String algorithm) {

    /** @return nothing if the challenge is none that we could answer */
    static Optional<DigestAnswer> to(String challenge) {
        if (!challenge.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> parameters = parameters(challenge.substring(7));
        String algorithm = switch (parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
            case "MD5" -> "MD5";
            case "SHA-256" -> "SHA-256";
            default -> "";
        };
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        if (algorithm.isEmpty() || realm == null || nonce == null) {
            return Optional.empty();
        }
        return Optional.of(new DigestAnswer(realm, nonce, Optional.ofNullable(parameters.get("opaque")), algorithm));
    }

    /** {@code name=token} and {@code name="quoted"}, comma separated. */
    private static Map<String, String> parameters(String text) {
        Map<String, String> found = new HashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at, equals).replace(',', ' ').strip().toLowerCase(Locale.ROOT);
            boolean quoted = text.startsWith("\"", equals + 1);
            int start = quoted ? equals + 2 : equals + 1;
            int end = text.indexOf(quoted ? '"' : ',', start);
            end = end < 0 ? text.length() : end;
            found.put(name, text.substring(start, end).strip());
            at = end + 1;
        }
        return found;
    }

    /**
     * The Authorization header.
     *
     * @param count how often this nonce was used, this time included
     */
    String header(RelayAccess access, String uri, int count, String cnonce) {
        String nc = String.format("%08x", count);
        String ha1 = hash(access.user() + ":" + realm + ":" + access.password());
        String ha2 = hash("AUTH:" + uri);
        String response = hash(String.join(":", ha1, nonce, nc, cnonce, "auth", ha2));
        return "Digest username=\"" + access.user() + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\""
                + uri
                + "\", qop=auth, nc=" + nc + ", cnonce=\"" + cnonce + "\", response=\"" + response + "\", algorithm="
                + algorithm + opaque.map(value -> ", opaque=\"" + value + "\"").orElse("");
    }

    private String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no " + algorithm, impossible);
        }
    }
}
