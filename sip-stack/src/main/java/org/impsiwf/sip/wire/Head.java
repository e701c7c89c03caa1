package org.impsiwf.sip.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The start line of a message and where its fields stand. Every message is looked at, so a value becomes text only when
 * somebody asks for it: one char per byte, folded lines joined (RFC 3261 §7.3.1).
 *
 * @param fields those that matter here, in their order
 * @param lineStart where the start line begins in the message
 * @param lineEnd where it ends, before its line end
 * @param bodyStart where the body begins
 */
record Head(byte[] message, String startLine, List<Field> fields, int lineStart, int lineEnd, int bodyStart) {

    /** The fields that matter here, with their compact names (RFC 3261 §7.3.3). */
    enum Name {
        VIA("via", "v"),
        FROM("from", "f"),
        TO("to", "t"),
        CALL_ID("call-id", "i"),
        CSEQ("cseq", "cseq"),
        MAX_FORWARDS("max-forwards", "max-forwards"),
        CONTENT_LENGTH("content-length", "l"),
        CONTENT_TYPE("content-type", "c"),
        REPLACES("replaces", "replaces"),
        REFER_TO("refer-to", "r");

        private static final Name[] ALL = values();

        private final String text;
        private final String compact;

        Name(String text, String compact) {
            this.text = text;
            this.compact = compact;
        }

        /** Null for a field that does not matter. */
        private static Name of(byte[] message, int from, int to) {
            for (Name name : ALL) {
                if (is(name.text, message, from, to) || is(name.compact, message, from, to)) {
                    return name;
                }
            }
            return null;
        }

        private static boolean is(String name, byte[] message, int from, int to) {
            if (name.length() != to - from) {
                return false;
            }
            for (int i = 0; i < name.length(); i++) {
                int b = message[from + i];
                if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A field and where its value stands in the message, with the white space around it. */
    record Field(Name name, int from, int to) {}

    static Head read(byte[] message) {
        int start = 0;
        while (start < message.length && message[start] >= 0 && message[start] < ' ') {
            start++;
        }
        int lineEnd = endOfLine(message, start);
        String startLine = text(message, start, lineEnd);
        var fields = new ArrayList<Field>(10);
        int at = lineEnd;
        int open = -1; // where the field begins that further lines may continue
        while (at < message.length) {
            int line = afterLineEnd(message, at);
            int end = endOfLine(message, line);
            boolean folded = end > line && (message[line] == ' ' || message[line] == '\t');
            if (!folded || open < 0) {
                close(message, open, at, fields);
                if (isBlank(message, line, end)) {
                    return new Head(message, startLine, fields, start, lineEnd, afterLineEnd(message, end));
                }
                open = line;
            }
            at = end;
        }
        close(message, open, at, fields);
        return new Head(message, startLine, fields, start, lineEnd, message.length);
    }

    private static void close(byte[] message, int open, int end, List<Field> fields) {
        if (open < 0) {
            return;
        }
        int colon = open;
        while (colon < end && message[colon] != ':') {
            colon++;
        }
        if (colon == end) {
            return;
        }
        int from = open;
        int to = colon;
        while (from < to && isWhite(message[from])) {
            from++;
        }
        while (to > from && isWhite(message[to - 1])) {
            to--;
        }
        Name name = Name.of(message, from, to);
        if (name != null) {
            fields.add(new Field(name, colon + 1, end));
        }
    }

    private static boolean isBlank(byte[] message, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isWhite(message[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhite(byte b) {
        return Character.isWhitespace(b & 0xff);
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

    Optional<String> first(Name name) {
        for (Field field : fields) {
            if (field.name() == name) {
                return Optional.of(value(field));
            }
        }
        return Optional.empty();
    }

    List<String> all(Name name) {
        return fields.stream()
                .filter(field -> field.name() == name)
                .map(this::value)
                .toList();
    }

    int count(Name name) {
        int count = 0;
        for (Field field : fields) {
            if (field.name() == name) {
                count++;
            }
        }
        return count;
    }

    private String value(Field field) {
        String raw = text(message, field.from(), field.to());
        boolean folded = raw.indexOf('\r') >= 0 || raw.indexOf('\n') >= 0;
        return (folded ? String.join(" ", raw.lines().map(String::strip).toList()) : raw).strip();
    }
}
