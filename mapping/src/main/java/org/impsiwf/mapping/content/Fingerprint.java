package org.impsiwf.mapping.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells apart a repeat from another message that a client gave the same id in another session. */
public final class Fingerprint {

    private static final int OCTETS = 8;
    private static final int ID_OCTETS = 10;

    private Fingerprint() {}

    public static String of(byte[] content) {
        return hex(content, OCTETS);
    }

    /** An id that follows from these: of letters and digits, 20 of them. */
    public static String id(String key, String of) {
        return hex((key + '\n' + of).getBytes(UTF_8), ID_OCTETS);
    }

    private static String hex(byte[] content, int octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
