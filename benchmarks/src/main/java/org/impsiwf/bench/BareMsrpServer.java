package org.impsiwf.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The ceiling for MSRP: finds the end of each frame and answers 200, and does nothing else. */
final class BareMsrpServer implements AutoCloseable {

    private final Channel listener;

    BareMsrpServer(EventLoopGroup loops) throws InterruptedException {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Framing());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
    }

    private static final class Framing extends ChannelInboundHandlerAdapter {

        private static final byte[] HEAD = "MSRP ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] STATUS = (" 200 OK\r\nTo-Path: msrp://127.0.0.1:2855/a;tcp\r\n"
                        + "From-Path: msrp://127.0.0.1:2855/b;tcp\r\n-------")
                .getBytes(StandardCharsets.US_ASCII);
        private static final byte[] END = "$\r\n".getBytes(StandardCharsets.US_ASCII);

        private ByteBuf pending;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (pending == null) {
                pending = bytes;
            } else {
                pending.writeBytes(bytes);
                bytes.release();
            }
            while (frame(context)) {
                // each turn takes one frame off the front
            }
            if (pending.isReadable()) {
                ByteBuf rest = context.alloc().buffer(64 * 1024).writeBytes(pending);
                pending.release();
                pending = rest;
            } else {
                pending.release();
                pending = null;
            }
        }

        private boolean frame(ChannelHandlerContext context) {
            int start = pending.readerIndex();
            int idStart = start + HEAD.length;
            int idEnd = pending.indexOf(idStart, pending.writerIndex(), (byte) ' ');
            if (idEnd < 0) {
                return false;
            }
            int end = endLine(idStart, idEnd - idStart);
            if (end < 0) {
                return false;
            }
            ByteBuf answer = context.alloc().buffer(160);
            answer.writeBytes(HEAD).writeBytes(pending, idStart, idEnd - idStart);
            answer.writeBytes(STATUS)
                    .writeBytes(pending, idStart, idEnd - idStart)
                    .writeBytes(END);
            context.write(answer);
            pending.readerIndex(end);
            return true;
        }

        /** The index after the end-line that carries the transaction id, or -1. */
        private int endLine(int idStart, int idLength) {
            int from = idStart + idLength;
            while (true) {
                int dollar = pending.indexOf(from, pending.writerIndex(), (byte) '$');
                if (dollar < 0 || dollar + 3 > pending.writerIndex()) {
                    return -1;
                }
                if (sameId(dollar - idLength, idStart, idLength)) {
                    return dollar + 3;
                }
                from = dollar + 1;
            }
        }

        private boolean sameId(int at, int idStart, int idLength) {
            for (int i = 0; i < idLength; i++) {
                if (pending.getByte(at + i) != pending.getByte(idStart + i)) {
                    return false;
                }
            }
            return pending.getByte(at - 1) == '-';
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (pending != null) {
                pending.release();
                pending = null;
            }
        }
    }
}
