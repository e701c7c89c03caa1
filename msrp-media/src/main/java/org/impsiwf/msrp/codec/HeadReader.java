package org.impsiwf.msrp.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Function;
import org.impsiwf.msrp.message.MsrpPath;

/** Reads start line and header lines where they lie in the buffer. */
final class HeadReader {
    private static final int SHORTEST_START = 12; // MSRP abcd 200

    private final FrameLimits limits;
    private final ValueCache<MsrpPath> paths = new ValueCache<>(MsrpPath::parse);
    private final ValueCache<String> contentTypes = new ValueCache<>(Function.identity());

    HeadReader(FrameLimits limits) {
        this.limits = limits;
    }

    /** {@code MSRP SP transact-id SP method}, or {@code … SP status-code [SP comment]}. */
    FrameHead startLine(ByteBuf in, int start, int end) {
        if (end - start < SHORTEST_START || in.getInt(start) != 0x4D535250 || in.getByte(start + 4) != ' ') {
            throw new UnreadableFrame("no MSRP start line");
        }
        int space = in.indexOf(start + 5, end, (byte) ' ');
        if (space < 0) {
            throw new UnreadableFrame("start line without method or status");
        }
        String transactionId = in.toString(start + 5, space - start - 5, US_ASCII);
        if (!Idents.isReadable(transactionId)) {
            throw new UnreadableFrame("transaction id");
        }
        byte first = in.getByte(space + 1);
        if (first >= '0' && first <= '9') {
            return response(transactionId, in, space + 1, end);
        }
        return new FrameHead(transactionId, method(in, space + 1, end), 0, Optional.empty());
    }

    private static FrameHead response(String transactionId, ByteBuf in, int start, int end) {
        boolean more = end - start > 3;
        if (end - start < 3 || (more && in.getByte(start + 3) != ' ')) {
            throw new UnreadableFrame("status code");
        }
        int status = 0;
        for (int i = start; i < start + 3; i++) {
            int digit = in.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new UnreadableFrame("status code");
            }
            status = status * 10 + digit;
        }
        Optional<String> comment = !more
                ? Optional.empty()
                : status == 200 && end - start == 6 && in.getByte(start + 4) == 'O' && in.getByte(start + 5) == 'K'
                        ? OK
                        : Optional.of(in.toString(start + 4, end - start - 4, UTF_8));
        return new FrameHead(transactionId, "", status, comment);
    }

    private static final Optional<String> OK = Optional.of("OK");

    private static String method(ByteBuf in, int start, int end) {
        int length = end - start;
        if (length == 4 && in.getInt(start) == 0x53454E44) {
            return "SEND";
        }
        if (length < 1 || length > 32) {
            throw new UnreadableFrame("method");
        }
        for (int i = start; i < end; i++) {
            byte c = in.getByte(i);
            if (c < 'A' || c > 'Z') {
                throw new UnreadableFrame("method");
            }
        }
        return in.toString(start, length, US_ASCII);
    }

    void header(FrameHead head, ByteBuf in, int start, int end) {
        int colon = in.indexOf(start, end, (byte) ':');
        if (colon <= start) {
            head.fault("a header line without a name");
            return;
        }
        head.counted(limits.headers());
        int valueStart = colon + 1;
        while (valueStart < end && in.getByte(valueStart) == ' ') {
            valueStart++;
        }
        int valueEnd = end;
        while (valueEnd > valueStart && in.getByte(valueEnd - 1) == ' ') {
            valueEnd--;
        }
        int length = valueEnd - valueStart;
        try {
            switch (known(in, start, colon - start)) {
                case TO_PATH -> head.path(true, paths.value(in, valueStart, length));
                case FROM_PATH -> head.path(false, paths.value(in, valueStart, length));
                case MESSAGE_ID -> head.messageId(in.toString(valueStart, length, US_ASCII));
                case BYTE_RANGE -> head.byteRange(in.toString(valueStart, length, US_ASCII));
                case CONTENT_TYPE -> head.contentType(contentTypes.value(in, valueStart, length));
                case SUCCESS_REPORT -> head.successReport(in.toString(valueStart, length, US_ASCII));
                case FAILURE_REPORT -> head.failureReport(in.toString(valueStart, length, US_ASCII));
                case STATUS -> head.reported(in.toString(valueStart, length, UTF_8));
                case EXTENSION ->
                    head.other(in.toString(start, colon - start, US_ASCII), in.toString(valueStart, length, UTF_8));
            }
        } catch (IllegalArgumentException malformed) {
            // A path that can't be read: complete() decides whether an answer still finds its way.
            head.fault(malformed.getMessage());
        }
    }

    private enum Known {
        TO_PATH("to-path"),
        FROM_PATH("from-path"),
        MESSAGE_ID("message-id"),
        BYTE_RANGE("byte-range"),
        CONTENT_TYPE("content-type"),
        SUCCESS_REPORT("success-report"),
        FAILURE_REPORT("failure-report"),
        STATUS("status"),
        EXTENSION("");

        private final String lowerCase;

        Known(String name) {
            lowerCase = name;
        }
    }

    private static final Known[] KNOWN = Known.values();

    private static Known known(ByteBuf in, int start, int length) {
        for (Known candidate : KNOWN) {
            if (candidate.lowerCase.length() == length && sameName(in, start, candidate.lowerCase)) {
                return candidate;
            }
        }
        return Known.EXTENSION;
    }

    private static boolean sameName(ByteBuf in, int start, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            byte c = in.getByte(start + i);
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
