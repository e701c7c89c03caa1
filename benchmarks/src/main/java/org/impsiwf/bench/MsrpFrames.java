package org.impsiwf.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** Cuts what comes over a connection into MSRP frames, and does no more with them than their reader asks for. */
abstract class MsrpFrames extends ChannelInboundHandlerAdapter {

    static final byte[] BEGIN = "MSRP ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = " 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TO_PATH = "To-Path: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FROM_PATH = "From-Path: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DASHES = "-------".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = "$\r\n".getBytes(StandardCharsets.US_ASCII);

    private ByteBuf pending;

    /**
     * A frame in the buffer.
     *
     * @param idEnd where its transaction id ends; a space is there
     */
    record Frame(ByteBuf bytes, int start, int idEnd, int end) {

        /** Whether it is a SEND; else it is a response. */
        boolean isSend() {
            return bytes.getByte(idEnd + 1) == 'S';
        }

        boolean isSuccess() {
            return bytes.getByte(idEnd + 1) == '2';
        }

        int idStart() {
            return start + BEGIN.length;
        }

        /** The value of the first line (To-Path) or second line (From-Path) after the start line: where it begins and ends. */
        private int lineAfter(int at) {
            return bytes.indexOf(at, end, (byte) '\n') + 1;
        }

        String toPath() {
            int from = lineAfter(start) + TO_PATH.length;
            return bytes.toString(from, lineAfter(from) - 2 - from, StandardCharsets.US_ASCII);
        }

        String fromPath() {
            int from = lineAfter(lineAfter(start)) + FROM_PATH.length;
            return bytes.toString(from, lineAfter(from) - 2 - from, StandardCharsets.US_ASCII);
        }

        /** A SEND that only binds a session has none. */
        boolean hasBody() {
            return bodyStart() >= 0;
        }

        private int bodyStart() {
            int line = lineAfter(start);
            while (line > 0 && line < end) {
                byte first = bytes.getByte(line);
                if (first == '\r') {
                    return line + 2;
                }
                if (first == '-') {
                    return -1;
                }
                line = lineAfter(line);
            }
            return -1;
        }

        /** The body, as it stands in the buffer. */
        ByteBuf body() {
            int from = bodyStart();
            int endLine = LINE_END.length + DASHES.length + (idEnd - idStart()) + LAST.length;
            return bytes.slice(from, end - endLine - from);
        }

        /** Writes the 200 that this SEND deserves. */
        void answer(ByteBuf out) {
            int to = lineAfter(start) + TO_PATH.length;
            int from = lineAfter(to) + FROM_PATH.length;
            int idLength = idEnd - idStart();
            out.writeBytes(BEGIN).writeBytes(bytes, idStart(), idLength).writeBytes(OK);
            out.writeBytes(TO_PATH).writeBytes(bytes, from, lineAfter(from) - from);
            out.writeBytes(FROM_PATH).writeBytes(bytes, to, lineAfter(to) - to);
            out.writeBytes(DASHES).writeBytes(bytes, idStart(), idLength).writeBytes(LAST);
        }
    }

    abstract void frame(ChannelHandlerContext context, Frame frame);

    /** All frames of one read were told. */
    abstract void framesRead(ChannelHandlerContext context);

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (pending == null) {
            pending = bytes;
        } else {
            pending = joined(context, bytes);
        }
        while (cut(context)) {
            // each turn takes one frame off the front
        }
        if (!pending.isReadable()) {
            pending.release();
            pending = null;
        }
        framesRead(context);
    }

    private ByteBuf joined(ChannelHandlerContext context, ByteBuf bytes) {
        ByteBuf both = context.alloc().buffer(pending.readableBytes() + bytes.readableBytes());
        both.writeBytes(pending).writeBytes(bytes);
        pending.release();
        bytes.release();
        return both;
    }

    private boolean cut(ChannelHandlerContext context) {
        int start = pending.readerIndex();
        int idStart = start + BEGIN.length;
        int idEnd = idStart < pending.writerIndex() ? pending.indexOf(idStart, pending.writerIndex(), (byte) ' ') : -1;
        int end = idEnd < 0 ? -1 : endOf(idStart, idEnd);
        if (end < 0) {
            return false;
        }
        frame(context, new Frame(pending, start, idEnd, end));
        pending.readerIndex(end);
        return true;
    }

    /** The index after the end-line that carries the transaction id, or -1. */
    private int endOf(int idStart, int idEnd) {
        int length = idEnd - idStart;
        int from = idEnd;
        while (true) {
            int flag = pending.indexOf(from, pending.writerIndex(), (byte) '$');
            if (flag < 0 || flag + LAST.length > pending.writerIndex()) {
                return -1;
            }
            if (isId(flag - length, idStart, length)) {
                return flag + LAST.length;
            }
            from = flag + 1;
        }
    }

    private boolean isId(int at, int idStart, int length) {
        for (int i = 0; i < length; i++) {
            if (pending.getByte(at + i) != pending.getByte(idStart + i)) {
                return false;
            }
        }
        return pending.getByte(at - 1) == '-';
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
