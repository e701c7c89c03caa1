package org.impsiwf.mapping.content;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A {@code message/cpim} body (RFC 3862) taken apart.
 *
 * @param headers of the message, in order, prefixes as written
 * @param contentType of what is inside, {@code text/plain} when it does not say
 * @param content the bytes inside, never altered
 */
public record CpimMessage(List<Header> headers, String contentType, List<Header> contentHeaders, byte[] content) {

    /** RFC 5438 §6: the namespace of the delivery headers. */
    public static final String IMDN_NAMESPACE = "urn:ietf:params:imdn";

    /** A header line; the value unescaped (RFC 3862 §2.3.1). */
    public record Header(String name, String value) {}

    public CpimMessage {
        headers = List.copyOf(headers);
        contentHeaders = List.copyOf(contentHeaders);
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** A header of the IMDN namespace, whatever prefix the sender gave it (RFC 5438 §6.1). */
    public Optional<String> imdnHeader(String name) {
        return imdnPrefix().flatMap(prefix -> header(prefix + "." + name));
    }

    /** The URI in a header like From or To. */
    public Optional<String> uri(String name) {
        return header(name).flatMap(CpimMessage::uriIn);
    }

    /** Whether the sender asked for a notification of this kind ({@code positive-delivery}, …). */
    public boolean asksFor(String kind) {
        return imdnHeader("Disposition-Notification")
                .map(value -> Arrays.stream(value.split(","))
                        .anyMatch(
                                asked -> asked.strip().toLowerCase(Locale.ROOT).equals(kind)))
                .orElse(false);
    }

    private Optional<String> imdnPrefix() {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("NS"))
                .map(Header::value)
                .filter(value -> value.contains("<" + IMDN_NAMESPACE + ">"))
                .map(value -> value.substring(0, value.indexOf('<')).strip())
                .filter(prefix -> !prefix.isEmpty())
                .findFirst();
    }

    private static Optional<String> uriIn(String value) {
        int open = value.lastIndexOf('<');
        int close = value.indexOf('>', open + 1);
        return open < 0 || close < 0 ? Optional.empty() : Optional.of(value.substring(open + 1, close));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpimMessage m
                && headers.equals(m.headers)
                && contentType.equals(m.contentType)
                && contentHeaders.equals(m.contentHeaders)
                && Arrays.equals(content, m.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(headers, contentType, contentHeaders, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return "CpimMessage[" + contentType + ", " + content.length + " bytes]";
    }
}
