package org.impsiwf.sip.body;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cuts one multipart body at its delimiter lines (RFC 2046 §5.1.1): preamble and epilogue dropped, bare LF accepted. */
final class MultipartReader {

    private static final int MOST_HEADERS = 32;

    private final byte[] body;
    private final byte[] delimiter;

    private MultipartReader(byte[] body, byte[] delimiter) {
        this.body = body;
        this.delimiter = delimiter;
    }

    static List<Part> read(byte[] body, String boundary, int maxParts) throws BodyException {
        if (boundary.isEmpty() || boundary.length() > 70) {
            throw BodyException.malformed("a boundary has 1 to 70 characters");
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        return new MultipartReader(body, delimiter).parts(maxParts);
    }

    private List<Part> parts(int maxParts) throws BodyException {
        var parts = new ArrayList<Part>();
        int at = nextDelimiter(0);
        while (at < body.length && !isClosing(at)) {
            int start = afterLine(at);
            int next = nextDelimiter(start);
            if (parts.size() == maxParts) {
                throw BodyException.tooLarge("more than " + maxParts + " parts");
            }
            parts.add(part(start, Math.max(start, beforeLineEnd(next, start))));
            at = next;
        }
        if (parts.isEmpty()) {
            throw BodyException.malformed("multipart body without a part");
        }
        return parts;
    }

    /** Start of the next delimiter line at or after {@code from}; the length when there is none. */
    private int nextDelimiter(int from) {
        int line = from;
        while (line < body.length) {
            if (isDelimiter(line)) {
                return line;
            }
            line = afterLine(line);
        }
        return body.length;
    }

    /** A delimiter line: the delimiter, perhaps closing dashes, then only white space. */
    private boolean isDelimiter(int line) {
        int end = line + delimiter.length;
        if (end > body.length || !Arrays.equals(body, line, end, delimiter, 0, delimiter.length)) {
            return false;
        }
        int i = isClosing(line) ? end + 2 : end;
        while (i < body.length && (body[i] == ' ' || body[i] == '\t' || body[i] == '\r')) {
            i++;
        }
        return i >= body.length || body[i] == '\n';
    }

    private boolean isClosing(int line) {
        int end = line + delimiter.length;
        return end + 1 < body.length && body[end] == '-' && body[end + 1] == '-';
    }

    private int afterLine(int from) {
        int i = from;
        while (i < body.length && body[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, body.length);
    }

    /** The line end before a delimiter belongs to the delimiter. */
    private int beforeLineEnd(int delimiterAt, int start) {
        if (delimiterAt == body.length && (body.length == 0 || body[body.length - 1] != '\n')) {
            return delimiterAt; // cut off without its closing delimiter: take what is there
        }
        int end = delimiterAt - 1;
        return end > start && body[end - 1] == '\r' ? end - 1 : end;
    }

    private Part part(int start, int end) throws BodyException {
        Map<String, String> headers = new LinkedHashMap<>();
        String last = "";
        int line = start;
        while (line < end) {
            int next = Math.min(afterLine(line), end);
            String text = new String(body, line, next - line, StandardCharsets.UTF_8).stripTrailing();
            if (text.isEmpty()) {
                return new Part(headers, Arrays.copyOfRange(body, next, end));
            }
            boolean folded = text.charAt(0) == ' ' || text.charAt(0) == '\t';
            int colon = text.indexOf(':');
            if (folded && !last.isEmpty()) {
                headers.merge(last, text.strip(), (before, more) -> before + ' ' + more);
            } else if (colon > 0 && headers.size() < MOST_HEADERS) {
                last = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.putIfAbsent(last, text.substring(colon + 1).strip());
            } else {
                throw BodyException.malformed("header of a part: " + text);
            }
            line = next;
        }
        return new Part(headers, new byte[0]);
    }
}
