package org.impsiwf.msrp.transport;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Transaction ids of one connection: a random part that no far end can foresee and a count (RFC 4975 §7.1). Its thread. */
final class TransactionIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String prefix = Long.toString(RANDOM.nextLong() >>> 1, Character.MAX_RADIX) + ".";
    private long count;

    String next() {
        return prefix + Long.toString(++count, Character.MAX_RADIX);
    }

    /** An ident that belongs to no connection's count. */
    static String apart() {
        return "t" + HexFormat.of().formatHex(random(12));
    }

    /** The session-id of a URI: RFC 4975 §14.1 asks for 80 random bits; these are 144. */
    static String ofSession() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(18));
    }

    private static byte[] random(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return random;
    }
}
