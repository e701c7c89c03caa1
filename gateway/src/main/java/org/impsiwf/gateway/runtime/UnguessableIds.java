package org.impsiwf.gateway.runtime;

import java.security.SecureRandom;
import org.impsiwf.mapping.event.Ids;

/** Ids of 20 random letters and digits, close to 119 bits. */
final class UnguessableIds implements Ids {

    private static final char[] ALPHABET =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray();
    private static final int LENGTH = 20;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String next() {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        char[] id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = ALPHABET[Math.floorMod(bytes[i], ALPHABET.length)];
        }
        return new String(id);
    }
}
