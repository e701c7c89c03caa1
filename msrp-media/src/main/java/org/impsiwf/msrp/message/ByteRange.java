package org.impsiwf.msrp.message;

/**
 * Which bytes of a message a chunk carries (RFC 4975 §7.1.1). The first byte is number 1.
 *
 * @param start number of the first byte, at least 1
 * @param end number of the last byte, or {@link #UNKNOWN} for {@code *}; a bodiless SEND says 0
 * @param total size of the whole message, or {@link #UNKNOWN}
 */
public record ByteRange(long start, long end, long total) {
    /** What {@code *} stands for. */
    public static final long UNKNOWN = -1;

    /** What a chunk without the header means: from the first byte on. */
    public static final ByteRange WHOLE = new ByteRange(1, UNKNOWN, UNKNOWN);

    /** {@code 1-0/0}, the range of a bodiless SEND. */
    public static final ByteRange NOTHING = new ByteRange(1, 0, 0);

    private static final int MAX_DIGITS = 15;

    public ByteRange {
        if (start < 1) {
            throw new IllegalArgumentException("Byte-Range starts before 1");
        }
        if (end != UNKNOWN && end < start - 1) {
            throw new IllegalArgumentException("Byte-Range ends before it starts");
        }
        if (total != UNKNOWN && end > total) {
            throw new IllegalArgumentException("Byte-Range ends after the message");
        }
    }

    /** @throws IllegalArgumentException if it is none */
    public static ByteRange parse(String text) {
        int dash = text.indexOf('-');
        int slash = text.indexOf('/', dash + 1);
        if (dash < 1 || slash < 0) {
            throw new IllegalArgumentException("Byte-Range is start-end/total");
        }
        return new ByteRange(
                number(text.substring(0, dash)),
                starOrNumber(text.substring(dash + 1, slash)),
                starOrNumber(text.substring(slash + 1)));
    }

    /** The same message from a later byte on. */
    public ByteRange from(long later) {
        return new ByteRange(later, end == UNKNOWN || end < later - 1 ? UNKNOWN : end, total);
    }

    private static long starOrNumber(String text) {
        return text.equals("*") ? UNKNOWN : number(text);
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            throw new IllegalArgumentException("Byte-Range number has 1 to " + MAX_DIGITS + " digits");
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("Byte-Range has something that is no digit");
            }
            value = value * 10 + digit;
        }
        return value;
    }

    @Override
    public String toString() {
        return start + "-" + (end == UNKNOWN ? "*" : Long.toString(end)) + "/"
                + (total == UNKNOWN ? "*" : Long.toString(total));
    }
}
