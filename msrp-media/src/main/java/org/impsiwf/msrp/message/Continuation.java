package org.impsiwf.msrp.message;

/** How a SEND ends (RFC 4975 §7.1). */
public enum Continuation {
    /** {@code $}: the end of the message. */
    COMPLETE('$'),
    /** {@code +}: more chunks follow. */
    MORE('+'),
    /** {@code #}: the sender gave the message up. */
    ABORTED('#'),
    /** Not on the wire: this is a first part of a long chunk whose end has not arrived yet. It is not answered. */
    UNFINISHED('?');

    private final char flag;

    Continuation(char flag) {
        this.flag = flag;
    }

    /** The octet after the transaction id in the end-line. */
    public char flag() {
        return flag;
    }

    /** Whether an octet is one of the three flags of the wire. */
    public static boolean isFlag(byte octet) {
        return octet == '$' || octet == '+' || octet == '#';
    }

    /** @throws IllegalArgumentException where {@link #isFlag} says no */
    public static Continuation of(byte octet) {
        return switch (octet) {
            case '$' -> COMPLETE;
            case '+' -> MORE;
            case '#' -> ABORTED;
            default -> throw new IllegalArgumentException("no continuation flag: " + octet);
        };
    }
}
