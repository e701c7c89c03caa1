package org.impsiwf.msrp.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.impsiwf.msrp.codec.FrameEncoder;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.session.ChunkQueue;
import org.impsiwf.msrp.session.OutgoingMessage;
import org.impsiwf.msrp.session.PendingTransactions;

/** What leaves on one connection, and which response belongs to it. Frames of one read leave in one flush. Event loop. */
final class ConnectionWriter implements OutputBuffer.Chunks {
    /** Octets of answers that a far end may leave unread; messages stop at the channel's own, lower, mark. */
    private static final long UNREAD_ANSWERS = 8L << 20;

    /** A response for a request of ours; 408 without a frame if none came. */
    interface Answered {
        void answered(int status, Optional<MsrpFrame.Response> response);
    }

    private final ChannelHandlerContext ctx;
    private final MsrpEndpoint endpoint;
    private final MsrpConnection connection;
    private final OutputBuffer out;
    private final TransactionIds transactionIds = new TransactionIds();
    private final ChunkQueue chunks = new ChunkQueue(transactionIds::next);
    private final PendingTransactions<Answered> transactions;
    /** The long chunk that is being written; empty where there is none, or where it has its answer already. */
    private String openTransaction = "";

    private Optional<Answered> openAnswer = Optional.empty();
    private Instant lastProgress;
    private boolean reading;
    private boolean flushQueued;

    ConnectionWriter(ChannelHandlerContext ctx, MsrpEndpoint endpoint, MsrpConnection connection) {
        this.ctx = ctx;
        this.endpoint = endpoint;
        this.connection = connection;
        this.out = new OutputBuffer(ctx, this);
        this.transactions =
                new PendingTransactions<>(endpoint.settings().timeouts().response());
        this.lastProgress = endpoint.time().now();
    }

    /** Writes a frame that is no chunk; a long chunk makes way for it (RFC 4975 §7.1.1). */
    void write(MsrpFrame frame, Optional<MsrpSessionId> session, MsrpCount what) {
        endpoint.watcher().count(what);
        if (endpoint.watcher().traces()) {
            endpoint.watcher().frame(false, session, frame.startLine(), 0);
        }
        chunks.makeWay(out);
        FrameEncoder.encode(frame, out.buffer());
        flushSoon();
    }

    /** Writes a request under a transaction id of its own and waits for its response. */
    void request(Function<String, MsrpFrame.Request> request, MsrpSession session, Answered answered) {
        MsrpFrame.Request frame = request.apply(transactionIds.next());
        transactions.add(frame.transactionId(), answered, endpoint.time().now());
        write(frame, Optional.of(session.id()), MsrpCount.REQUEST_SENT);
    }

    void send(OutgoingMessage message) {
        if (chunks.isEmpty()) {
            lastProgress = endpoint.time().now();
        }
        chunks.add(message);
        pump();
    }

    /** A message that was given up says so in its turn, though it may have been set aside. */
    void resumeIfParked(OutgoingMessage message) {
        if (message.unpark()) {
            chunks.add(message);
        }
        pump();
    }

    /** Writes chunks as long as the channel takes them. */
    void pump() {
        Channel channel = ctx.channel();
        while (channel.isWritable() && chunks.writeNext(out)) {
            flushSoon();
        }
    }

    void writableAgain() {
        lastProgress = endpoint.time().now();
        pump();
    }

    @Override
    public void begun(String transactionId, OutgoingMessage message) {
        openTransaction = transactionId;
        openAnswer = Optional.of(answerTo(message));
    }

    @Override
    public void ended(String transactionId, OutgoingMessage message) {
        boolean answeredEarly = openAnswer.isPresent() && openTransaction.isEmpty();
        openTransaction = "";
        openAnswer = Optional.empty();
        endpoint.watcher().count(MsrpCount.REQUEST_SENT);
        if (endpoint.watcher().traces()) {
            endpoint.watcher()
                    .frame(
                            false,
                            endpoint.sessionOf(message.fromPath()),
                            "MSRP " + transactionId + " SEND",
                            message.size());
        }
        if (message.failureReport() != FailureReport.YES) {
            // RFC 4975 §7.2: no 200 will come.
            out.onceFlushed(message::chunkAccepted);
        }
        if (message.failureReport() != FailureReport.NO && !answeredEarly) {
            transactions.add(transactionId, answerTo(message), endpoint.time().now());
        }
    }

    private static Answered answerTo(OutgoingMessage message) {
        boolean partial = message.failureReport() == FailureReport.PARTIAL;
        return (status, response) -> {
            if (status != MsrpStatus.OK) {
                if (!partial || response.isPresent()) { // silence is good news for partial
                    message.chunkRefused(status);
                }
            } else if (!partial) {
                message.chunkAccepted();
            }
        };
    }

    /** Who waits for that response; nobody if it comes late, twice or out of the blue. */
    Optional<Answered> waiting(MsrpFrame.Response response) {
        if (response.transactionId().equals(openTransaction)) {
            openTransaction = "";
            return openAnswer;
        }
        return transactions.remove(response.transactionId());
    }

    /** From now on what is written waits for {@link #readComplete}. */
    void reading() {
        reading = true;
    }

    void readComplete() {
        reading = false;
        flush();
    }

    private void flushSoon() {
        if (!reading && !flushQueued) {
            flushQueued = true;
            ctx.channel().eventLoop().execute(() -> {
                flushQueued = false;
                flush();
            });
        }
    }

    private void flush() {
        if (!out.flush()) {
            return;
        }
        lastProgress = endpoint.time().now();
        ChannelOutboundBuffer unsent = ctx.channel().unsafe().outboundBuffer();
        if (unsent != null && unsent.totalPendingWriteBytes() > UNREAD_ANSWERS) {
            connection.close("the far end does not read its answers");
        }
    }

    // ---- deadlines

    Optional<Instant> nextDeadline() {
        Optional<Instant> stalled = chunks.isEmpty() ? Optional.empty() : Optional.of(stallsAt());
        return AlarmClock.earlier(stalled, transactions.nextDeadline());
    }

    private Instant stallsAt() {
        return lastProgress.plus(endpoint.settings().timeouts().stalled());
    }

    /** Whether messages wait that the far end's TCP does not take. */
    boolean stalled(Instant now) {
        return !chunks.isEmpty() && !now.isBefore(stallsAt());
    }

    /** Tells those whose response did not come in time. @return whether there were any */
    boolean expire(Instant now) {
        List<Answered> late = transactions.expire(now);
        for (Answered answered : late) {
            endpoint.watcher().count(MsrpCount.RESPONSE_EXPIRED);
            answered.answered(MsrpStatus.TIMEOUT, Optional.empty());
        }
        return !late.isEmpty();
    }

    // ---- the end

    /** A chunk that is being written gets its end-line, and everything leaves. */
    void finish() {
        chunks.makeWay(out);
        reading = false;
        flush();
    }

    /** No response will come any more. */
    void lose() {
        openTransaction = "";
        transactions.removeAll().forEach(answered -> answered.answered(MsrpStatus.TIMEOUT, Optional.empty()));
    }

    void discard() {
        out.discard();
    }
}
