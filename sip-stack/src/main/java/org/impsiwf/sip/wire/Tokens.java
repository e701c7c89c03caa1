package org.impsiwf.sip.wire;

import java.util.OptionalLong;

/** Small pieces of the grammar of RFC 3261 §25.1. */
final class Tokens {

    /** As many decimal digits as surely fit a long. */
    private static final int MAX_DIGITS = 18;

    private Tokens() {}

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenChar(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || "-.!%*_+`'~".indexOf(c) >= 0);
    }

    /** A decimal number; empty for anything else, a number beyond a long included. */
    static OptionalLong number(String text) {
        int start = 0;
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        if (text.isEmpty() || text.length() - start > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalLong.of(value);
    }

    /** The first word, up to white space. */
    static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) > ' ') {
            end++;
        }
        return text.substring(0, end);
    }

    /** What follows the first word and the white space after it, up to white space. */
    static String secondWord(String text) {
        return firstWord(text.substring(firstWord(text).length()).stripLeading());
    }

    /** {@code SIP/} and a number with dots. */
    static boolean isVersion(String text) {
        for (int i = 4; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return text.length() > 4 && text.regionMatches(true, 0, "SIP/", 0, 4);
    }
}
