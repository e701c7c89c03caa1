package org.impsiwf.sip.stack;

import java.security.SecureRandom;

/** Tags, branches and the like: unguessable tokens of RFC 3261 §19.3. Any thread. */
final class Tokens {

    private static final int LENGTH = 16;
    private static final char[] ALPHABET = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final Pool POOL = new Pool();

    /**
     * Random bytes are drawn in bulk: one call per token costs as much as the rest of a short answer. One pool for all, since
     * a virtual thread lives for a token or two.
     */
    private static final class Pool {
        private final SecureRandom random = new SecureRandom();
        private final byte[] bytes = new byte[4096];
        private int used = bytes.length;

        synchronized void draw(byte[] into) {
            if (bytes.length - used < into.length) {
                random.nextBytes(bytes);
                used = 0;
            }
            System.arraycopy(bytes, used, into, 0, into.length);
            used += into.length;
        }
    }

    private Tokens() {}

    /** 80 random bits. */
    static String next() {
        byte[] random = new byte[LENGTH];
        POOL.draw(random);
        var token = new char[LENGTH];
        for (int i = 0; i < token.length; i++) {
            token[i] = ALPHABET[random[i] & 31];
        }
        return new String(token);
    }

    /** Whether a text has the form of {@link #next}. */
    static boolean isToken(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'v'));
    }

    /** The token that a digest gives: always the same, of another length than those of {@link #next}. */
    static String of(byte[] digest) {
        var token = new char[LENGTH + 4];
        for (int i = 0; i < token.length; i++) {
            token[i] = ALPHABET[digest[i] & 31];
        }
        return new String(token);
    }

    /** With the cookie of RFC 3261 §8.1.1.7. */
    static String branch() {
        return "z9hG4bK" + next();
    }
}
