package org.impsiwf.ssp.elements.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The digest schemas of CSP that we compute: BASE64 of the hash over nonce and password. Best first. */
public enum UserDigest {
    SHA,
    MD5,
    MD4;

    private byte[] hash(byte[] bytes) {
        return switch (this) {
            case SHA -> hash("SHA-1", bytes);
            case MD5 -> hash("MD5", bytes);
            case MD4 -> Md4.digest(bytes);
        };
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    /** The best one that the client offers, by the names of CSP. */
    static Optional<UserDigest> among(List<String> offered) {
        return List.of(values()).stream()
                .filter(one -> offered.stream().anyMatch(name -> name.strip().equalsIgnoreCase(one.name())))
                .findFirst();
    }

    public String digest(String nonce, String password) {
        return Base64.getEncoder().encodeToString(hash((nonce + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes as long for a wrong one as for a right one. */
    boolean verifies(String digest, String nonce, String password) {
        return same(digest.strip(), digest(nonce, password));
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
