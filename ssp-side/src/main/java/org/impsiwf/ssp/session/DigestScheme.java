package org.impsiwf.ssp.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.impsiwf.ssp.codec.Dialect.DigestOrder;
import org.impsiwf.ssp.primitives.Octets;

/** SSP 9.1.1: the digest scheme that two operators agreed on; no message names it. */
public enum DigestScheme {
    MD5("MD5"),
    SHA("SHA-1");

    private final String algorithm;

    DigestScheme(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The digest over token and password; an empty password is valid. */
    public Octets proof(String token, String password, DigestOrder order) {
        try {
            MessageDigest hash = MessageDigest.getInstance(algorithm);
            String text = switch (order) {
                case TOKEN_THEN_PASSWORD -> token + password;
                case PASSWORD_THEN_TOKEN -> password + token;
            };
            return new Octets(hash.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    /** Whether a proof shows the password; takes as long for a wrong one as for a right one. */
    public boolean verifies(Octets proof, String token, String password, DigestOrder order) {
        return MessageDigest.isEqual(
                proof.bytes(), proof(token, password, order).bytes());
    }
}
