package org.impsiwf.sip.stack;

import java.security.SecureRandom;

/** Tags, branches and the like: unguessable tokens of RFC 3261 §19.3. Any thread. */
final class Tokens {

    private static final int LENGTH = 16;
    private static final char[] ALPHABET = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final ThreadLocal<Pool> POOLS = ThreadLocal.withInitial(Pool::new);

    /** Random bytes are drawn in bulk: one call per token costs as much as the rest of a short answer. */
    private static final class Pool {
        private static final SecureRandom RANDOM = new SecureRandom();
        private final byte[] bytes = new byte[1024];
        private int used = bytes.length;

        byte next() {
            if (used == bytes.length) {
                RANDOM.nextBytes(bytes);
                used = 0;
            }
            return bytes[used++];
        }
    }

    private Tokens() {}

    /** 80 random bits. */
    static String next() {
        Pool pool = POOLS.get();
        var token = new char[LENGTH];
        for (int i = 0; i < token.length; i++) {
            token[i] = ALPHABET[pool.next() & 31];
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
