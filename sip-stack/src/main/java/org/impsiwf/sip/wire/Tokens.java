package org.impsiwf.sip.wire;

import java.util.OptionalLong;

/** Small pieces of the grammar of RFC 3261 §25.1. */
final class Tokens {

    private Tokens() {}

    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-.!%*_+`'~".indexOf(c) >= 0));
    }

    /** A decimal number; empty for anything else, a number beyond a long included. */
    static OptionalLong number(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        String significant = text.replaceFirst("^0+(?=.)", "");
        return digits && significant.length() <= 18
                ? OptionalLong.of(Long.parseLong(significant))
                : OptionalLong.empty();
    }
}
