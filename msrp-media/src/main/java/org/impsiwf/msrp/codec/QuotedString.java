package org.impsiwf.msrp.codec;

import java.util.Optional;

/** {@code quoted-string} of RFC 4975 §9. */
public final class QuotedString {

    private QuotedString() {}

    /** What stands between the quotes, escapes undone; nothing if the value is none. */
    public static Optional<String> read(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                c = value.charAt(++i);
                // Only these two are escaped; and the last quote is no part of the text.
                if (i == value.length() - 1 || (c != '\\' && c != '"')) {
                    return Optional.empty();
                }
            } else if (c == '"' || (c < ' ' && c != '\t') || c == 0x7f) {
                return Optional.empty();
            }
            text.append(c);
        }
        return Optional.of(text.toString());
    }
}
