package org.impsiwf.ssp.primitives;

import java.util.Optional;

/**
 * SSP 16: the content of a message or a note. Always base64 on the wire, never altered.
 *
 * @param contentType absent: that of the Message-Info, or text/plain
 */
@Element("ContentData")
public record Content(
        @Attribute("contentType") Optional<String> contentType,
        @Text Octets data) {

    public static Content of(String contentType, byte[] data) {
        return new Content(Optional.of(contentType), new Octets(data));
    }

    /** Plain text in UTF-8. */
    public static Content text(String text) {
        return new Content(Optional.of("text/plain"), Octets.utf8(text));
    }
}
