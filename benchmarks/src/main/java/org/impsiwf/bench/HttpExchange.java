package org.impsiwf.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The ceiling for one SSP transaction at a time, whose answer comes in a POST of its own: a POST of 1 KB and, caused by it, one
 * back on the other connection of the pair, each answered by an empty 200. Nothing is read or written but HTTP.
 */
final class HttpExchange {

    private static final int LARGEST = 64 * 1024;

    private final EventLoopGroup asking;
    private final EventLoopGroup answering;

    HttpExchange(EventLoopGroup asking, EventLoopGroup answering) {
        this.asking = asking;
        this.answering = answering;
    }

    /** Exchanges concluded per second, one after the other. */
    double perSecond(int exchanges) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Asker asker = new Asker(exchanges, done);
        Channel home = serve(asking, new Taking(asker::answered));
        Poster back = new Poster(() -> {});
        Channel there = serve(answering, new Taking(() -> back.post()));
        Channel out = connect(asking, there, asker.poster);
        Channel in = connect(answering, home, back);
        long start = System.nanoTime();
        out.eventLoop().execute(asker.poster::post);
        if (!done.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("bare exchanges stalled");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Channel channel : new Channel[] {out, in, home, there}) {
            channel.close().syncUninterruptibly();
        }
        return exchanges / seconds;
    }

    private static Channel serve(EventLoopGroup loop, ChannelHandler taking) throws InterruptedException {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST), taking);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private static Channel connect(EventLoopGroup loop, Channel to, Poster poster) throws InterruptedException {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST), poster);
                    }
                })
                .connect(to.localAddress())
                .sync()
                .channel();
    }

    /** Who begins: the next exchange needs the 200 of the last POST and the POST that came back, in whichever order. */
    private static final class Asker {

        private final CountDownLatch done;
        private final Poster poster = new Poster(this::taken);
        private int left;
        private boolean half;

        Asker(int exchanges, CountDownLatch done) {
            this.left = exchanges;
            this.done = done;
        }

        void taken() {
            step();
        }

        void answered() {
            step();
        }

        private void step() {
            half = !half;
            if (!half && --left == 0) {
                done.countDown();
            } else if (!half) {
                poster.post();
            }
        }
    }

    /** Answers a POST with 200, then does what follows from it. */
    private static final class Taking extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Runnable then;

        Taking(Runnable then) {
            this.then = then;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            context.writeAndFlush(HttpLoad.empty200());
            then.run();
        }
    }

    /** A connection for POSTs; all of one side is on one loop. */
    private static final class Poster extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Runnable taken;
        private ChannelHandlerContext context;

        Poster(Runnable taken) {
            this.taken = taken;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        void post() {
            context.writeAndFlush(HttpLoad.post(HttpLoad.BODY));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext from, FullHttpResponse response) {
            taken.run();
        }
    }
}
