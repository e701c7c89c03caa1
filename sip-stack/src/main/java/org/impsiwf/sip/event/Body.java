package org.impsiwf.sip.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * A message body after its Content-Encoding was undone.
 *
 * @param contentType the Content-Type value with its parameters, as received
 * @param bytes not copied: whoever hands them over no longer writes to them
 */
public record Body(String contentType, byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && contentType.equals(body.contentType) && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contentType, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return contentType + " (" + bytes.length + " bytes)";
    }
}
