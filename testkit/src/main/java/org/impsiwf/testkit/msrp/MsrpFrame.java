package org.impsiwf.testkit.msrp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One MSRP request or response (RFC 4975 §7) as text; nothing in it is checked.
 *
 * @param subject what follows the transaction id: a method, or a status with its comment
 * @param body empty when the frame has none
 * @param flag the continuation flag: {@code $}, {@code +} or {@code #}
 */
public record MsrpFrame(String transactionId, String subject, List<Field> fields, Optional<byte[]> body, char flag) {

    /** One header field line. */
    public record Field(String name, String value) {}

    /** Byte-Range of RFC 4975 §7.1.1; {@code *} is -1. */
    public record ByteRange(long start, long end, long total) {
        static ByteRange parse(String text) {
            String[] parts = text.split("[-/]");
            return new ByteRange(number(parts[0]), number(parts[1]), number(parts[2]));
        }

        private static long number(String text) {
            return text.strip().equals("*") ? -1 : Long.parseLong(text.strip());
        }

        @Override
        public String toString() {
            return start + "-" + (end < 0 ? "*" : end) + "/" + (total < 0 ? "*" : total);
        }
    }

    public MsrpFrame {
        fields = List.copyOf(fields);
    }

    public static MsrpFrame of(String transactionId, String subject) {
        return new MsrpFrame(transactionId, subject, List.of(), Optional.empty(), '$');
    }

    /** The response to a request, to its previous hop (RFC 4975 §7.2). */
    public static MsrpFrame response(MsrpFrame request, int status, String comment, String own) {
        String to = request.header("From-Path").orElse("");
        boolean hopByHop = request.subject().equals("SEND");
        return of(request.transactionId(), status + " " + comment)
                .with("To-Path", hopByHop ? to.split(" ")[0] : to)
                .with("From-Path", own);
    }

    public MsrpFrame with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new MsrpFrame(transactionId, subject, more, body, flag);
    }

    public MsrpFrame withBody(byte[] bytes, char continuation) {
        return new MsrpFrame(transactionId, subject, fields, Optional.of(bytes.clone()), continuation);
    }

    public Optional<String> header(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    public boolean isResponse() {
        return subject.length() >= 3 && subject.substring(0, 3).chars().allMatch(Character::isDigit);
    }

    /** The status of a response, or of a REPORT; 0 for another request. */
    public int status() {
        if (isResponse()) {
            return Integer.parseInt(subject.substring(0, 3));
        }
        return header("Status").map(s -> Integer.parseInt(s.split(" ")[1])).orElse(0);
    }

    public String messageId() {
        return header("Message-ID").orElse("");
    }

    /** Absent means the whole message (RFC 4975 §7.1.1). */
    public ByteRange byteRange() {
        return header("Byte-Range").map(ByteRange::parse).orElse(new ByteRange(1, -1, -1));
    }

    public String text() {
        return new String(body.orElse(new byte[0]), UTF_8);
    }

    public byte[] bytes() {
        StringBuilder head = new StringBuilder("MSRP " + transactionId + " " + subject + "\r\n");
        fields.forEach(f -> head.append(f.name()).append(": ").append(f.value()).append("\r\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(UTF_8));
        body.ifPresent(content -> {
            bytes.writeBytes("\r\n".getBytes(UTF_8));
            bytes.writeBytes(content);
            bytes.writeBytes("\r\n".getBytes(UTF_8));
        });
        bytes.writeBytes(("-------" + transactionId + flag + "\r\n").getBytes(UTF_8));
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return transactionId + " " + subject + " " + messageId() + " " + flag;
    }
}
