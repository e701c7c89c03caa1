package org.impsiwf.testkit.msrp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * A whole message, its chunks put together.
 *
 * @param chunks how many SENDs it took
 * @param reportWanted whether its sender asked for a success REPORT
 */
public record ReceivedMessage(String messageId, String contentType, byte[] content, int chunks, boolean reportWanted) {

    /** What the user reads: of a CPIM message (RFC 3862) the wrapped text, else the content. */
    public String text() {
        String text = new String(content, UTF_8);
        return isCpim() ? text.split("\r\n\r\n", 3)[2] : text;
    }

    /** A header of the CPIM message, empty when there is none or the message is not CPIM. */
    public String cpimHeader(String name) {
        if (!isCpim()) {
            return "";
        }
        for (String line : new String(content, UTF_8).split("\r\n\r\n", 2)[0].split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    public boolean isCpim() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("message/cpim");
    }

    @Override
    public String toString() {
        String text = text();
        return contentType + " \"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\" in " + chunks;
    }
}
