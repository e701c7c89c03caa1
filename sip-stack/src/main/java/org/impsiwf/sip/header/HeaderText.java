package org.impsiwf.sip.header;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cuts header values at separators that stand outside quoted strings and angle brackets (RFC 3261 §25.1). */
public final class HeaderText {

    private HeaderText() {}

    /**
     * The pieces between separators, trimmed, empty ones left out.
     *
     * @throws HeaderException if a quoted string or an angle bracket stays open
     */
    public static List<String> split(String value, char separator) throws HeaderException {
        var pieces = new ArrayList<String>();
        int start = 0;
        for (int end = next(value, separator, 0); ; end = next(value, separator, start)) {
            String piece = value.substring(start, end).strip();
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
            if (end == value.length()) {
                return pieces;
            }
            start = end + 1;
        }
    }

    /** Where {@code wanted} stands outside quotes and angle brackets, from {@code from}; the length when it doesn't. */
    static int next(String value, char wanted, int from) throws HeaderException {
        boolean inBrackets = false;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' && !inBrackets) {
                i = endOfQuoted(value, i);
            } else if (c == wanted && !inBrackets) {
                return i;
            } else if (c == '<') {
                inBrackets = true;
            } else if (c == '>') {
                inBrackets = false;
            }
        }
        if (inBrackets) {
            throw new HeaderException("'<' without '>'");
        }
        return value.length();
    }

    /** Index of the quote that closes the quoted string opened at {@code open}. */
    static int endOfQuoted(String value, int open) throws HeaderException {
        for (int i = open + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        throw new HeaderException("quoted string is not closed");
    }

    /** The content of a quoted string with its escapes undone; any other value as it is. */
    public static String unquote(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return value;
        }
        var text = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length() - 1) {
                i++;
                c = value.charAt(i);
            }
            text.append(c);
        }
        return text.toString();
    }

    /** As a quoted string (RFC 3261 §25.1); control characters, which none may carry, become spaces. */
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c < ' ' || c == 0x7f ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }

    /**
     * Parameters {@code name[=value]} cut at the separator: names in lower case, values unquoted, a flag has the empty value.
     *
     * @throws HeaderException if a name comes twice or is missing
     */
    public static Map<String, String> params(String text, char separator) throws HeaderException {
        var params = new LinkedHashMap<String, String>();
        for (String piece : split(text, separator)) {
            int equals = piece.indexOf('=');
            String name =
                    (equals < 0 ? piece : piece.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : unquote(piece.substring(equals + 1).strip());
            if (name.isEmpty()) {
                throw new HeaderException("parameter without a name");
            }
            if (params.putIfAbsent(name, value) != null) {
                throw new HeaderException("parameter " + name + " comes twice");
            }
        }
        return params;
    }
}
