package org.impsiwf.ssp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects one POST after the other and acknowledges each. What cannot be an SSP message is refused at its header,
 * before a byte of its body is read: wrong method 405, wrong media type 415, too large 413, malformed 400.
 */
final class PostReceiver extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(PostReceiver.class);
    private static final int FIRST_ROOM = 2048;
    private static final int MOST_ROOM_AHEAD = 64 << 10;

    private final HttpLimits limits;
    private final RequestClock clock;
    private final MessageReceiver receiver;
    private final TransportCounters counters;

    private IncomingConnection connection;
    private boolean keepAlive;
    private boolean refused;
    private byte[] body;
    private int length;
    /** A message is not acknowledged yet: what has been read behind it waits. */
    private boolean waiting;

    private final Queue<HttpObject> behind = new ArrayDeque<>();

    PostReceiver(HttpLimits limits, RequestClock clock, MessageReceiver receiver, TransportCounters counters) {
        this.limits = limits;
        this.clock = clock;
        this.receiver = receiver;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection = new AcceptedConnection(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (refused || !context.channel().isActive()) {
            return;
        }
        if (waiting) {
            behind.add(ReferenceCountUtil.retain(part));
            clock.requestEnded();
            return;
        }
        if (part.decoderResult().isFailure()) {
            boolean tooLong = part.decoderResult().cause() instanceof TooLongHttpHeaderException;
            refuse(
                    context,
                    tooLong ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpResponseStatus.BAD_REQUEST);
            return;
        }
        if (part instanceof HttpRequest head) {
            begin(context, head);
        }
        if (!refused && part instanceof HttpContent content) {
            collect(context, content.content());
            if (!refused && part instanceof LastHttpContent) {
                clock.requestEnded();
                deliver(context);
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        keepAlive = HttpUtil.isKeepAlive(head);
        length = 0;
        long announced = HttpUtil.getContentLength(head, -1L);
        if (!HttpMethod.POST.equals(head.method())) {
            refuse(context, HttpResponseStatus.METHOD_NOT_ALLOWED);
        } else if (!SspMediaType.matches(head.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
            refuse(context, HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE);
        } else if (announced > limits.messageBytes()) {
            refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        } else {
            // What is only announced gets no room yet: a thousand idle headers must not cost a thousand bodies.
            body = new byte[announced >= 0 ? (int) Math.min(announced, MOST_ROOM_AHEAD) : FIRST_ROOM];
            if (HttpUtil.is100ContinueExpected(head)) {
                context.writeAndFlush(answer(HttpResponseStatus.CONTINUE));
            }
        }
    }

    private void collect(ChannelHandlerContext context, ByteBuf bytes) {
        int more = bytes.readableBytes();
        if (length + more > limits.messageBytes()) {
            refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        if (length + more > body.length) {
            body = Arrays.copyOf(body, Math.min(limits.messageBytes(), Math.max(length + more, 2 * body.length)));
        }
        bytes.readBytes(body, length, more);
        length += more;
    }

    private void deliver(ChannelHandlerContext context) {
        byte[] message = length == body.length ? body : Arrays.copyOf(body, length);
        body = null;
        counters.received(length);
        CompletableFuture<Receipt> receipt = receiver.received(connection, message);
        if (receipt.isDone()) {
            acknowledge(context, receipt.join());
        } else {
            waiting = true;
            context.channel().config().setAutoRead(false);
            receipt.whenComplete((known, failed) ->
                    context.executor().execute(() -> goOn(context, failed == null ? known : Receipt.UNAVAILABLE)));
        }
    }

    private void goOn(ChannelHandlerContext context, Receipt receipt) {
        if (!context.channel().isActive()) {
            return;
        }
        waiting = false;
        acknowledge(context, receipt);
        while (!waiting && !behind.isEmpty()) {
            HttpObject next = behind.remove();
            try {
                channelRead0(context, next);
            } finally {
                ReferenceCountUtil.release(next);
            }
        }
        context.channel().config().setAutoRead(!waiting);
        context.flush();
    }

    private void acknowledge(ChannelHandlerContext context, Receipt receipt) {
        switch (receipt) {
            case TAKEN -> acknowledge(context, HttpResponseStatus.OK);
            case MALFORMED -> acknowledge(context, HttpResponseStatus.BAD_REQUEST);
            case UNKNOWN_SESSION -> acknowledge(context, HttpResponseStatus.NOT_FOUND);
            case UNAVAILABLE -> acknowledge(context, HttpResponseStatus.SERVICE_UNAVAILABLE);
            case HANG_UP -> {
                refused = true;
                counters.postRefused(0);
                context.close();
            }
        }
    }

    private void acknowledge(ChannelHandlerContext context, HttpResponseStatus status) {
        if (status.code() >= HttpResponseStatus.BAD_REQUEST.code()) {
            counters.postRefused(status.code());
        }
        FullHttpResponse answer = answer(status);
        answer.headers()
                .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        // Flushed when this read is done: what the message led to leaves first, its receipt right behind.
        ChannelFuture written = context.write(answer);
        if (!keepAlive) {
            refused = true;
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        refused = true;
        clock.over();
        body = null;
        counters.postRefused(status.code());
        LOG.warn("POST from {} refused with {}", connection, status.code());
        FullHttpResponse answer = answer(status);
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            answer.headers().set(HttpHeaderNames.ALLOW, HttpMethod.POST.name());
        }
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse answer(HttpResponseStatus status) {
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                Unpooled.EMPTY_BUFFER,
                DefaultHttpHeadersFactory.headersFactory().withValidation(false),
                DefaultHttpHeadersFactory.trailersFactory());
        if (status.code() >= HttpResponseStatus.OK.code()) {
            answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        }
        return answer;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        behind.forEach(ReferenceCountUtil::release);
        behind.clear();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.debug("connection {} broke: {}", connection, cause.toString());
        } else {
            LOG.error("failed on a message from {}", connection, cause);
        }
        context.close();
    }
}
