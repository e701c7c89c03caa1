package org.impsiwf.msrp.cpim;

/** The escapes of RFC 3862 §2.3. */
final class CpimText {
    private CpimText() {}

    static String escape(String plain) {
        StringBuilder out = new StringBuilder(plain.length() + 8);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    static String unescape(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        StringBuilder out = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                out.append(c);
            } else if (++i < escaped.length()) { // a lone backslash at the end is left out
                i += special(escaped, i, out);
            }
        }
        return out.toString();
    }

    /** @return how many more characters it took */
    private static int special(String escaped, int at, StringBuilder out) {
        char c = escaped.charAt(at);
        switch (c) {
            case 'b' -> out.append('\b');
            case 't' -> out.append('\t');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 'u' -> {
                int code = hex(escaped, at + 1);
                if (code >= 0) {
                    out.append((char) code);
                    return 4;
                }
                out.append(c);
            }
            default -> out.append(c);
        }
        return 0;
    }

    private static int hex(String text, int at) {
        if (at + 4 > text.length()) {
            return -1;
        }
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
