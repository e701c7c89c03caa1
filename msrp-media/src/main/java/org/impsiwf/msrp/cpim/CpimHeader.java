package org.impsiwf.msrp.cpim;

import java.util.Objects;

/**
 * One message header of a CPIM message.
 *
 * @param namespace URI that an NS header declared for the prefix; empty for the default, CPIM's own
 * @param name without prefix; case matters (RFC 3862 §3)
 * @param parameters as written, {@code ;lang=fr}; empty where absent
 * @param value without escapes
 */
public record CpimHeader(String namespace, String name, String parameters, String value) {
    public CpimHeader {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(parameters);
        Objects.requireNonNull(value);
        if (name.isEmpty()
                || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || "()<>@,;:\\\"/[]?={}.".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("CPIM header name: " + name);
        }
    }

    /** A header of CPIM's own namespace. */
    public static CpimHeader of(String name, String value) {
        return new CpimHeader("", name, "", value);
    }
}
