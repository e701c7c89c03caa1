package org.impsiwf.ssp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A growing array of UTF-8 with XML escaping. */
final class XmlOutput {

    private static final int LONGEST_ESCAPE = 6;
    private static final char REPLACEMENT = '\uFFFD';

    private byte[] buffer;
    private int length;

    /** @param room in bytes that it begins with; what needs more pays with a copy */
    XmlOutput(int room) {
        buffer = new byte[room];
    }

    int position() {
        return length;
    }

    /** Takes back everything from this position on. */
    void reset(int position) {
        length = position;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    void raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    void raw(char ascii) {
        reserve(1);
        buffer[length++] = (byte) ascii;
    }

    void base64(byte[] bytes) {
        raw(Base64.getEncoder().encode(bytes));
    }

    /** Text between tags. */
    void text(String text) {
        escaped(text, false);
    }

    /** Text between double quotes: line breaks would otherwise become spaces there. */
    void attributeText(String text) {
        escaped(text, true);
    }

    private void escaped(String text, boolean attribute) {
        int end = text.length();
        reserve(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80 && isPlain(c)) {
                if (length == buffer.length) {
                    reserve(end - i);
                }
                buffer[length++] = (byte) c;
            } else {
                reserve(LONGEST_ESCAPE);
                i += special(text, i, attribute);
            }
        }
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '&' && c != '<' && c != '>' && c != '"';
    }

    /** Returns how many further characters it has used. */
    private int special(String text, int index, boolean attribute) {
        char c = text.charAt(index);
        switch (c) {
            case '&' -> ascii("&amp;");
            case '<' -> ascii("&lt;");
            case '>' -> ascii("&gt;");
            case '"' -> ascii(attribute ? "&quot;" : "\"");
            case '\t' -> ascii(attribute ? "&#9;" : "\t");
            case '\n' -> ascii(attribute ? "&#10;" : "\n");
            case '\r' -> ascii("&#13;");
            default -> {
                return beyondAscii(text, index);
            }
        }
        return 0;
    }

    private int beyondAscii(String text, int index) {
        char c = text.charAt(index);
        if (c >= 0x80 && c < 0x800) {
            buffer[length++] = (byte) (0xC0 | (c >> 6));
            buffer[length++] = continuation(c);
            return 0;
        }
        if (Character.isHighSurrogate(c)
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1))) {
            int point = Character.toCodePoint(c, text.charAt(index + 1));
            buffer[length++] = (byte) (0xF0 | (point >> 18));
            buffer[length++] = continuation(point >> 12);
            buffer[length++] = continuation(point >> 6);
            buffer[length++] = continuation(point);
            return 1;
        }
        // XML 1.0 §2.2 has no form for control characters and lone surrogates.
        char representable = c < ' ' || Character.isSurrogate(c) || c >= 0xFFFE ? REPLACEMENT : c;
        buffer[length++] = (byte) (0xE0 | (representable >> 12));
        buffer[length++] = continuation(representable >> 6);
        buffer[length++] = continuation(representable);
        return 0;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    static byte[] bytes(String markup) {
        return markup.getBytes(StandardCharsets.UTF_8);
    }
}
