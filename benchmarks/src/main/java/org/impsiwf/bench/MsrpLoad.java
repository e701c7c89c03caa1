package org.impsiwf.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends SEND frames over one connection per session and keeps a window of them unanswered; the same load for every server. */
final class MsrpLoad {

    /** One session to send into: the To-Path that the server gave it. */
    record Target(int port, String toPath) {}

    private static final String CPIM = "From: <sip:alice@ims.example.com>\r\nTo: <wv:bob@imps.example.com>\r\n"
            + "DateTime: 2026-11-21T10:00:00Z\r\n\r\nContent-Type: text/plain;charset=UTF-8\r\n\r\n"
            + "0123456789".repeat(20);

    private final EventLoopGroup loops;

    MsrpLoad(EventLoopGroup loops) {
        this.loops = loops;
    }

    /**
     * Frames answered per second.
     *
     * @param window frames in flight per connection
     * @param frames frames per connection
     */
    double perSecond(List<Target> targets, int window, int frames) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(targets.size());
        AtomicLong refused = new AtomicLong();
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Sender sender = new Sender(targets.get(i), i, window, frames, done, refused);
            channels.add(new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(sender)
                    .connect(InetAddress.getLoopbackAddress(), targets.get(i).port())
                    .sync()
                    .channel());
        }
        long start = System.nanoTime();
        channels.forEach(channel -> channel.pipeline().fireUserEventTriggered("go"));
        if (!done.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(done.getCount() + " of " + targets.size() + " MSRP connections stalled");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        channels.forEach(channel -> channel.close().syncUninterruptibly());
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " frames were refused");
        }
        return (double) targets.size() * frames / seconds;
    }

    /** Binds each session with a SEND without a body, all over one connection, which stays open until the loops end. */
    void bind(List<Target> targets) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        AtomicLong refused = new AtomicLong();
        Binder binder = new Binder(targets, done, refused);
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(binder)
                .connect(InetAddress.getLoopbackAddress(), targets.getFirst().port())
                .sync()
                .channel();
        channel.pipeline().fireUserEventTriggered("go");
        if (!done.await(60, TimeUnit.SECONDS) || refused.get() > 0) {
            throw new IllegalStateException("sessions could not be bound: " + refused.get() + " refused");
        }
    }

    /** One bodiless SEND per session, the next when the last was answered. */
    private static final class Binder extends Responses {

        private final List<Target> targets;
        private final CountDownLatch done;
        private int next;

        Binder(List<Target> targets, CountDownLatch done, AtomicLong refused) {
            super(refused);
            this.targets = targets;
            this.done = done;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            bindNext(context);
        }

        @Override
        void answered(ChannelHandlerContext context, int responses) {
            bindNext(context);
        }

        private void bindNext(ChannelHandlerContext context) {
            if (next == targets.size()) {
                done.countDown();
                return;
            }
            String id = "b1nd" + next;
            String frame =
                    "MSRP " + id + " SEND\r\nTo-Path: " + targets.get(next).toPath()
                            + "\r\nFrom-Path: msrp://127.0.0.1:9/load" + next + ";tcp\r\nMessage-ID: bind." + next
                            + "\r\n-------" + id + "$\r\n";
            next++;
            context.writeAndFlush(Unpooled.copiedBuffer(frame, StandardCharsets.US_ASCII));
        }
    }

    /** Reads responses; only their status and their end matter. */
    private abstract static class Responses extends ChannelInboundHandlerAdapter {

        private final AtomicLong refused;
        private final StringBuilder line = new StringBuilder();
        private int ended;

        Responses(AtomicLong refused) {
            this.refused = refused;
        }

        abstract void answered(ChannelHandlerContext context, int responses);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            ended = 0;
            while (bytes.isReadable()) {
                take((char) bytes.readByte());
            }
            bytes.release();
            if (ended > 0) {
                answered(context, ended);
            }
        }

        private void take(char c) {
            if (c != '\n') {
                line.append(c);
                return;
            }
            if (line.indexOf("-------") == 0) {
                ended++;
            } else if (line.indexOf("MSRP ") == 0 && line.indexOf(" 200") < 0) {
                refused.incrementAndGet();
            }
            line.setLength(0);
        }
    }

    private static final class Sender extends Responses {

        private final Target target;
        private final int index;
        private final int window;
        private final int frames;
        private final CountDownLatch done;
        private int sent;
        private int answered;

        Sender(Target target, int index, int window, int frames, CountDownLatch done, AtomicLong refused) {
            super(refused);
            this.target = target;
            this.index = index;
            this.window = window;
            this.frames = frames;
            this.done = done;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            send(context, window);
        }

        @Override
        void answered(ChannelHandlerContext context, int responses) {
            answered += responses;
            send(context, responses);
            if (answered == frames) {
                done.countDown();
            }
        }

        private void send(ChannelHandlerContext context, int howMany) {
            int last = Math.min(sent + howMany, frames);
            if (last == sent) {
                return;
            }
            ByteBuf out = context.alloc().buffer((last - sent) * 640);
            for (; sent < last; sent++) {
                out.writeCharSequence(frame(), StandardCharsets.US_ASCII);
            }
            context.writeAndFlush(out);
        }

        private String frame() {
            String id = "t" + index + "x" + sent;
            return "MSRP " + id + " SEND\r\nTo-Path: " + target.toPath() + "\r\nFrom-Path: msrp://127.0.0.1:9/load"
                    + index
                    + ";tcp\r\nMessage-ID: m" + index + "." + sent + "\r\nByte-Range: 1-" + CPIM.length() + "/"
                    + CPIM.length()
                    + "\r\nContent-Type: message/cpim\r\n\r\n" + CPIM + "\r\n-------" + id + "$\r\n";
        }
    }
}
