package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.impsiwf.msrp.codec.FrameDecoder;
import org.impsiwf.msrp.codec.FrameEncoder;
import org.impsiwf.msrp.codec.FrameLimits;
import org.impsiwf.msrp.message.MsrpFrame;

/** A far end that does what the test wants, right or wrong. Lines are written with LF and become CRLF. */
final class RawPeer implements AutoCloseable {
    private final Socket socket;
    private final FrameDecoder decoder;
    private final ByteBuf in = Unpooled.buffer();

    RawPeer(Socket socket) {
        this(socket, FrameLimits.DEFAULT.portionBytes());
    }

    /** @param portionBytes chunks up to that size are read whole */
    RawPeer(Socket socket, int portionBytes) {
        this.socket = socket;
        this.decoder = new FrameDecoder(new FrameLimits(16_384, 64, portionBytes, 10_240));
        try {
            socket.setSoTimeout((int) Events.LONG_ENOUGH.toMillis());
            socket.setTcpNoDelay(true);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static RawPeer to(Node node) {
        try {
            return new RawPeer(new Socket(
                    InetAddress.getLoopbackAddress(),
                    node.endpoint.advertised().getFirst().port()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static RawPeer acceptedBy(ServerSocket server) {
        try {
            server.setSoTimeout((int) Events.LONG_ENOUGH.toMillis());
            return new RawPeer(server.accept());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    void send(String frame) {
        sendOctets(frame.replace("\n", "\r\n").getBytes(UTF_8));
    }

    void sendFrame(MsrpFrame frame) {
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(frame, out);
        sendOctets(ByteBufUtil.getBytes(out));
    }

    synchronized void sendOctets(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    MsrpFrame next() {
        return poll().orElseThrow(() -> new AssertionError("the connection was closed"));
    }

    <T extends MsrpFrame> T next(Class<T> type) {
        MsrpFrame frame = next();
        assertThat(frame).isInstanceOf(type);
        return type.cast(frame);
    }

    /** Nothing if the connection is closed. */
    Optional<MsrpFrame> poll() {
        byte[] octets = new byte[65_536];
        try {
            while (true) {
                Optional<MsrpFrame> frame = decoder.next(in);
                if (frame.isPresent()) {
                    return frame;
                }
                int read = socket.getInputStream().read(octets);
                if (read < 0) {
                    return Optional.empty();
                }
                in.writeBytes(octets, 0, read);
            }
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("nothing came", silent);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    void respond(MsrpFrame.Request request, int status) {
        send("MSRP %s %d\nTo-Path: %s\nFrom-Path: %s\n-------%s$\n"
                .formatted(
                        request.transactionId(),
                        status,
                        request.fromPath().first(),
                        request.toPath().first(),
                        request.transactionId()));
    }

    void awaitClosed() {
        Optional<MsrpFrame> frame = poll();
        while (frame.isPresent()) {
            frame = poll();
        }
    }

    @Override
    public void close() {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
