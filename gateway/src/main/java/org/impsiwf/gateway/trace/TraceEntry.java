package org.impsiwf.gateway.trace;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One message of a conversation, or a remark when {@code from} and {@code to} are the same.
 *
 * @param from a participant as people call it, such as {@code alice@ims.example.com} or {@code iwf}
 * @param text one line: method and URI, status and reason, or the name of a primitive; never a body, never a secret
 */
public record TraceEntry(Instant at, String from, String to, String text) {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final int MAX_NAME = 128;
    private static final int MAX_TEXT = 200;

    public TraceEntry {
        from = oneLine(from, MAX_NAME);
        to = oneLine(to, MAX_NAME);
        text = oneLine(text, MAX_TEXT);
    }

    /** What came from the network may hold anything; a terminal gets printable text. */
    private static String oneLine(String raw, int max) {
        String printable = isPrintable(raw) ? raw : UNPRINTABLE.matcher(raw).replaceAll(" ");
        return printable.length() <= max ? printable : printable.substring(0, max - 1) + "…";
    }

    /** Nearly every text is; looking costs far less than a search by pattern, and every message is traced. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
                return false;
            }
        }
        return true;
    }
}
