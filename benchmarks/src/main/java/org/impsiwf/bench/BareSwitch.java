package org.impsiwf.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.impsiwf.gateway.log.LogSetup;

/**
 * The ceiling for a group, in a process of its own: each SEND goes out again as one SEND for every other connection of its group,
 * and as one POST for each IMPS domain, which POSTs its answer back, as SSP has it. Nothing is checked, kept or read.
 * Prints {@code ready}, ends when its standard input does.
 */
public final class BareSwitch {

    private final Map<String, List<Member>> groups = new ConcurrentHashMap<>();
    private final List<Channel> domains = new CopyOnWriteArrayList<>();
    private final Map<Integer, byte[]> documents = new ConcurrentHashMap<>();

    private BareSwitch() {}

    /** A member's connection, with what stands before a body that is sent to it. */
    private record Member(Channel channel, String head) {}

    /** Arguments: the port for MSRP, the one for POSTs, and the ports of the domains. */
    public static void main(String[] arguments) throws Exception {
        LogSetup.warningsOnly();
        BareSwitch bare = new BareSwitch();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        bare.listen(
                loops,
                Integer.parseInt(arguments[0]),
                channel -> channel.pipeline().addLast(bare.new FromMember()));
        bare.listen(
                loops,
                Integer.parseInt(arguments[1]),
                channel -> channel.pipeline()
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(64 * 1024), new Taken()));
        for (int i = 2; i < arguments.length; i++) {
            bare.domains.add(connect(loops, Integer.parseInt(arguments[i])));
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started us closes the pipe
        }
        System.exit(0);
    }

    /** What a connection that somebody opens is made of. */
    @FunctionalInterface
    private interface Pipeline {
        void fill(SocketChannel channel);
    }

    private void listen(EventLoopGroup loops, int port, Pipeline pipeline) throws InterruptedException {
        new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        pipeline.fill(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sync();
    }

    /** A connection for POSTs whose answers nobody looks at. */
    static Channel connect(EventLoopGroup loops, int port) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(), new HttpObjectAggregator(1024), new Ignored());
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
    }

    /** The path of a member of a group of so many; the switch knows the group by it. */
    static String path(int port, int members, int number) {
        return "msrp://127.0.0.1:" + port + "/" + members + "-" + number + ";tcp";
    }

    private static String groupOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('-'));
    }

    private final class FromMember extends MsrpFrames {

        private List<Member> group = List.of();

        @Override
        void frame(ChannelHandlerContext context, Frame frame) {
            if (!frame.isSend()) {
                return;
            }
            ByteBuf answer = context.alloc().buffer(256);
            frame.answer(answer);
            context.write(answer);
            if (frame.hasBody()) {
                distribute(context.channel(), frame.body());
            } else {
                bind(context.channel(), frame);
            }
        }

        private void bind(Channel channel, Frame frame) {
            group = groups.computeIfAbsent(groupOf(frame.toPath()), any -> new CopyOnWriteArrayList<>());
            group.add(new Member(
                    channel, " SEND\r\nTo-Path: " + frame.fromPath() + "\r\nFrom-Path: " + frame.toPath() + "\r\n"));
        }

        private void distribute(Channel from, ByteBuf body) {
            byte[] rest = new byte[body.readableBytes()];
            body.readBytes(rest);
            for (Member member : group) {
                if (!member.channel().equals(from)) {
                    member.channel().writeAndFlush(send(member, rest));
                }
            }
            for (Channel domain : domains) {
                domain.writeAndFlush(HttpLoad.post(document(group.size() / domains.size())));
            }
        }

        @Override
        void framesRead(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            group.removeIf(member -> member.channel().equals(context.channel()));
            super.channelInactive(context);
        }
    }

    private static ByteBuf send(Member member, byte[] body) {
        String id = Long.toString(System.nanoTime(), 36);
        ByteBuf out = member.channel().alloc().buffer(body.length + 400);
        out.writeBytes(MsrpFrames.BEGIN);
        out.writeCharSequence(id, StandardCharsets.US_ASCII);
        out.writeCharSequence(member.head(), StandardCharsets.US_ASCII);
        out.writeCharSequence(
                "Message-ID: " + id + "\r\nByte-Range: 1-" + body.length + "/" + body.length
                        + "\r\nContent-Type: message/cpim\r\n\r\n",
                StandardCharsets.US_ASCII);
        out.writeBytes(body);
        out.writeCharSequence("\r\n-------" + id + "$\r\n", StandardCharsets.US_ASCII);
        return out;
    }

    /** A SendMessageRequest to so many. */
    private byte[] document(int recipients) {
        return documents.computeIfAbsent(recipients, SspSamples::sendMessageTo);
    }

    private static final class Taken extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            context.writeAndFlush(HttpLoad.empty200());
        }
    }

    private static final class Ignored extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {}
    }

    /** A domain for the switch: takes each POST, POSTs an answer back, and tells how often. */
    static final class Domain implements AutoCloseable {

        private static final byte[] ANSWER = SspSamples.SEND_MESSAGE_RESPONSE;

        private final EventLoopGroup loops;
        private final Channel listener;
        private final int back;
        private final Runnable posted;
        private Channel toSwitch;

        /** @param back the port of the switch that the answers go to */
        Domain(EventLoopGroup loops, int back, Runnable posted) throws InterruptedException {
            this.loops = loops;
            this.back = back;
            this.posted = posted;
            listener = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(64 * 1024), new Posted());
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
        }

        int port() {
            return ((InetSocketAddress) listener.localAddress()).getPort();
        }

        void answersTo() throws InterruptedException {
            toSwitch = connect(loops, back);
        }

        private final class Posted extends SimpleChannelInboundHandler<FullHttpRequest> {
            @Override
            protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
                context.writeAndFlush(HttpLoad.empty200());
                toSwitch.writeAndFlush(HttpLoad.post(ANSWER));
                posted.run();
            }
        }

        @Override
        public void close() {
            listener.close().syncUninterruptibly();
            toSwitch.close().syncUninterruptibly();
        }
    }
}
