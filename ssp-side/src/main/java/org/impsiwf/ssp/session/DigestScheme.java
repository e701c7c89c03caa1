package org.impsiwf.ssp.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SSP 9.1.1: the digest scheme that two operators agreed on; no message names it. */
public enum DigestScheme {
    MD5("MD5"),
    SHA("SHA-1");

    private final String algorithm;

    DigestScheme(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The digest over token and password, in this order; an empty password is valid. */
    public byte[] digest(String token, String password) {
        try {
            MessageDigest hash = MessageDigest.getInstance(algorithm);
            hash.update(token.getBytes(StandardCharsets.UTF_8));
            return hash.digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    /** {@link #digest} as it travels. */
    public String proof(String token, String password) {
        return Base64.getEncoder().encodeToString(digest(token, password));
    }

    /** Whether a proof shows the password; takes as long for a wrong one as for a right one. */
    public boolean verifies(String proof, String token, String password) {
        byte[] claimed;
        try {
            claimed = Base64.getMimeDecoder().decode(proof);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        return MessageDigest.isEqual(claimed, digest(token, password));
    }
}
