package org.impsiwf.ssp.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection that we opened. It carries one POST at a time; all of it, callbacks included, runs on one event loop.
 */
public final class OutgoingConnection {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final AsciiString TRANSACTION_ID = AsciiString.cached("x-wv-transactionid");
    private static final AsciiString SESSION_ID = AsciiString.cached("x-wv-sessionid");
    private static final AsciiString MEDIA_TYPE = AsciiString.cached(SspMediaType.VALUE);
    private static final AsciiString USER_AGENT = AsciiString.cached("IMPS-IWF");

    /** What becomes of the connection and of the POST on it. */
    public interface Owner {

        /** It can carry a POST now. */
        void connected(OutgoingConnection connection);

        /**
         * The POST was answered.
         *
         * @param status any 2xx: delivered
         * @param message an SSP message in the answer, which no peer is known to send, but some might
         */
        void answered(OutgoingConnection connection, int status, Optional<byte[]> message);

        /**
         * It is gone, or never came to be; its POST, if it had one, may or may not have arrived.
         *
         * @param reused whether it had carried a POST before, so that an idle limit of the other side may be the cause
         */
        void closed(OutgoingConnection connection, boolean reused, String cause);
    }

    private enum State {
        OPENING,
        IDLE,
        BUSY,
        CLOSED
    }

    private final String id = "out-" + NUMBERS.incrementAndGet();
    private final Target target;
    private final Owner owner;
    private final TransportCounters counters;
    private Channel channel;
    private State state = State.OPENING;
    private long answeredPosts;
    private boolean persistent = true;

    OutgoingConnection(EventLoop loop, Target target, HttpLimits limits, Owner owner, TransportCounters counters) {
        this.target = target;
        this.owner = owner;
        this.counters = counters;
        ChannelFuture connect = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connect().toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel fresh) {
                        assemble(fresh, limits);
                    }
                })
                .connect(target.address());
        channel = connect.channel();
        connect.addListener(done -> {
            if (!done.isSuccess()) {
                closed(String.valueOf(done.cause().getMessage()));
            } else if (target.tls().isEmpty()) {
                opened();
            }
        });
    }

    private void assemble(SocketChannel fresh, HttpLimits limits) {
        target.tls().ifPresent(context -> {
            SslHandler tls = context.newHandler(
                    fresh.alloc(), target.host(), target.address().getPort());
            tls.setHandshakeTimeoutMillis(limits.connect().toMillis());
            tls.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    opened();
                } else {
                    fail("TLS: " + done.cause().getMessage());
                }
            });
            fresh.pipeline().addLast(tls);
        });
        fresh.pipeline()
                .addLast(
                        new HttpClientCodec(
                                new HttpDecoderConfig().setMaxHeaderSize(limits.headerBytes()),
                                HttpClientCodec.DEFAULT_PARSE_HTTP_AFTER_CONNECT_REQUEST,
                                HttpClientCodec.DEFAULT_FAIL_ON_MISSING_RESPONSE),
                        new AnswerReader(this, limits));
    }

    /** Unique in this process. */
    public String id() {
        return id;
    }

    /** The host that it goes to. */
    public InetAddress host() {
        return target.address().getAddress();
    }

    public boolean idle() {
        return state == State.IDLE;
    }

    public boolean opening() {
        return state == State.OPENING;
    }

    boolean busy() {
        return state == State.BUSY;
    }

    /** Sends it at once; the connection must be {@link #idle}. */
    public void post(Post post) {
        if (state != State.IDLE) {
            throw new IllegalStateException(id + " is " + state + ", cannot post");
        }
        state = State.BUSY;
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, target.path(), Unpooled.wrappedBuffer(post.body()));
        var headers = request.headers();
        headers.set(HttpHeaderNames.HOST, target.hostHeader());
        headers.set(HttpHeaderNames.USER_AGENT, USER_AGENT);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        headers.set(HttpHeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, post.body().length);
        post.transactionId().ifPresent(transaction -> headers.set(TRANSACTION_ID, transaction));
        post.sessionId().ifPresent(session -> headers.set(SESSION_ID, session));
        counters.posted(post.body().length);
        channel.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail("cannot write: " + sent.cause().getMessage());
            }
        });
    }

    /** Closes it; the owner hears of it once. */
    public void close() {
        fail("closed by us");
    }

    void opened() {
        if (state == State.OPENING) {
            state = State.IDLE;
            counters.connectionOpened();
            owner.connected(this);
        }
    }

    /** Whether the peer would have kept it open: if it closed it all the same, it means something by that. */
    public boolean persistent() {
        return persistent;
    }

    void answered(int status, Optional<byte[]> message, boolean keptAlive) {
        persistent = keptAlive;
        if (state != State.BUSY) {
            fail("an HTTP answer to nothing");
            return;
        }
        answeredPosts++;
        if (keptAlive) {
            state = State.IDLE;
            owner.answered(this, status, message);
        } else {
            state = State.CLOSED;
            owner.answered(this, status, message);
            channel.close();
            owner.closed(this, true, "not persistent");
        }
    }

    void fail(String cause) {
        channel.close();
        closed(cause);
    }

    void closed(String cause) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            owner.closed(this, answeredPosts > 0, cause);
        }
    }

    @Override
    public String toString() {
        return id + " to " + target.address();
    }
}
