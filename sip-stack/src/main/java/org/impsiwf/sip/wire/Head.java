package org.impsiwf.sip.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Start line and header fields as text, one char per byte, folded lines joined (RFC 3261 §7.3.1).
 *
 * @param lineStart where the start line begins in the message
 * @param lineEnd where it ends, before its line end
 * @param bodyStart where the body begins
 */
record Head(String startLine, List<Field> fields, int lineStart, int lineEnd, int bodyStart) {

    /** A field under its long name in lower case. */
    record Field(String name, String value) {}

    /** RFC 3261 §7.3.3: the compact names of the fields that matter here. */
    private static final Map<String, String> LONG_NAMES = Map.of(
            "v",
            "via",
            "f",
            "from",
            "t",
            "to",
            "i",
            "call-id",
            "l",
            "content-length",
            "m",
            "contact",
            "c",
            "content-type");

    static Head read(byte[] message) {
        int start = 0;
        while (start < message.length && message[start] >= 0 && message[start] < ' ') {
            start++;
        }
        int at = endOfLine(message, start);
        int lineEnd = at;
        String startLine = text(message, start, at);
        var fields = new ArrayList<Field>();
        StringBuilder open = new StringBuilder();
        while (at < message.length) {
            int line = afterLineEnd(message, at);
            at = endOfLine(message, line);
            String text = text(message, line, at);
            boolean folded = !text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(0) == '\t');
            if (folded && !open.isEmpty()) {
                open.append(' ').append(text.strip());
                continue;
            }
            close(open, fields);
            if (text.isBlank()) {
                return new Head(startLine, fields, start, lineEnd, afterLineEnd(message, at));
            }
            open.append(text);
        }
        close(open, fields);
        return new Head(startLine, fields, start, lineEnd, message.length);
    }

    private static void close(StringBuilder open, List<Field> fields) {
        int colon = open.indexOf(":");
        if (colon > 0) {
            String name = open.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            fields.add(new Field(
                    LONG_NAMES.getOrDefault(name, name),
                    open.substring(colon + 1).strip()));
        }
        open.setLength(0);
    }

    private static int endOfLine(byte[] message, int from) {
        int i = from;
        while (i < message.length && message[i] != '\r' && message[i] != '\n') {
            i++;
        }
        return i;
    }

    private static int afterLineEnd(byte[] message, int lineEnd) {
        boolean both = lineEnd + 1 < message.length && message[lineEnd] == '\r' && message[lineEnd + 1] == '\n';
        return Math.min(lineEnd + (both ? 2 : 1), message.length);
    }

    private static String text(byte[] message, int from, int to) {
        return new String(message, from, to - from, ISO_8859_1);
    }

    boolean isBlank() {
        return startLine.isBlank();
    }

    boolean isResponse() {
        return startLine.regionMatches(true, 0, "SIP/", 0, 4);
    }

    /** What the request line says first, as far as it is a token (RFC 3261 §25.1). */
    Optional<String> method() {
        String first = Tokens.firstWord(startLine.strip());
        return Tokens.isToken(first) ? Optional.of(first) : Optional.empty();
    }

    Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    long count(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).count();
    }
}
