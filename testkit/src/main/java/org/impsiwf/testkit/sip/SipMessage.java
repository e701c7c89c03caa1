package org.impsiwf.testkit.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A SIP message as text: a start line, header fields in their order, a body. Immutable; nothing in it is checked. */
public record SipMessage(String startLine, List<Field> fields, byte[] body) {

    /** One header field line. */
    public record Field(String name, String value) {}

    /** RFC 3261 §7.3.3. */
    private static final Map<String, String> COMPACT = Map.of(
            "v",
            "via",
            "f",
            "from",
            "t",
            "to",
            "i",
            "call-id",
            "m",
            "contact",
            "l",
            "content-length",
            "c",
            "content-type",
            "e",
            "content-encoding",
            "k",
            "supported",
            "s",
            "subject");

    public SipMessage {
        fields = List.copyOf(fields);
    }

    public static SipMessage request(String method, String uri) {
        return new SipMessage(method + " " + uri + " SIP/2.0", List.of(), new byte[0]);
    }

    /** A response with what RFC 3261 §8.2.6.2 copies from the request; the To gets the tag unless it has one. */
    public static SipMessage response(SipMessage request, int status, String reason, String toTag) {
        List<Field> copied = new ArrayList<>();
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq", "Record-Route")) {
            for (String value : request.headers(name)) {
                boolean tagged = !name.equals("To") || value.contains(";tag=") || status == 100;
                copied.add(new Field(name, tagged ? value : value + ";tag=" + toTag));
            }
        }
        return new SipMessage("SIP/2.0 " + status + " " + reason, copied, new byte[0]);
    }

    /** @throws IllegalArgumentException when there is no empty line */
    public static SipMessage parse(byte[] bytes) {
        int end = endOfHeader(bytes, bytes.length);
        if (end < 0) {
            throw new IllegalArgumentException("no empty line after the header");
        }
        String[] lines = new String(bytes, 0, end, UTF_8).split("\r\n");
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith(" ") || lines[i].startsWith("\t")) {
                Field folded = fields.removeLast();
                fields.add(new Field(folded.name(), folded.value() + " " + lines[i].strip()));
            } else {
                int colon = lines[i].indexOf(':');
                String name =
                        colon < 0 ? lines[i] : lines[i].substring(0, colon).strip();
                fields.add(new Field(
                        name, colon < 0 ? "" : lines[i].substring(colon + 1).strip()));
            }
        }
        return new SipMessage(lines[0], fields, Arrays.copyOfRange(bytes, end, bytes.length));
    }

    /** Where the body begins, or -1. */
    static int endOfHeader(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    public boolean isRequest() {
        return !startLine.startsWith("SIP/2.0 ");
    }

    /** Of a request its method; of a response the one in CSeq. */
    public String method() {
        return isRequest() ? startLine.substring(0, Math.max(0, startLine.indexOf(' '))) : after(cseq(), ' ');
    }

    public String requestUri() {
        return startLine.split(" ")[1];
    }

    /** The status of a response, 0 for a request. */
    public int status() {
        return isRequest() ? 0 : Integer.parseInt(startLine.substring(8, 11));
    }

    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** The values of all lines of that name, long or compact form. */
    public List<String> headers(String name) {
        return fields.stream()
                .filter(f -> canonical(f.name()).equals(canonical(name)))
                .map(Field::value)
                .toList();
    }

    public String callId() {
        return header("Call-ID").orElse("");
    }

    /** Number and method, as they stand there. */
    public String cseq() {
        return header("CSeq").orElse("0 ");
    }

    public long cseqNumber() {
        return Long.parseLong(cseq().substring(0, cseq().indexOf(' ')));
    }

    /** The branch of the topmost Via, empty without one. */
    public String branch() {
        return header("Via").flatMap(via -> parameter(via, "branch")).orElse("");
    }

    /** The tag of From or To, empty without one. */
    public String tag(String header) {
        String value = header(header).orElse("");
        return parameter(value.substring(value.indexOf('>') + 1), "tag").orElse("");
    }

    /** The URI between angle brackets, or the value up to its first parameter. */
    public static String uriIn(String nameAddr) {
        int open = nameAddr.indexOf('<');
        if (open >= 0) {
            return nameAddr.substring(open + 1, nameAddr.indexOf('>', open));
        }
        int semicolon = nameAddr.indexOf(';');
        return (semicolon < 0 ? nameAddr : nameAddr.substring(0, semicolon)).strip();
    }

    static Optional<String> parameter(String value, String name) {
        for (String each : value.split(";")) {
            String[] pair = each.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equalsIgnoreCase(name)) {
                return Optional.of(pair[1].replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    /** With one more header line. */
    public SipMessage with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new SipMessage(startLine, more, body);
    }

    public SipMessage with(Map<String, String> headers) {
        SipMessage message = this;
        for (var header : headers.entrySet()) {
            message = message.with(header.getKey(), header.getValue());
        }
        return message;
    }

    /** With this one header line of that name instead of all. */
    public SipMessage replacing(String name, String value) {
        return without(name).with(name, value);
    }

    public SipMessage without(String name) {
        List<Field> fewer = fields.stream()
                .filter(f -> !canonical(f.name()).equals(canonical(name)))
                .toList();
        return new SipMessage(startLine, fewer, body);
    }

    /** With a Via on top. */
    SipMessage via(String value) {
        List<Field> more = new ArrayList<>();
        more.add(new Field("Via", value));
        more.addAll(fields);
        return new SipMessage(startLine, more, body);
    }

    public SipMessage withBody(String contentType, byte[] bytes) {
        return new SipMessage(startLine, replacing("Content-Type", contentType).fields(), bytes.clone());
    }

    public SipMessage withBody(String contentType, String text) {
        return withBody(contentType, text.getBytes(UTF_8));
    }

    public String text() {
        return new String(body, UTF_8);
    }

    /** The bytes on the wire; a Content-Length is added unless one was set, right or wrong. */
    public byte[] bytes() {
        StringBuilder header = new StringBuilder(startLine).append("\r\n");
        fields.forEach(
                f -> header.append(f.name()).append(": ").append(f.value()).append("\r\n"));
        if (header("Content-Length").isEmpty()) {
            header.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.append("\r\n").toString().getBytes(UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return startLine + " [" + cseq() + ", " + callId() + "]";
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return COMPACT.getOrDefault(lower, lower);
    }

    private static String after(String text, char separator) {
        return text.substring(text.indexOf(separator) + 1).strip();
    }

    /** The body octet for octet, to compare or print. */
    public String latin1() {
        return new String(body, ISO_8859_1);
    }
}
