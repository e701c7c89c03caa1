package org.impsiwf.testkit.msrp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads frames from a stream, line by line until the end line of the frame's own transaction id (RFC 4975 §7.1). */
final class MsrpFrameReader {
    private final InputStream in;

    MsrpFrameReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * The next frame.
     *
     * @throws EOFException between frames or inside one
     * @throws IOException also for a start line that is none
     */
    MsrpFrame next() throws IOException {
        String[] start = line().split(" ", 3);
        if (start.length < 3 || !start[0].equals("MSRP")) {
            throw new IOException("not an MSRP start line: " + String.join(" ", start));
        }
        List<MsrpFrame.Field> fields = new ArrayList<>();
        String end = "-------" + start[1];
        while (true) {
            String line = line();
            if (line.isEmpty()) {
                return body(start, fields, end);
            }
            if (line.startsWith(end)) {
                return new MsrpFrame(start[1], start[2], fields, Optional.empty(), line.charAt(end.length()));
            }
            int colon = line.indexOf(':');
            fields.add(new MsrpFrame.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    private MsrpFrame body(String[] start, List<MsrpFrame.Field> fields, String end) throws IOException {
        byte[] terminator = ("\r\n" + end).getBytes(UTF_8);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] last = new byte[terminator.length];
        int held = 0;
        while (true) {
            if (held == last.length) {
                if (Arrays.equals(last, terminator)) {
                    int flag = read();
                    line();
                    return new MsrpFrame(start[1], start[2], fields, Optional.of(content.toByteArray()), (char) flag);
                }
                content.write(last[0]);
                System.arraycopy(last, 1, last, 0, last.length - 1);
                held--;
            }
            last[held++] = (byte) read();
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = read();
            if (next == '\n') {
                String text = line.toString(UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
    }

    private int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("connection ended");
        }
        return next;
    }
}
