package org.impsiwf.msrp.codec;

/** The {@code ident} of RFC 4975 §9: transaction ids and Message-IDs. */
public final class Idents {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 32;
    /** Message-IDs of the field are longer than the grammar allows (UUIDs with a prefix), so more is read than written. */
    private static final int LONGEST_READ = 128;

    private Idents() {}

    /** Whether we may send it as a transaction id or Message-ID. */
    public static boolean isIdent(String text) {
        return text.length() >= SHORTEST && text.length() <= LONGEST && wellFormed(text, ".-+%=");
    }

    static boolean isReadable(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_READ && wellFormed(text, ".-+%=_@~:");
    }

    private static boolean wellFormed(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
