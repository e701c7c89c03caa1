package org.impsiwf.ssp.elements.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The message digest of RFC 1320, which no JDK offers. It protects nothing any more; old clients know no other schema
 * (SSP 12.1.1). Pure.
 */
final class Md4 {

    private static final int BLOCK = 64;
    private static final int LENGTH_FIELD = 8;
    private static final int[] INITIAL = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    private static final int[] ADDED = {0, 0x5a827999, 0x6ed9eba1};
    private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    private static final int[][] ORDERS = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
        {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
    };

    private Md4() {}

    static byte[] digest(byte[] message) {
        int[] state = INITIAL.clone();
        ByteBuffer padded = padded(message);
        int[] words = new int[BLOCK / Integer.BYTES];
        while (padded.hasRemaining()) {
            for (int i = 0; i < words.length; i++) {
                words[i] = padded.getInt();
            }
            add(state, words);
        }
        ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(state).forEach(digest::putInt);
        return digest.array();
    }

    /** One bit, then nothing up to the length in bits: a whole number of blocks. */
    private static ByteBuffer padded(byte[] message) {
        int blocks = (message.length + 1 + LENGTH_FIELD + BLOCK - 1) / BLOCK;
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(message).put((byte) 0x80);
        padded.putLong(blocks * BLOCK - LENGTH_FIELD, message.length * (long) Byte.SIZE);
        return padded.rewind();
    }

    private static void add(int[] state, int[] words) {
        int[] s = state.clone();
        for (int round = 0; round < ORDERS.length; round++) {
            for (int step = 0; step < words.length; step++) {
                int mixed = s[0] + mix(round, s[1], s[2], s[3]) + words[ORDERS[round][step]] + ADDED[round];
                int turned = Integer.rotateLeft(mixed, SHIFTS[round][step % 4]);
                s[0] = s[3];
                s[3] = s[2];
                s[2] = s[1];
                s[1] = turned;
            }
        }
        for (int i = 0; i < state.length; i++) {
            state[i] += s[i];
        }
    }

    private static int mix(int round, int x, int y, int z) {
        return switch (round) {
            case 0 -> (x & y) | (~x & z);
            case 1 -> (x & y) | (x & z) | (y & z);
            default -> x ^ y ^ z;
        };
    }
}
