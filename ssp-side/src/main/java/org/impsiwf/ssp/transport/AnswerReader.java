package org.impsiwf.ssp.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the HTTP answers of one connection that we opened, and gives up on one that does not come. */
final class AnswerReader extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerReader.class);
    private static final int LOOKS_PER_LIMIT = 4;

    private final OutgoingConnection connection;
    private final int mostBytes;
    private final long answerNanos;
    private ScheduledFuture<?> look;
    private int busyLooks;
    private long answersAtLastLook;
    private long answers;
    private int status;
    private boolean persistent;
    private ByteArrayOutputStream message;

    AnswerReader(OutgoingConnection connection, HttpLimits limits) {
        this.connection = connection;
        mostBytes = limits.messageBytes();
        answerNanos = limits.answer().toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long every = Math.max(1, answerNanos / LOOKS_PER_LIMIT);
        look = context.executor().scheduleAtFixedRate(this::look, every, every, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        look.cancel(false);
    }

    /** Counts looks during which the same POST waits, so that a POST itself costs no timer. */
    private void look() {
        busyLooks = connection.busy() && answers == answersAtLastLook ? busyLooks + 1 : 0;
        answersAtLastLook = answers;
        if (busyLooks > LOOKS_PER_LIMIT) {
            connection.fail("no HTTP answer in time");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            connection.fail("malformed HTTP answer");
            return;
        }
        if (part instanceof HttpResponse head) {
            begin(head);
        }
        if (part instanceof HttpContent content) {
            collect(content);
        }
        if (part instanceof LastHttpContent && HttpStatusClass.valueOf(status) != HttpStatusClass.INFORMATIONAL) {
            answers++;
            Optional<byte[]> body =
                    message == null || message.size() == 0 ? Optional.empty() : Optional.of(message.toByteArray());
            message = null;
            connection.answered(status, body, persistent);
        }
    }

    private void begin(HttpResponse head) {
        status = head.status().code();
        persistent = HttpUtil.isKeepAlive(head);
        message = SspMediaType.matches(head.headers().get(HttpHeaderNames.CONTENT_TYPE))
                ? new ByteArrayOutputStream()
                : null;
        if (HttpUtil.getContentLength(head, 0L) > mostBytes) {
            connection.fail("HTTP answer too large");
        }
    }

    private void collect(HttpContent content) {
        if (message == null) {
            return;
        }
        byte[] bytes = new byte[content.content().readableBytes()];
        content.content().readBytes(bytes);
        if (message.size() + bytes.length > mostBytes) {
            message = null;
            connection.fail("HTTP answer too large");
        } else {
            message.writeBytes(bytes);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        look.cancel(false);
        connection.closed("closed by the peer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof DecoderException)) {
            LOG.error("failed on an answer from {}", connection, cause);
        }
        connection.fail(cause.toString());
    }
}
