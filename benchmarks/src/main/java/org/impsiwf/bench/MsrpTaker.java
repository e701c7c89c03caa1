package org.impsiwf.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The users' end of open sessions: binds each session to a connection and answers every SEND with 200. */
final class MsrpTaker implements AutoCloseable {

    private final List<Channel> channels = new ArrayList<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    private final EventLoopGroup loops;

    MsrpTaker(EventLoopGroup loops) {
        this.loops = loops;
    }

    /** Binds these sessions to one more connection. */
    void bind(List<MsrpLoad.Target> sessions) throws InterruptedException {
        CountDownLatch bound = new CountDownLatch(1);
        channels.add(new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new Taking(sessions, bound, refused, taken))
                .connect(InetAddress.getLoopbackAddress(), sessions.getFirst().port())
                .sync()
                .channel());
        if (!bound.await(60, TimeUnit.SECONDS) || refused.get() > 0) {
            throw new IllegalStateException("sessions could not be bound: " + refused.get() + " refused");
        }
    }

    /** SENDs answered so far. */
    long taken() {
        return taken.get();
    }

    @Override
    public void close() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
    }

    /** Sends one SEND without a body per session, the next when the last was answered; a 200 to each SEND that comes. */
    private static final class Taking extends MsrpLines {

        private final List<MsrpLoad.Target> sessions;
        private final CountDownLatch bound;
        private final AtomicLong refused;
        private final AtomicLong taken;
        private final StringBuilder answers = new StringBuilder();
        private int next;
        private boolean answered;
        private String send = "";
        private String toPath = "";
        private String fromPath = "";

        Taking(List<MsrpLoad.Target> sessions, CountDownLatch bound, AtomicLong refused, AtomicLong taken) {
            this.sessions = sessions;
            this.bound = bound;
            this.refused = refused;
            this.taken = taken;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            bindNext(context);
        }

        @Override
        void line(StringBuilder line) {
            if (starts(line, "MSRP ") && line.indexOf(" SEND") == line.length() - 5) {
                send = line.substring(5, line.length() - 5);
            } else if (starts(line, "MSRP ")) {
                answered = true;
                if (line.indexOf(" 200") < 0) {
                    refused.incrementAndGet();
                }
            } else if (starts(line, "To-Path: ")) {
                toPath = line.substring(9);
            } else if (starts(line, "From-Path: ")) {
                fromPath = line.substring(11);
            } else if (!send.isEmpty() && starts(line, "-------" + send)) {
                answer();
            }
        }

        private void answer() {
            answers.append("MSRP ")
                    .append(send)
                    .append(" 200 OK\r\nTo-Path: ")
                    .append(fromPath)
                    .append("\r\nFrom-Path: ")
                    .append(toPath)
                    .append("\r\n-------")
                    .append(send)
                    .append("$\r\n");
            send = "";
            taken.incrementAndGet();
        }

        @Override
        void linesRead(ChannelHandlerContext context) {
            if (!answers.isEmpty()) {
                context.writeAndFlush(Unpooled.copiedBuffer(answers, StandardCharsets.US_ASCII));
                answers.setLength(0);
            }
            if (answered) {
                answered = false;
                bindNext(context);
            }
        }

        private void bindNext(ChannelHandlerContext context) {
            if (next == sessions.size()) {
                bound.countDown();
                return;
            }
            MsrpLoad.Target session = sessions.get(next);
            String id = "b1nd" + next;
            String frame = "MSRP " + id + " SEND\r\nTo-Path: " + session.toPath() + "\r\nFrom-Path: "
                    + session.fromPath() + "\r\nMessage-ID: bind." + next + "\r\n-------" + id + "$\r\n";
            next++;
            context.writeAndFlush(Unpooled.copiedBuffer(frame, StandardCharsets.US_ASCII));
        }
    }
}
