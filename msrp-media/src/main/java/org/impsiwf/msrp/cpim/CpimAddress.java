package org.impsiwf.msrp.cpim;

import java.util.Objects;
import java.util.Optional;

/**
 * Value of From, To and cc (RFC 3862 §4.1): {@code Formal-name <URI>}.
 *
 * @param formalName unquoted, empty where absent
 */
public record CpimAddress(String formalName, String uri) {
    public CpimAddress {
        Objects.requireNonNull(formalName);
        if (!isUri(uri)) {
            throw new IllegalArgumentException("a CPIM address holds a URI");
        }
    }

    /** @return nothing if the value holds no URI in angle brackets */
    static Optional<CpimAddress> read(String value) {
        int open = value.lastIndexOf('<');
        int close = value.lastIndexOf('>');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String name = value.substring(0, open).strip();
        if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        String uri = value.substring(open + 1, close).strip();
        return isUri(uri) ? Optional.of(new CpimAddress(name, uri)) : Optional.empty();
    }

    private static boolean isUri(String uri) {
        return !uri.isEmpty() && uri.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>');
    }

    /** As a header value, not yet escaped for control characters. */
    String text() {
        // Nothing says how a quote within quotes is written, so none is.
        String name = formalName.replace("\"", "");
        return name.isEmpty() ? "<" + uri + ">" : "\"" + name + "\" <" + uri + ">";
    }
}
