package org.impsiwf.sip.body;

import java.util.Map;

/**
 * One part of a multipart body, its transfer encoding still on.
 *
 * @param headers by lower-case name, the first of each
 * @param content the bytes between its header and the next delimiter
 */
record Part(Map<String, String> headers, byte[] content) {

    /** RFC 2046 §5.1: a part that names no type is plain text. */
    String contentType() {
        return headers.getOrDefault("content-type", "text/plain");
    }

    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}
