package org.impsiwf.msrp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;

/**
 * Octets of one connection to frames, however the network cut them. A long chunk comes out in portions: each but the last is
 * {@link Continuation#UNFINISHED}, with the byte range that it fills, so that no more than a portion waits in here.
 * One thread at a time.
 */
public final class FrameDecoder {
    /** Flag and CRLF. */
    private static final int AFTER_TRANSACTION_ID = 3;

    private final FrameLimits limits;
    private final HeadReader reader;
    /** How far the current search has come, from the reader index. */
    private int searched;
    /** The head of the frame whose body is being read. */
    private FrameHead head;

    private byte[] endLine;
    private long bodyRead;

    public FrameDecoder(FrameLimits limits) {
        this.limits = limits;
        this.reader = new HeadReader(limits);
    }

    /**
     * The next frame, if there is enough of it.
     *
     * @param in read as far as the frame reaches; a SEND's body is a retained slice of it
     * @throws UnreadableFrame if the connection can't be used any further
     */
    public Optional<MsrpFrame> next(ByteBuf in) {
        return head == null ? readHead(in) : readBody(in);
    }

    /** Whether a frame has begun and not ended. */
    public boolean midFrame() {
        return head != null || searched > 0;
    }

    private Optional<MsrpFrame> readHead(ByteBuf in) {
        int start = in.readerIndex();
        int lineStart = start + searched;
        while (true) {
            int lf = in.indexOf(lineStart, in.writerIndex(), (byte) '\n');
            if (lf < 0) {
                checkHead(in.readableBytes());
                searched = lineStart - start;
                // Garbage is told by its first octets; there is no need to wait for an end of line that never comes.
                checkPrefix(in);
                return Optional.empty();
            }
            checkHead(lf - start);
            if (lf == lineStart || in.getByte(lf - 1) != '\r') {
                throw new UnreadableFrame("a line that does not end with CRLF");
            }
            if (lf - 1 == lineStart && lineStart > start) {
                return headWithBody(in, start, lineStart, lf + 1);
            }
            if (lineStart > start && in.getByte(lineStart) == '-') {
                return headOnly(in, start, lineStart, lf + 1);
            }
            lineStart = lf + 1;
        }
    }

    private void checkHead(int length) {
        if (length > limits.headBytes()) {
            throw new UnreadableFrame("start line and headers exceed " + limits.headBytes() + " octets");
        }
    }

    private static void checkPrefix(ByteBuf in) {
        for (int i = 0; i < Math.min(5, in.readableBytes()); i++) {
            if (in.getByte(in.readerIndex() + i) != "MSRP ".charAt(i)) {
                throw new UnreadableFrame("no MSRP start line");
            }
        }
    }

    private FrameHead parse(ByteBuf in, int start, int end) {
        int lf = in.indexOf(start, end, (byte) '\n');
        FrameHead parsed = reader.startLine(in, start, lf - 1);
        int lineStart = lf + 1;
        while (lineStart < end) {
            int next = in.indexOf(lineStart, end, (byte) '\n');
            reader.header(parsed, in, lineStart, next - 1);
            lineStart = next + 1;
        }
        return parsed;
    }

    private Optional<MsrpFrame> headOnly(ByteBuf in, int start, int endLineStart, int after) {
        FrameHead parsed = parse(in, start, endLineStart);
        byte[] expected = ("-------" + parsed.transactionId).getBytes(StandardCharsets.US_ASCII);
        int flagAt = endLineStart + expected.length;
        if (flagAt + 3 != after || !matches(in, endLineStart, expected) || !Continuation.isFlag(in.getByte(flagAt))) {
            throw new UnreadableFrame("a line that is neither header nor end-line");
        }
        Continuation continuation = Continuation.of(in.getByte(flagAt));
        parsed.complete(false);
        in.readerIndex(after);
        searched = 0;
        boolean plainSend = parsed.isSend() && !parsed.faulty();
        return Optional.of(plainSend ? parsed.send(Unpooled.EMPTY_BUFFER, 0, continuation) : parsed.withoutBody());
    }

    private Optional<MsrpFrame> headWithBody(ByteBuf in, int start, int blankLine, int after) {
        FrameHead parsed = parse(in, start, blankLine);
        parsed.complete(true);
        if (parsed.isResponse()) {
            throw new UnreadableFrame("a response with a body");
        }
        head = parsed;
        endLine = ("\r\n-------" + parsed.transactionId).getBytes(StandardCharsets.US_ASCII);
        bodyRead = 0;
        in.readerIndex(after);
        searched = 0;
        return readBody(in);
    }

    private Optional<MsrpFrame> readBody(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        int at = start + searched;
        while (true) {
            int cr = in.indexOf(at, end, (byte) '\r');
            if (cr < 0) {
                return unfinished(in, end - start);
            }
            int verdict = endLineAt(in, cr, end);
            if (verdict > 0) {
                return finished(in, cr - start, Continuation.of(in.getByte(cr + endLine.length)));
            }
            if (verdict == 0) {
                return unfinished(in, cr - start);
            }
            at = cr + 1;
        }
    }

    /** 1: an end-line. -1: none. 0: too few octets to tell. */
    private int endLineAt(ByteBuf in, int cr, int end) {
        int known = Math.min(endLine.length, end - cr);
        for (int i = 1; i < known; i++) {
            if (in.getByte(cr + i) != endLine[i]) {
                return -1;
            }
        }
        int flagAt = cr + endLine.length;
        if ((flagAt < end && !Continuation.isFlag(in.getByte(flagAt)))
                || (flagAt + 1 < end && in.getByte(flagAt + 1) != '\r')
                || (flagAt + 2 < end && in.getByte(flagAt + 2) != '\n')) {
            return -1;
        }
        return flagAt + 2 < end ? 1 : 0;
    }

    private Optional<MsrpFrame> unfinished(ByteBuf in, int bodyOctets) {
        searched = bodyOctets;
        checkBody(bodyOctets);
        if (bodyOctets < limits.portionBytes()) {
            return Optional.empty();
        }
        searched = 0;
        if (!head.isSend() || head.faulty()) {
            in.skipBytes(bodyOctets);
            bodyRead += bodyOctets;
            return Optional.empty();
        }
        MsrpFrame portion = head.send(in.readRetainedSlice(bodyOctets), bodyRead, Continuation.UNFINISHED);
        bodyRead += bodyOctets;
        return Optional.of(portion);
    }

    /** RFC 4975 §7.1: what is no SEND carries 10240 octets at most. */
    private void checkBody(int bodyOctets) {
        if (!head.isSend() && bodyRead + bodyOctets > limits.otherBodyBytes()) {
            throw new UnreadableFrame("body of a " + head.method + " exceeds " + limits.otherBodyBytes() + " octets");
        }
    }

    private Optional<MsrpFrame> finished(ByteBuf in, int bodyOctets, Continuation continuation) {
        checkBody(bodyOctets);
        FrameHead ended = head;
        head = null;
        searched = 0;
        boolean handOn = ended.isSend() && !ended.faulty();
        MsrpFrame frame =
                handOn ? ended.send(in.readRetainedSlice(bodyOctets), bodyRead, continuation) : ended.withoutBody();
        if (!handOn) {
            in.skipBytes(bodyOctets);
        }
        in.skipBytes(endLine.length + AFTER_TRANSACTION_ID);
        return Optional.of(frame);
    }

    private static boolean matches(ByteBuf in, int at, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (in.getByte(at + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
