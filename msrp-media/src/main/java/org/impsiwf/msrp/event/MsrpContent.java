package org.impsiwf.msrp.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * A whole message body.
 *
 * @param contentType Content-Type value with its parameters
 * @param bytes not copied: whoever hands them over no longer writes to them
 */
public record MsrpContent(String contentType, byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof MsrpContent content
                && contentType.equals(content.contentType)
                && Arrays.equals(bytes, content.bytes);
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
