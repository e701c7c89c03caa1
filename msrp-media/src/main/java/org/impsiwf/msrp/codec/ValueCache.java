package org.impsiwf.msrp.codec;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Remembers what the last values of a header were parsed to: a connection carries the same few paths and content types
 * over and over. Fixed size; the next value of the same slot replaces the last.
 */
final class ValueCache<T> {
    private static final int SLOTS = 16;
    private static final int LONGEST = 512;

    private final Function<String, T> parse;
    private final byte[][] octets = new byte[SLOTS][];
    private final Object[] values = new Object[SLOTS];

    ValueCache(Function<String, T> parse) {
        this.parse = parse;
    }

    /** @throws IllegalArgumentException as the parser does */
    @SuppressWarnings("unchecked") // values[slot] was put there by this method
    T value(ByteBuf in, int start, int length) {
        int slot = slot(in, start, length);
        byte[] seen = octets[slot];
        if (seen != null && seen.length == length && same(in, start, seen)) {
            return (T) values[slot];
        }
        T value = parse.apply(in.toString(start, length, StandardCharsets.UTF_8));
        if (length <= LONGEST) {
            byte[] copy = new byte[length];
            in.getBytes(start, copy);
            octets[slot] = copy;
            values[slot] = value;
        }
        return value;
    }

    private static int slot(ByteBuf in, int start, int length) {
        // The end of a path has the session-id in it; ";tcp" is the same everywhere.
        long mix = length >= 12 ? in.getLong(start + length - 12) * 0x9E3779B97F4A7C15L : length;
        return (int) (mix >>> 60) & (SLOTS - 1);
    }

    private static boolean same(ByteBuf in, int start, byte[] seen) {
        int i = 0;
        for (; i + 8 <= seen.length; i += 8) {
            if (in.getLong(start + i) != longAt(seen, i)) {
                return false;
            }
        }
        for (; i < seen.length; i++) {
            if (in.getByte(start + i) != seen[i]) {
                return false;
            }
        }
        return true;
    }

    private static long longAt(byte[] octets, int at) {
        return (long) LONGS.get(octets, at);
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
}
