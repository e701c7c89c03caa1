package org.impsiwf.msrp.codec;

import static org.impsiwf.msrp.message.ByteRange.UNKNOWN;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;

/** Start line and headers of one frame, read once; the frames it makes share them. */
final class FrameHead {
    final String transactionId;
    /** Empty for a response. */
    final String method;

    final int status;
    private final Optional<String> comment;
    private MsrpPath toPath;
    private MsrpPath fromPath;
    private String messageId = "";
    private ByteRange byteRange = ByteRange.WHOLE;
    private boolean hasRange;
    private SuccessReport successReport = SuccessReport.NO;
    private FailureReport failureReport = FailureReport.YES;
    private String contentType = "";
    private int reportedStatus;
    private Optional<String> reportedComment = Optional.empty();
    private List<MsrpFrame.Header> others = List.of();
    private boolean hasReportHeader;
    private int count;
    /** Why the request is answered with 400; empty while it is well-formed. */
    private String fault = "";

    FrameHead(String transactionId, String method, int status, Optional<String> comment) {
        this.transactionId = transactionId;
        this.method = method;
        this.status = status;
        this.comment = comment;
    }

    boolean isSend() {
        return method.equals("SEND");
    }

    boolean isResponse() {
        return method.isEmpty();
    }

    private boolean isNickname() {
        return method.equals("NICKNAME");
    }

    void path(boolean to, MsrpPath path) {
        if ((to ? toPath : fromPath) != null) {
            fault("path given twice");
        } else if (to) {
            toPath = path;
        } else {
            fromPath = path;
        }
    }

    void messageId(String id) {
        check(messageId.isEmpty() && Idents.isReadable(id), "Message-ID");
        messageId = id;
    }

    void byteRange(String range) {
        check(!hasRange, "Byte-Range given twice");
        hasRange = true;
        try {
            byteRange = ByteRange.parse(range);
        } catch (IllegalArgumentException malformed) {
            fault(malformed.getMessage());
        }
    }

    void successReport(String value) {
        hasReportHeader = true;
        check(value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("no"), "Success-Report");
        successReport = value.equalsIgnoreCase("yes") ? SuccessReport.YES : SuccessReport.NO;
    }

    void failureReport(String value) {
        hasReportHeader = true;
        switch (value) {
            case "yes" -> failureReport = FailureReport.YES;
            case "no" -> failureReport = FailureReport.NO;
            case "partial" -> failureReport = FailureReport.PARTIAL;
            default -> fault("Failure-Report");
        }
    }

    /** {@code 000 200 OK} */
    void reported(String value) {
        int space = value.indexOf(' ');
        int codeEnd = value.indexOf(' ', space + 1);
        String code = value.substring(space + 1, codeEnd < 0 ? value.length() : codeEnd);
        if (space != 3 || code.length() != 3 || !code.chars().allMatch(c -> c >= '0' && c <= '9')) {
            fault("Status");
            return;
        }
        // RFC 4975 §7.1.2: only namespace 000 has codes that we know.
        reportedStatus = value.startsWith("000") ? Integer.parseInt(code) : 0;
        reportedComment = codeEnd < 0 ? Optional.empty() : Optional.of(value.substring(codeEnd + 1));
    }

    void contentType(String type) {
        check(contentType.isEmpty() && type.indexOf('/') > 0, "Content-Type");
        contentType = type;
    }

    void other(String name, String value) {
        if (others.isEmpty()) {
            others = new ArrayList<>(2);
        }
        others.add(new MsrpFrame.Header(name, value));
    }

    void counted(int limit) {
        check(++count <= limit, "more than " + limit + " headers");
    }

    void fault(String what) {
        if (fault.isEmpty()) {
            fault = what;
        }
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            fault(what);
        }
    }

    /** All headers are there. @throws UnreadableFrame if not even an answer could be sent */
    void complete(boolean hasBody) {
        if (toPath == null || fromPath == null) {
            throw new UnreadableFrame("a frame without To-Path or From-Path");
        }
        others = List.copyOf(others);
        if (isSend()) {
            check(!messageId.isEmpty(), "SEND without Message-ID");
            check(!hasBody || !contentType.isEmpty(), "a body without Content-Type");
            check(hasBody || contentType.isEmpty(), "Content-Type without a body");
        } else if (method.equals("REPORT")) {
            check(!messageId.isEmpty(), "REPORT without Message-ID");
            check(reportedStatus != 0, "REPORT without Status");
        } else if (isNickname()) {
            check(!hasReportHeader, "NICKNAME with Success-Report or Failure-Report"); // RFC 7701 §7.1
        }
    }

    boolean faulty() {
        return !fault.isEmpty();
    }

    /**
     * Part or all of the chunk.
     *
     * @param offset of these octets in the chunk
     */
    MsrpFrame send(ByteBuf body, long offset, Continuation continuation) {
        long start = byteRange.start() + offset;
        ByteRange range = offset == 0 ? byteRange : byteRange.from(start);
        if (range.end() != UNKNOWN && continuation == Continuation.UNFINISHED) {
            range = new ByteRange(start, UNKNOWN, range.total());
        }
        return new MsrpFrame.Send(
                transactionId,
                toPath,
                fromPath,
                messageId,
                range,
                successReport,
                failureReport,
                contentType,
                others,
                body,
                continuation);
    }

    MsrpFrame withoutBody() {
        if (isResponse()) {
            return new MsrpFrame.Response(transactionId, toPath, fromPath, status, comment, others);
        }
        if (faulty()) {
            // The header that a NICKNAME must not have does not keep it from being answered.
            FailureReport wanted = isNickname() ? FailureReport.YES : failureReport;
            return new MsrpFrame.Malformed(transactionId, method, toPath, fromPath, wanted, fault);
        }
        return method.equals("REPORT")
                ? new MsrpFrame.Report(
                        transactionId,
                        toPath,
                        fromPath,
                        messageId,
                        hasRange ? Optional.of(byteRange) : Optional.empty(),
                        reportedStatus,
                        reportedComment)
                : new MsrpFrame.Other(transactionId, method, toPath, fromPath, others);
    }
}
