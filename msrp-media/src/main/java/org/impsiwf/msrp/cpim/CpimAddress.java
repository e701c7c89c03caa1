package org.impsiwf.msrp.cpim;

import java.util.Objects;

/**
 * Value of From, To and cc (RFC 3862 §4.1): {@code Formal-name <URI>}.
 *
 * @param formalName unquoted, empty where absent
 */
public record CpimAddress(String formalName, String uri) {
    public CpimAddress {
        Objects.requireNonNull(formalName);
        if (uri.isEmpty() || uri.chars().anyMatch(c -> c <= ' ' || c == '<' || c == '>')) {
            throw new IllegalArgumentException("a CPIM address holds a URI");
        }
    }

    static CpimAddress parse(String value) throws MalformedCpim {
        int open = value.lastIndexOf('<');
        int close = value.lastIndexOf('>');
        if (open < 0 || close < open) {
            throw new MalformedCpim("address without <URI>");
        }
        String name = value.substring(0, open).strip();
        if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        try {
            return new CpimAddress(name, value.substring(open + 1, close).strip());
        } catch (IllegalArgumentException notOne) {
            throw new MalformedCpim(notOne.getMessage());
        }
    }

    /** As a header value, not yet escaped for control characters. */
    String text() {
        return formalName.isEmpty() ? "<" + uri + ">" : "\"" + formalName + "\" <" + uri + ">";
    }
}
