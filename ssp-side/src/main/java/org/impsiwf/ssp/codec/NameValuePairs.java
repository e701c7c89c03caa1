package org.impsiwf.ssp.codec;

import java.util.ArrayList;
import java.util.List;
import org.impsiwf.ssp.primitives.Property;

/** SSP 11.1: {@code (name, value); (name, value)}. A value may hold commas and semicolons. */
final class NameValuePairs {

    private NameValuePairs() {}

    /** Blank text lists none. */
    static List<Property> read(String text) {
        List<Property> pairs = new ArrayList<>();
        int at = skipSpace(text, 0);
        while (at < text.length()) {
            int comma = text.indexOf(',', at);
            if (text.charAt(at) != '(' || comma < 0) {
                throw malformed();
            }
            int close = end(text, comma);
            String name = text.substring(at + 1, comma).strip();
            if (name.isEmpty()) {
                throw malformed();
            }
            pairs.add(new Property(name, text.substring(comma + 1, close).strip()));
            at = skipSeparator(text, close + 1);
        }
        return pairs;
    }

    /** The parenthesis that ends the pair: behind it comes the next one or nothing. */
    private static int end(String text, int from) {
        for (int close = text.indexOf(')', from); close >= 0; close = text.indexOf(')', close + 1)) {
            int behind = skipSpace(text, close + 1);
            int next = skipSeparator(text, behind);
            if (next == text.length() || (text.charAt(behind) == ';' && text.charAt(next) == '(')) {
                return close;
            }
        }
        throw malformed();
    }

    private static int skipSeparator(String text, int from) {
        int at = skipSpace(text, from);
        return at < text.length() && text.charAt(at) == ';' ? skipSpace(text, at + 1) : at;
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static Refusal malformed() {
        return new Refusal("", "is no list of (name, value) pairs", Refusal.BAD_PARAMETER);
    }
}
