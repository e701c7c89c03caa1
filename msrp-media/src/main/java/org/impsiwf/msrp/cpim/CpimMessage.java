package org.impsiwf.msrp.cpim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Message/CPIM: message headers, the content's MIME headers, the content.
 *
 * @param headers in order; NS headers are not among them, their namespaces are in each header
 * @param mimeHeaders of the content, Content-Type among them
 * @param content not copied: whoever hands it over no longer writes to it
 */
public record CpimMessage(List<CpimHeader> headers, List<MimeHeader> mimeHeaders, byte[] content) {

    /** RFC 5438 §6: the namespace of the headers about delivery notifications. */
    public static final String IMDN_NAMESPACE = "urn:ietf:params:imdn";

    /** A MIME header of the content; its name in any case. */
    public record MimeHeader(String name, String value) {}

    public CpimMessage {
        headers = List.copyOf(headers);
        mimeHeaders = List.copyOf(mimeHeaders);
        if (mimeHeaders.stream().noneMatch(header -> header.name().equalsIgnoreCase("Content-Type"))) {
            throw new IllegalArgumentException("CPIM content has a Content-Type (RFC 3862 §2.4)");
        }
    }

    /** @throws MalformedCpim if the octets are none */
    public static CpimMessage parse(byte[] octets) throws MalformedCpim {
        return new CpimReader(octets).read();
    }

    /**
     * Where the content begins of a message that is still coming in: after the headers, theirs and the content's, and two empty lines.
     *
     * @param there how many octets of it have come
     * @return absent while they are not all there
     */
    public static OptionalInt contentAt(byte[] octets, int there) {
        int emptyLines = 0;
        int lineStart = 0;
        for (int i = 0; i < there; i++) {
            if (octets[i] == '\n') {
                boolean empty = i == lineStart || (i == lineStart + 1 && octets[lineStart] == '\r');
                emptyLines += empty ? 1 : 0;
                lineStart = i + 1;
                if (emptyLines == 2) {
                    return OptionalInt.of(lineStart);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** A plain envelope: From, To, and the content with its type. */
    public static CpimMessage of(CpimAddress from, CpimAddress to, String contentType, byte[] content) {
        return new CpimMessage(
                List.of(CpimHeader.of("From", from.text()), CpimHeader.of("To", to.text())),
                List.of(new MimeHeader("Content-Type", contentType)),
                content);
    }

    /** The same with one more header. */
    public CpimMessage with(CpimHeader header) {
        List<CpimHeader> more = new ArrayList<>(headers);
        more.add(header);
        return new CpimMessage(more, mimeHeaders, content);
    }

    /** Media type of the content with its parameters. */
    public String contentType() {
        return mimeHeader("Content-Type").orElseThrow();
    }

    public Optional<String> mimeHeader(String name) {
        return mimeHeaders.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(MimeHeader::value)
                .findFirst();
    }

    /**
     * First header of that name.
     *
     * @param namespace empty for CPIM's own
     */
    public Optional<String> header(String namespace, String name) {
        return headers.stream()
                .filter(header ->
                        header.namespace().equals(namespace) && header.name().equals(name))
                .map(CpimHeader::value)
                .findFirst();
    }

    /** Who wrote it, where it says so readably. */
    public Optional<CpimAddress> from() {
        return addresses("From").stream().findFirst();
    }

    /** To whom it is, as far as it says so readably. */
    public List<CpimAddress> to() {
        return addresses("To");
    }

    private List<CpimAddress> addresses(String name) {
        return headers.stream()
                .filter(header -> header.namespace().isEmpty() && header.name().equals(name))
                .flatMap(header -> CpimAddress.read(header.value()).stream())
                .toList();
    }

    /** As on the wire, with an NS header before the first use of each namespace. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(256);
        Map<String, String> prefixes = new LinkedHashMap<>();
        for (CpimHeader header : headers) {
            String prefix = header.namespace().isEmpty() ? "" : prefix(header.namespace(), prefixes, text) + ".";
            text.append(prefix).append(header.name()).append(':').append(header.parameters());
            text.append(' ').append(CpimText.escape(header.value())).append("\r\n");
        }
        text.append("\r\n");
        for (MimeHeader header : mimeHeaders) {
            text.append(oneLine(header.name()))
                    .append(": ")
                    .append(oneLine(header.value()))
                    .append("\r\n");
        }
        text.append("\r\n");
        byte[] head = text.toString().getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + content.length);
        out.writeBytes(head);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static String prefix(String namespace, Map<String, String> prefixes, StringBuilder text) {
        String known = prefixes.get(namespace);
        if (known != null) {
            return known;
        }
        // RFC 5438 §6.1 calls it imdn, and some read the prefix instead of the namespace.
        String prefix = namespace.equals(IMDN_NAMESPACE) ? "imdn" : "ns" + prefixes.size();
        prefixes.put(namespace, prefix);
        text.append("NS: ")
                .append(prefix)
                .append(" <")
                .append(oneLine(namespace))
                .append(">\r\n");
        return prefix;
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n]", " ");
    }

    /** Media type without parameters, lower case: {@code Text/Plain; charset=utf-8} is {@code text/plain}. */
    public static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpimMessage message
                && headers.equals(message.headers)
                && mimeHeaders.equals(message.mimeHeaders)
                && Arrays.equals(content, message.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(headers, mimeHeaders, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return "CPIM " + contentType() + " (" + content.length + " bytes)";
    }
}
