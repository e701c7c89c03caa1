package org.impsiwf.sip.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.impsiwf.sip.event.Body;

/** Writes {@code multipart/mixed} bodies (RFC 2046 §5.1.3), parts as they are ({@code binary}), in their order. */
public final class MultipartWriter {

    private static final String URI_LIST = "application/resource-lists+xml";
    private static final byte[] LINE_END = {'\r', '\n'};

    private MultipartWriter() {}

    /** One body of several; its content type carries a boundary that stands in none of them. */
    public static Body mixed(List<Body> parts) {
        return mixed(parts, RandomGenerator.getDefault());
    }

    static Body mixed(List<Body> parts, RandomGenerator random) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a multipart has a part");
        }
        String boundary = boundary(parts, random);
        var out = new ByteArrayOutputStream();
        for (Body part : parts) {
            out.writeBytes(("--" + boundary + "\r\nContent-Type: " + part.contentType()
                            + "\r\nContent-Transfer-Encoding: binary" + disposition(part) + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(part.bytes());
            out.writeBytes(LINE_END);
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return new Body("multipart/mixed;boundary=\"" + boundary + "\"", out.toByteArray());
    }

    /** RFC 5366 §5: a list that we send on tells who else was invited, to whom can read it. */
    private static String disposition(Body part) {
        return part.contentType().startsWith(URI_LIST)
                ? "\r\nContent-Disposition: recipient-list-history; handling=optional"
                : "";
    }

    private static String boundary(List<Body> parts, RandomGenerator random) {
        while (true) {
            String boundary = "iwf-" + HexFormat.of().toHexDigits(random.nextLong());
            byte[] wanted = boundary.getBytes(StandardCharsets.US_ASCII);
            if (parts.stream().noneMatch(part -> contains(part.bytes(), wanted))) {
                return boundary;
            }
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
