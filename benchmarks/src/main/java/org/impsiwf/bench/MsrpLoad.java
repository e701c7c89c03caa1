package org.impsiwf.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends SEND frames over one connection per session and keeps a window of them unanswered; the same load for every server. */
final class MsrpLoad {

    /**
     * One session to send into.
     *
     * @param toPath that the server gave it
     * @param fromPath that the user's SDP named
     * @param user whose session it is: the From of what is sent in it, {@code alice@ims.example.com}
     */
    record Target(int port, String toPath, String fromPath, String user) {}

    /** A path that nobody listens at: the user connects. */
    static String path(String session) {
        return "msrp://127.0.0.1:9/" + session + ";tcp";
    }

    private final EventLoopGroup loops;
    private final Queue<long[]> waits = new ConcurrentLinkedQueue<>();

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
        waits.clear();
        for (int i = 0; i < targets.size(); i++) {
            Sender sender = new Sender(targets.get(i), i, window, frames, done, refused);
            waits.add(sender.waited);
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

    /** How long 99 of 100 frames of the last run waited for their answer at most. */
    Duration p99() {
        long[] all = waits.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return Duration.ofNanos(all[(int) (all.length * 99L / 100)]);
    }

    /** Reads responses; only their status and their end matter. */
    private abstract static class Responses extends MsrpLines {

        private final AtomicLong refused;
        private int ended;

        Responses(AtomicLong refused) {
            this.refused = refused;
        }

        abstract void answered(ChannelHandlerContext context, int responses);

        @Override
        void line(StringBuilder line) {
            if (starts(line, "-------")) {
                ended++;
            } else if (starts(line, "MSRP ") && line.indexOf(" 200") < 0) {
                refused.incrementAndGet();
            }
        }

        @Override
        void linesRead(ChannelHandlerContext context) {
            if (ended > 0) {
                int responses = ended;
                ended = 0;
                answered(context, responses);
            }
        }
    }

    private static final class Sender extends Responses {

        private final Target target;
        private final int index;
        private final int window;
        private final int frames;
        private final CountDownLatch done;
        private final String cpim;

        /** A Message-ID is used once only. */
        private final String run = "m" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

        /** When the frame was sent, then how long it waited; answers come in the order of the frames. */
        private final long[] waited;

        private int sent;
        private int answered;

        Sender(Target target, int index, int window, int frames, CountDownLatch done, AtomicLong refused) {
            super(refused);
            this.target = target;
            this.index = index;
            this.window = window;
            this.frames = frames;
            this.done = done;
            this.waited = new long[frames];
            this.cpim = "From: <sip:" + target.user() + ">\r\nTo: <wv:bob@imps.example.com>\r\n"
                    + "DateTime: 2026-11-21T10:00:00Z\r\n\r\nContent-Type: text/plain;charset=UTF-8\r\n\r\n"
                    + "0123456789".repeat(20);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            send(context, window);
        }

        @Override
        void answered(ChannelHandlerContext context, int responses) {
            long now = System.nanoTime();
            for (int i = 0; i < responses && answered < frames; i++, answered++) {
                waited[answered] = now - waited[answered];
            }
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
                waited[sent] = System.nanoTime();
            }
            context.writeAndFlush(out);
        }

        private String frame() {
            String id = "t" + index + "x" + sent;
            return "MSRP " + id + " SEND\r\nTo-Path: " + target.toPath() + "\r\nFrom-Path: " + target.fromPath()
                    + "\r\nMessage-ID: " + run + "." + index + "." + sent + "\r\nByte-Range: 1-" + cpim.length() + "/"
                    + cpim.length()
                    + "\r\nContent-Type: message/cpim\r\n\r\n" + cpim + "\r\n-------" + id + "$\r\n";
        }
    }
}
