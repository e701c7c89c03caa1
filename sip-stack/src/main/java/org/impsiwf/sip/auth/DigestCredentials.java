package org.impsiwf.sip.auth;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.HeaderText;

/**
 * An Authorization or Proxy-Authorization value of the Digest scheme (RFC 7616 §3.4). Pure.
 *
 * @param qop empty for the legacy form without nonce count (RFC 2617 §3.2.2.1)
 * @param nonceCount -1 without qop
 */
record DigestCredentials(
        String username,
        String realm,
        String nonce,
        String uri,
        String response,
        DigestAlgorithm algorithm,
        Optional<String> qop,
        String nonceCountText,
        long nonceCount,
        String clientNonce) {

    private static final int MAX_LENGTH = 4096;
    private static final String SCHEME = "Digest ";

    /** Empty for another scheme, or an algorithm that we don't know: such credentials prove nothing here. */
    static Optional<DigestCredentials> parse(String value) throws HeaderException {
        if (value.length() > MAX_LENGTH) {
            throw new HeaderException("credentials over " + MAX_LENGTH + " characters");
        }
        String text = value.strip();
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        Map<String, String> params = HeaderText.params(text.substring(SCHEME.length()), ',');
        var algorithm = DigestAlgorithm.of(params.getOrDefault("algorithm", ""));
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> qop = Optional.ofNullable(params.get("qop"));
        String nonceCount = params.getOrDefault("nc", "");
        String clientNonce = params.getOrDefault("cnonce", "");
        if (qop.isPresent() && (!nonceCount.matches("[0-9a-fA-F]{8}") || clientNonce.isEmpty())) {
            throw new HeaderException("qop without nc of eight digits and cnonce");
        }
        return Optional.of(new DigestCredentials(
                required(params, "username"),
                required(params, "realm"),
                required(params, "nonce"),
                required(params, "uri"),
                required(params, "response"),
                algorithm.get(),
                qop,
                nonceCount,
                qop.isPresent() ? Long.parseLong(nonceCount, 16) : -1,
                clientNonce));
    }

    private static String required(Map<String, String> params, String name) throws HeaderException {
        String value = params.get(name);
        if (value == null) {
            throw new HeaderException("credentials without " + name);
        }
        return value;
    }

    /** The digest that these credentials should carry, RFC 7616 §3.4.1; {@code ha1} is H(user:realm:password). */
    String expectedResponse(String ha1, String method, byte[] body) {
        return digest(ha1, method + ':' + uri, body);
    }

    /** What the server proves in return, RFC 7616 §3.5: as the response, without the method. */
    String responseAuth(String ha1, byte[] body) {
        return digest(ha1, ':' + uri, body);
    }

    private String digest(String ha1, String methodAndUri, byte[] body) {
        String key = algorithm.isSession() ? algorithm.hex(ha1 + ':' + nonce + ':' + clientNonce) : ha1;
        boolean integrity = qop.filter(q -> q.equalsIgnoreCase("auth-int")).isPresent();
        String what = algorithm.hex(integrity ? methodAndUri + ':' + algorithm.hex(body) : methodAndUri);
        return qop.map(q -> algorithm.hex(String.join(":", key, nonce, nonceCountText, clientNonce, q, what)))
                .orElseGet(() -> algorithm.hex(String.join(":", key, nonce, what)));
    }
}
