package org.impsiwf.mapping.addresses;

import java.util.Optional;

/** Friendly Name ⇄ display name: text for people, so it may lose what would harm a header or a screen, never more. */
public final class Names {

    private static final int MAX_LENGTH = 128;

    private Names() {}

    /** The name with control characters as spaces, trimmed and cut to 128 characters; absent when nothing is left. */
    public static Optional<String> clean(Optional<String> name) {
        return name.map(Names::clean).filter(text -> !text.isEmpty());
    }

    private static String clean(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> Character.isISOControl(c) || isBidiOverride(c) ? ' ' : c)
                .limit(MAX_LENGTH)
                .forEach(out::appendCodePoint);
        return out.toString().strip();
    }

    /** Characters that make a name read like another one. */
    private static boolean isBidiOverride(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
