package org.impsiwf.testkit.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to a digest challenge (RFC 7616, RFC 8760): MD5 and SHA-256, with and without {@code qop=auth}. */
final class DigestAnswer {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s,]+))");

    private DigestAnswer() {}

    /**
     * The value of Authorization or Proxy-Authorization.
     *
     * @param challenges the values of WWW-Authenticate or Proxy-Authenticate; the first one with our algorithm is answered
     * @param algorithm MD5 or SHA-256
     */
    static String to(
            List<String> challenges, String algorithm, String user, String password, String method, String uri) {
        Map<String, String> challenge = challenges.stream()
                .map(DigestAnswer::parameters)
                .filter(c -> c.getOrDefault("algorithm", "MD5").equalsIgnoreCase(algorithm))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + algorithm + " challenge among " + challenges));
        String realm = challenge.getOrDefault("realm", "");
        String nonce = challenge.getOrDefault("nonce", "");
        String ha1 = hash(algorithm, user + ":" + realm + ":" + password);
        String ha2 = hash(algorithm, method + ":" + uri);
        String common = "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=%s"
                .formatted(user, realm, nonce, uri, algorithm);
        if (challenge.containsKey("opaque")) {
            common += ", opaque=\"" + challenge.get("opaque") + "\"";
        }
        if (!challenge.containsKey("qop")) {
            return common + ", response=\"" + hash(algorithm, ha1 + ":" + nonce + ":" + ha2) + "\"";
        }
        String cnonce = UUID.randomUUID().toString().substring(0, 8);
        String response = hash(algorithm, ha1 + ":" + nonce + ":00000001:" + cnonce + ":auth:" + ha2);
        return common + ", qop=auth, nc=00000001, cnonce=\"" + cnonce + "\", response=\"" + response + "\"";
    }

    static Map<String, String> parameters(String challenge) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            found.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
