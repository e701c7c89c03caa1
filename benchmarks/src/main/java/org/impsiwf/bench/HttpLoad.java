package org.impsiwf.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The ceiling for SSP: POSTs of 1 KB, each answered by an empty 200, one in flight per connection, nothing read. */
final class HttpLoad {

    static final byte[] BODY = new byte[1024];

    private final EventLoopGroup clients;
    private final EventLoopGroup servers;

    /** Two groups, so that both ends of a connection never share a thread and every message costs its wake-up, as between hosts. */
    HttpLoad(EventLoopGroup clients, EventLoopGroup servers) {
        this.clients = clients;
        this.servers = servers;
    }

    /** POSTs answered per second over that many connections. */
    double perSecond(int connections, int posts) throws InterruptedException {
        Channel server = serve();
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        CountDownLatch done = new CountDownLatch(connections);
        List<Channel> posters = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            posters.add(new Bootstrap()
                    .group(clients)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpClientCodec(),
                                            new HttpObjectAggregator(1024),
                                            new Poster(posts, done));
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), port)
                    .sync()
                    .channel());
        }
        long start = System.nanoTime();
        posters.forEach(client -> client.pipeline().fireUserEventTriggered("go"));
        if (!done.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("bare POSTs stalled");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        posters.forEach(client -> client.close().syncUninterruptibly());
        server.close().syncUninterruptibly();
        return (double) connections * posts / seconds;
    }

    private Channel serve() throws InterruptedException {
        return new ServerBootstrap()
                .group(servers)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(64 * 1024), new Empty200());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    static FullHttpResponse empty200() {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        return response;
    }

    static FullHttpRequest post(byte[] body) {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers()
                .set(HttpHeaderNames.HOST, "127.0.0.1")
                .set(HttpHeaderNames.CONTENT_TYPE, "application/vnd.wv.ssp+xml")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return request;
    }

    private static final class Empty200 extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            context.writeAndFlush(empty200());
        }
    }

    private static final class Poster extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final CountDownLatch done;
        private int left;

        Poster(int posts, CountDownLatch done) {
            this.left = posts;
            this.done = done;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            post(context);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            if (--left == 0) {
                done.countDown();
            } else {
                post(context);
            }
        }

        private static void post(ChannelHandlerContext context) {
            context.writeAndFlush(HttpLoad.post(BODY));
        }
    }
}
