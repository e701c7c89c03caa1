package org.impsiwf.gateway.runtime;

import java.security.SecureRandom;
import java.util.Arrays;
import org.impsiwf.mapping.event.Ids;

/** Ids of 20 random letters and digits, close to 119 bits. */
final class UnguessableIds implements Ids {

    private static final char[] ALPHABET =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray();
    private static final int LENGTH = 20;

    /** Random bytes are drawn in bulk; a call for each id costs more than the decision that wants it. */
    private final byte[] pool = new byte[4096];

    private final SecureRandom random = new SecureRandom();
    private int used = pool.length;

    @Override
    public String next() {
        byte[] bytes = draw();
        char[] id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = ALPHABET[Math.floorMod(bytes[i], ALPHABET.length)];
        }
        return new String(id);
    }

    private synchronized byte[] draw() {
        if (pool.length - used < LENGTH) {
            random.nextBytes(pool);
            used = 0;
        }
        used += LENGTH;
        return Arrays.copyOfRange(pool, used - LENGTH, used);
    }
}
