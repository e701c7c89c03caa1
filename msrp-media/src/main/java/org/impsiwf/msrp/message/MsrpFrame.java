package org.impsiwf.msrp.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.SuccessReport;

/** One MSRP frame: a request or a response. Whoever is handed a {@link Send} releases its body. */
public sealed interface MsrpFrame {

    String transactionId();

    MsrpPath toPath();

    MsrpPath fromPath();

    /** The start line, for traces. */
    String startLine();

    /** What may be answered. */
    sealed interface Request extends MsrpFrame {
        String method();

        @Override
        default String startLine() {
            return "MSRP " + transactionId() + " " + method();
        }
    }

    /** A header that this implementation hands on as it is. */
    record Header(String name, String value) {}

    /**
     * A message, a chunk of it, or the first part of a long chunk.
     *
     * @param byteRange {@link ByteRange#WHOLE} where the header is absent
     * @param contentType empty for a bodiless SEND, which is not a SEND with an empty body
     * @param headers all others, in order
     */
    record Send(
            String transactionId,
            MsrpPath toPath,
            MsrpPath fromPath,
            String messageId,
            ByteRange byteRange,
            SuccessReport successReport,
            FailureReport failureReport,
            String contentType,
            List<Header> headers,
            ByteBuf body,
            Continuation continuation)
            implements Request {
        @Override
        public String method() {
            return "SEND";
        }

        public boolean bodiless() {
            return contentType.isEmpty();
        }
    }

    /**
     * What became of a message or a range of it.
     *
     * @param status code of the {@code Status} header in namespace 000
     */
    record Report(
            String transactionId,
            MsrpPath toPath,
            MsrpPath fromPath,
            String messageId,
            Optional<ByteRange> byteRange,
            int status,
            Optional<String> comment)
            implements Request {
        @Override
        public String method() {
            return "REPORT";
        }
    }

    /** Any other method, AUTH (RFC 4976) among them. A body is read over. */
    record Other(String transactionId, String method, MsrpPath toPath, MsrpPath fromPath, List<Header> headers)
            implements Request {}

    /** A request that can't be understood but can be answered, with 400. */
    record Malformed(
            String transactionId,
            String method,
            MsrpPath toPath,
            MsrpPath fromPath,
            FailureReport failureReport,
            String reason)
            implements Request {}

    record Response(
            String transactionId,
            MsrpPath toPath,
            MsrpPath fromPath,
            int status,
            Optional<String> comment,
            List<Header> headers)
            implements MsrpFrame {
        @Override
        public String startLine() {
            return "MSRP " + transactionId + " " + status
                    + comment.map(c -> " " + c).orElse("");
        }

        /** Value of a header, its name in any case. */
        public Optional<String> header(String name) {
            return headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .findFirst();
        }
    }
}
