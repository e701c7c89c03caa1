package org.impsiwf.ssp.elements.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The digest schemas of CSP that we compute: BASE64 of the hash over nonce and password. Best first. */
public enum UserDigest {
    SHA("SHA-1"),
    MD5("MD5");

    private final String algorithm;

    UserDigest(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The best one that the client offers, by the names of CSP. */
    static Optional<UserDigest> among(List<String> offered) {
        return List.of(values()).stream()
                .filter(one -> offered.stream().anyMatch(name -> name.strip().equalsIgnoreCase(one.name())))
                .findFirst();
    }

    public String digest(String nonce, String password) {
        try {
            byte[] hash =
                    MessageDigest.getInstance(algorithm).digest((nonce + password).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    /** Takes as long for a wrong one as for a right one. */
    boolean verifies(String digest, String nonce, String password) {
        return same(digest.strip(), digest(nonce, password));
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
