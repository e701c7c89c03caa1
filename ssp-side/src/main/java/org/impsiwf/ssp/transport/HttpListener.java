package org.impsiwf.ssp.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One port that peers post to. */
public final class HttpListener implements AutoCloseable {

    private static final int CLOSE_SECONDS = 5;

    private final HttpLimits limits;
    private final MessageReceiver receiver;
    private final TransportCounters counters;
    private final Optional<SslContext> tls;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel port;

    /**
     * @param address where to listen; port 0 takes any free one, see {@link #address}
     * @throws IOException when the address is taken or not ours, or the TLS files do not read
     */
    public HttpListener(
            EventLoopGroup loops,
            InetSocketAddress address,
            Optional<TlsSettings> tlsSettings,
            HttpLimits limits,
            MessageReceiver receiver,
            TransportCounters counters)
            throws IOException {
        this.limits = limits;
        this.receiver = receiver;
        this.counters = counters;
        tls = tlsSettings.isPresent() ? Optional.of(tlsSettings.get().forListening()) : Optional.empty();
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for SSP on " + address.getHostString() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        port = bound.channel();
    }

    private void accept(SocketChannel channel) {
        if (open.size() >= limits.connections()) {
            counters.postRefused(0);
            channel.close();
            return;
        }
        open.add(channel);
        counters.connectionAccepted();
        RequestClock clock = new RequestClock(limits, counters);
        var pipeline = channel.pipeline();
        pipeline.addLast(clock);
        if (tls.isPresent()) {
            SslHandler handshake = tls.get().newHandler(channel.alloc());
            handshake.setHandshakeTimeoutMillis(limits.connect().toMillis());
            pipeline.addLast(handshake);
        } else {
            pipeline.addLast(new PlainPortGuard(counters));
        }
        pipeline.addLast(
                new HttpServerCodec(new HttpDecoderConfig().setMaxHeaderSize(limits.headerBytes())),
                new PostReceiver(limits, clock, receiver, counters));
    }

    /** Where it really listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    /** How many connections peers hold open to this port. */
    public int connections() {
        return open.size();
    }

    /** Stops listening and closes what is open. */
    @Override
    public void close() {
        port.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        open.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
