package org.impsiwf.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The digest algorithms of RFC 7616 §3.3 that SIP uses (RFC 8760 §2.1), each with its session variant. */
public enum DigestAlgorithm {
    MD5("MD5", "MD5", false),
    MD5_SESS("MD5-sess", "MD5", true),
    SHA_256("SHA-256", "SHA-256", false),
    SHA_256_SESS("SHA-256-sess", "SHA-256", true);

    private final String token;
    private final String hash;
    private final boolean session;

    DigestAlgorithm(String token, String hash, boolean session) {
        this.token = token;
        this.hash = hash;
        this.session = session;
    }

    /** As the {@code algorithm} parameter says it. */
    public String token() {
        return token;
    }

    boolean isSession() {
        return session;
    }

    /** The algorithm whose challenge a client may answer with this one. */
    DigestAlgorithm base() {
        return hash.equals("MD5") ? MD5 : SHA_256;
    }

    /** Number of hexadecimal digits of a digest. */
    int digits() {
        return hash.equals("MD5") ? 32 : 64;
    }

    /** Absent algorithm means MD5 (RFC 7616 §3.3). */
    public static Optional<DigestAlgorithm> of(String token) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return token.isEmpty() ? Optional.of(MD5) : Optional.empty();
    }

    String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no " + hash.toUpperCase(Locale.ROOT), e);
        }
    }
}
