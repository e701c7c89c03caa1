package org.impsiwf.ssp.primitives;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that travel as base64. Owns its array: callers neither keep nor change it. */
public record Octets(byte[] bytes) {

    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    public String asUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length only: what is in here may be a message or a digest, and neither belongs in a log. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
