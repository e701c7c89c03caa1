package org.impsiwf.mapping.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.impsiwf.mapping.content.CpimMessage.Header;

/** Bytes ⇄ {@link CpimMessage}. Lines may end in LF alone on input, never on output. */
public final class CpimCodec {

    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEAD_BYTES = 16 * 1024;

    /** RFC 3862 §2.2 and RFC 5438 §6: what a Require header may name. */
    private static final Set<String> KNOWN = Set.of(
            "from", "to", "cc", "datetime", "subject", "ns", "require", "message-id", "disposition-notification");

    private CpimCodec() {}

    /** Takes a body apart; 400 when it is none, 415 when it requires what we do not know (RFC 3862 §2.3.3). */
    public static CpimMessage decode(byte[] body) throws ContentException {
        Cursor cursor = new Cursor(body);
        List<Header> headers = cursor.headers();
        List<Header> contentHeaders = cursor.headers();
        if (headers.isEmpty()) {
            throw new ContentException(400, "a CPIM message without headers");
        }
        CpimMessage message = new CpimMessage(headers, contentType(contentHeaders), contentHeaders, cursor.rest());
        refuseUnknownRequirements(message);
        return message;
    }

    public static byte[] encode(CpimMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.content().length + 512);
        message.headers().forEach(header -> line(out, header.name() + ": " + escape(header.value())));
        line(out, "");
        line(out, "Content-Type: " + message.contentType());
        message.contentHeaders().stream()
                .filter(header -> !header.name().equalsIgnoreCase("Content-Type"))
                .filter(header -> !header.name().equalsIgnoreCase("Content-Length"))
                .forEach(header -> line(out, header.name() + ": " + header.value()));
        line(out, "Content-Length: " + message.content().length);
        line(out, "");
        out.writeBytes(message.content());
        return out.toByteArray();
    }

    private static String contentType(List<Header> contentHeaders) {
        return contentHeaders.stream()
                .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
                .map(Header::value)
                .findFirst()
                .orElse(MediaType.PLAIN_TEXT);
    }

    private static void refuseUnknownRequirements(CpimMessage message) throws ContentException {
        for (Header header : message.headers()) {
            if (!header.name().equalsIgnoreCase("Require")) {
                continue;
            }
            for (String name : header.value().split(",")) {
                String local = name.strip().toLowerCase(Locale.ROOT);
                if (!KNOWN.contains(local.substring(local.lastIndexOf('.') + 1))) {
                    throw new ContentException(415, "a CPIM message requires a header that is not known here");
                }
            }
        }
    }

    private static void line(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write('\r');
        out.write('\n');
    }

    /** RFC 3862 §2.3.1: what would end the line is written as an escape. */
    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n");
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            char c = value.charAt(at++);
            out.append(c == '\\' && at < value.length() ? escaped(value.charAt(at++)) : c);
        }
        return out.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'b' -> '\b';
            default -> c;
        };
    }

    private static final class Cursor {
        private final byte[] body;
        private int at;

        Cursor(byte[] body) {
            this.body = body;
        }

        /** Lines up to and with the empty one. */
        List<Header> headers() throws ContentException {
            List<Header> headers = new ArrayList<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                if (colon <= 0 || headers.size() == MAX_HEADERS) {
                    throw new ContentException(400, "a CPIM header line that is none, or too many of them");
                }
                headers.add(new Header(
                        line.substring(0, colon).strip(),
                        unescape(line.substring(colon + 1).strip())));
            }
            return headers;
        }

        byte[] rest() {
            return Arrays.copyOfRange(body, at, body.length);
        }

        private String line() throws ContentException {
            int end = at;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            if (end == body.length || end > MAX_HEAD_BYTES) {
                throw new ContentException(400, "the headers of a CPIM message do not end");
            }
            int textEnd = end > at && body[end - 1] == '\r' ? end - 1 : end;
            String line = new String(body, at, textEnd - at, StandardCharsets.UTF_8);
            at = end + 1;
            return line;
        }
    }
}
