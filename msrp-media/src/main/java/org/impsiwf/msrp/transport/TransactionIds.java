package org.impsiwf.msrp.transport;

import java.security.SecureRandom;

/** Transaction ids of one connection: a random part that no far end can foresee and a count (RFC 4975 §7.1). Its thread. */
final class TransactionIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String prefix = Long.toString(RANDOM.nextLong() >>> 1, Character.MAX_RADIX) + ".";
    private long count;

    String next() {
        return prefix + Long.toString(++count, Character.MAX_RADIX);
    }
}
