package org.impsiwf.msrp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;

/** Frames to octets, always in the order of headers of RFC 4975 §9. The body of a SEND may be written apart from it. */
public final class FrameEncoder {
    private static final byte[] MSRP = ascii("MSRP ");
    private static final byte[] SEND = ascii(" SEND\r\nTo-Path: ");
    private static final byte[] TO_PATH = ascii("\r\nTo-Path: ");
    private static final byte[] FROM_PATH = ascii("\r\nFrom-Path: ");
    private static final byte[] MESSAGE_ID = ascii("\r\nMessage-ID: ");
    private static final byte[] BYTE_RANGE = ascii("\r\nByte-Range: ");
    private static final byte[] SUCCESS_YES = ascii("\r\nSuccess-Report: yes");
    private static final byte[] FAILURE_NO = ascii("\r\nFailure-Report: no");
    private static final byte[] FAILURE_PARTIAL = ascii("\r\nFailure-Report: partial");
    private static final byte[] CONTENT_TYPE = ascii("\r\nContent-Type: ");
    private static final byte[] STATUS = ascii("\r\nStatus: 000 ");
    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] DASHES = ascii("-------");

    private FrameEncoder() {}

    /** Appends the whole frame. The body of a SEND keeps its reader index. */
    public static void encode(MsrpFrame frame, ByteBuf out) {
        switch (frame) {
            case MsrpFrame.Send send -> {
                head(send, out);
                out.writeBytes(
                        send.body(), send.body().readerIndex(), send.body().readableBytes());
                end(send.transactionId(), send.continuation(), !send.bodiless(), out);
            }
            case MsrpFrame.Report report -> report(report, out);
            case MsrpFrame.Other other -> other(other, out);
            case MsrpFrame.Response response -> response(response, out);
            case MsrpFrame.Malformed malformed ->
                throw new IllegalStateException("malformed requests are not written: " + malformed.reason());
        }
    }

    /** Everything before the body. */
    public static void head(MsrpFrame.Send send, ByteBuf out) {
        out.writeBytes(MSRP);
        ByteBufUtil.writeAscii(out, send.transactionId());
        out.writeBytes(SEND).writeBytes(send.toPath().octets());
        out.writeBytes(FROM_PATH).writeBytes(send.fromPath().octets());
        out.writeBytes(MESSAGE_ID);
        ByteBufUtil.writeAscii(out, send.messageId());
        out.writeBytes(BYTE_RANGE);
        range(send.byteRange(), out);
        if (send.successReport() == SuccessReport.YES) {
            out.writeBytes(SUCCESS_YES);
        }
        if (send.failureReport() != FailureReport.YES) {
            out.writeBytes(send.failureReport() == FailureReport.NO ? FAILURE_NO : FAILURE_PARTIAL);
        }
        headers(send.headers(), out);
        if (!send.bodiless()) {
            out.writeBytes(CONTENT_TYPE);
            ByteBufUtil.writeUtf8(out, oneLine(send.contentType()));
            out.writeBytes(CRLF);
        }
        out.writeBytes(CRLF);
    }

    /** The end-line, after a body with the CRLF that is not part of it. */
    public static void end(String transactionId, Continuation continuation, boolean afterBody, ByteBuf out) {
        if (continuation == Continuation.UNFINISHED) {
            throw new IllegalStateException("an unfinished chunk has no end-line");
        }
        if (afterBody) {
            out.writeBytes(CRLF);
        }
        out.writeBytes(DASHES);
        ByteBufUtil.writeAscii(out, transactionId);
        out.writeByte(continuation.flag()).writeBytes(CRLF);
    }

    private static void report(MsrpFrame.Report report, ByteBuf out) {
        start(report, out);
        out.writeBytes(MESSAGE_ID);
        ByteBufUtil.writeAscii(out, report.messageId());
        if (report.byteRange().isPresent()) {
            out.writeBytes(BYTE_RANGE);
            range(report.byteRange().get(), out);
        }
        out.writeBytes(STATUS);
        decimal(report.status(), out);
        report.comment().ifPresent(comment -> comment(comment, out));
        out.writeBytes(CRLF);
        end(report.transactionId(), Continuation.COMPLETE, false, out);
    }

    private static void other(MsrpFrame.Other other, ByteBuf out) {
        start(other, out);
        headers(other.headers(), out);
        out.writeBytes(CRLF);
        end(other.transactionId(), Continuation.COMPLETE, false, out);
    }

    private static void response(MsrpFrame.Response response, ByteBuf out) {
        out.writeBytes(MSRP);
        ByteBufUtil.writeAscii(out, response.transactionId());
        out.writeByte(' ');
        decimal(response.status(), out);
        response.comment().ifPresent(comment -> comment(comment, out));
        paths(response.toPath(), response.fromPath(), out);
        headers(response.headers(), out);
        out.writeBytes(CRLF);
        end(response.transactionId(), Continuation.COMPLETE, false, out);
    }

    private static void start(MsrpFrame.Request request, ByteBuf out) {
        out.writeBytes(MSRP);
        ByteBufUtil.writeAscii(out, request.transactionId());
        out.writeByte(' ');
        ByteBufUtil.writeAscii(out, request.method());
        paths(request.toPath(), request.fromPath(), out);
    }

    private static void paths(MsrpPath to, MsrpPath from, ByteBuf out) {
        out.writeBytes(TO_PATH).writeBytes(to.octets());
        out.writeBytes(FROM_PATH).writeBytes(from.octets());
    }

    private static void headers(List<MsrpFrame.Header> headers, ByteBuf out) {
        for (MsrpFrame.Header header : headers) {
            out.writeBytes(CRLF);
            ByteBufUtil.writeUtf8(out, oneLine(header.name()));
            out.writeByte(':').writeByte(' ');
            ByteBufUtil.writeUtf8(out, oneLine(header.value()));
        }
    }

    private static void comment(String comment, ByteBuf out) {
        out.writeByte(' ').writeBytes(oneLine(comment).getBytes(UTF_8));
    }

    private static void range(ByteRange range, ByteBuf out) {
        decimal(range.start(), out);
        out.writeByte('-');
        starOrDecimal(range.end(), out);
        out.writeByte('/');
        starOrDecimal(range.total(), out);
    }

    private static void starOrDecimal(long number, ByteBuf out) {
        if (number == ByteRange.UNKNOWN) {
            out.writeByte('*');
        } else {
            decimal(number, out);
        }
    }

    private static void decimal(long number, ByteBuf out) {
        long place = 1;
        while (number / place >= 10) {
            place *= 10;
        }
        for (; place > 0; place /= 10) {
            out.writeByte('0' + (int) (number / place % 10));
        }
    }

    // Text from elsewhere (a comment of another protocol) must not start a header of its own.
    private static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return text.replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", " ");
            }
        }
        return text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
