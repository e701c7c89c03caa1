package org.impsiwf.gateway.trace;

import java.time.Instant;

/**
 * One message of a conversation, or a remark when {@code from} and {@code to} are the same.
 *
 * @param from a participant as people call it, such as {@code alice@ims.example.com} or {@code iwf}
 * @param text one line: method and URI, status and reason, or the name of a primitive; never a body, never a secret
 */
public record TraceEntry(Instant at, String from, String to, String text) {

    private static final int MAX_NAME = 128;
    private static final int MAX_TEXT = 200;

    public TraceEntry {
        from = oneLine(from, MAX_NAME);
        to = oneLine(to, MAX_NAME);
        text = oneLine(text, MAX_TEXT);
    }

    /** What came from the network may hold anything; a terminal gets printable text. */
    private static String oneLine(String raw, int max) {
        String printable = raw.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return printable.length() <= max ? printable : printable.substring(0, max - 1) + "…";
    }
}
