package org.impsiwf.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A connection of members of one group: binds their sessions, takes what is said, counts it, and says something. */
final class MemberConnection implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final String TEXT = "0123456789".repeat(20);

    private final List<MsrpLoad.Target> sessions;
    private final GroupTally tally;
    private final CountDownLatch bound;
    private final Channel channel;
    private final String cpim;
    private int said;
    private volatile String failure = "";

    /**
     * Connects, and binds each session with a SEND that has no body (RFC 4975 §5.4).
     *
     * @param group whom the first session's user speaks to, {@code sip:alice/adhoc-1@ims.example.com}
     */
    static MemberConnection open(EventLoopGroup loops, List<MsrpLoad.Target> sessions, String group, GroupTally tally)
            throws InterruptedException {
        MemberConnection connection = new MemberConnection(loops, sessions, group, tally);
        if (!connection.bound.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(connection.bound.getCount() + " sessions are not bound");
        }
        connection.check();
        return connection;
    }

    private MemberConnection(EventLoopGroup loops, List<MsrpLoad.Target> sessions, String group, GroupTally tally)
            throws InterruptedException {
        this.sessions = sessions;
        this.tally = tally;
        bound = new CountDownLatch(sessions.size());
        cpim = "From: <sip:" + sessions.getFirst().user() + ">\r\nTo: <" + group
                + ">\r\nDateTime: 2026-11-21T10:00:00Z\r\n\r\nContent-Type: text/plain;charset=UTF-8\r\n\r\n" + TEXT;
        channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new Frames())
                .connect(InetAddress.getLoopbackAddress(), sessions.getFirst().port())
                .sync()
                .channel();
    }

    List<MsrpLoad.Target> sessions() {
        return sessions;
    }

    /** @throws IllegalStateException when anything was refused */
    void check() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
    }

    /** The first session's user says something to all; from any thread. */
    void say() {
        channel.eventLoop().execute(() -> {
            String id = "say" + said;
            channel.writeAndFlush(send(
                    channel.alloc(),
                    id,
                    sessions.getFirst(),
                    "Message-ID: " + sessions.getFirst().user() + "." + said++ + "\r\nByte-Range: 1-" + cpim.length()
                            + "/" + cpim.length() + "\r\nContent-Type: message/cpim\r\n\r\n" + cpim + "\r\n"));
        });
    }

    private static ByteBuf send(ByteBufAllocator memory, String id, MsrpLoad.Target session, String rest) {
        String frame = "MSRP " + id + " SEND\r\nTo-Path: " + session.toPath() + "\r\nFrom-Path: " + session.fromPath()
                + "\r\n" + rest + "-------" + id + "$\r\n";
        ByteBuf out = memory.buffer(frame.length());
        out.writeCharSequence(frame, StandardCharsets.US_ASCII);
        return out;
    }

    private final class Frames extends MsrpFrames {

        private ByteBuf answers;
        private int taken;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            for (int i = 0; i < sessions.size(); i++) {
                context.write(send(context.alloc(), "bind" + i, sessions.get(i), "Message-ID: bind." + i + "\r\n"));
            }
            context.flush();
        }

        @Override
        void frame(ChannelHandlerContext context, Frame frame) {
            if (!frame.isSend()) {
                bound.countDown();
                if (!frame.isSuccess()) {
                    failure =
                            frame.bytes().toString(frame.start(), frame.end() - frame.start(), StandardCharsets.UTF_8);
                }
                return;
            }
            if (answers == null) {
                answers = context.alloc().buffer();
            }
            frame.answer(answers);
            taken += frame.hasBody() ? 1 : 0;
        }

        @Override
        void framesRead(ChannelHandlerContext context) {
            if (answers != null) {
                context.writeAndFlush(answers);
                answers = null;
            }
            int arrived = taken;
            taken = 0;
            if (arrived > 0) {
                tally.arrived(arrived);
            }
        }
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }
}
