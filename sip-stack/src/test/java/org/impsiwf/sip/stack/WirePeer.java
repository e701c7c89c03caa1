package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.impsiwf.sip.resolve.Transport;

/** A peer of one socket that sends text and collects what comes. */
final class WirePeer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final Transport transport;
    private final BlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();
    private final InetAddress address;
    private DatagramSocket datagrams;
    private ServerSocket listener;
    private volatile Socket connection;
    private InetSocketAddress gateway;

    private WirePeer(Transport transport, InetAddress address) {
        this.transport = transport;
        this.address = address;
    }

    static WirePeer udp(ListenOn gateway) {
        try {
            var peer = new WirePeer(Transport.UDP, InetAddress.getByName(gateway.host()));
            peer.gateway = new InetSocketAddress(peer.address, gateway.port());
            peer.datagrams = new DatagramSocket(0, peer.address);
            Thread.ofVirtual().start(peer::readDatagrams);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection of the peer's making. */
    static WirePeer tcp(ListenOn gateway) {
        try {
            InetAddress address = InetAddress.getByName(gateway.host());
            return over(new Socket(address, gateway.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WirePeer over(Socket socket) {
        return over(Transport.TCP, socket);
    }

    static WirePeer overTls(Socket socket) {
        return over(Transport.TLS, socket);
    }

    private static WirePeer over(Transport transport, Socket socket) {
        var peer = new WirePeer(transport, socket.getLocalAddress());
        peer.connection = socket;
        Thread.ofVirtual().start(() -> peer.read(socket));
        return peer;
    }

    /** Listens for a connection of the gateway's making. */
    static WirePeer tcpListening(String host) {
        return listening(Transport.TCP, ServerSocketFactory.getDefault(), host);
    }

    static WirePeer tlsListening(String host, SSLContext keys) {
        return listening(Transport.TLS, keys.getServerSocketFactory(), host);
    }

    private static WirePeer listening(Transport transport, ServerSocketFactory sockets, String host) {
        try {
            var peer = new WirePeer(transport, InetAddress.getByName(host));
            peer.listener = sockets.createServerSocket(0, 50, peer.address);
            Thread.ofVirtual().start(peer::accept);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connection = socket;
                Thread.ofVirtual().start(() -> read(socket));
            }
        } catch (IOException e) {
            assertThat(listener.isClosed()).isTrue();
        }
    }

    private void readDatagrams() {
        byte[] buffer = new byte[65_535];
        try {
            while (true) {
                var packet = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(packet);
                received.add(RawMessage.of(Arrays.copyOf(buffer, packet.getLength())));
            }
        } catch (IOException e) {
            assertThat(datagrams.isClosed()).isTrue();
        }
    }

    private void read(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            for (RawMessage next = frame(in); next != null; next = frame(in)) {
                received.add(next);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull(); // either side closed
        }
    }

    private static RawMessage frame(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            boolean pong = head.size() == 0 && (next == '\r' || next == '\n'); // RFC 5626 §4.4.1
            if (!pong) {
                head.write(next);
            }
        }
        RawMessage message = RawMessage.of(head.toByteArray());
        String length = message.header("Content-Length");
        head.write(in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)));
        return RawMessage.of(head.toByteArray());
    }

    int port() {
        if (datagrams != null) {
            return datagrams.getLocalPort();
        }
        return listener != null ? listener.getLocalPort() : connection.getLocalPort();
    }

    String host() {
        String host = address.getHostAddress();
        int zone = host.indexOf('%');
        String literal = zone < 0 ? host : host.substring(0, zone);
        return literal.indexOf(':') >= 0 ? "[" + literal.replaceFirst("(^|:)(0:)+", "::") + "]" : literal;
    }

    String hostPort() {
        return host() + ":" + port();
    }

    String transportName() {
        return transport.name();
    }

    void send(String text) {
        sendBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void sendBytes(byte[] bytes) {
        try {
            if (datagrams != null) {
                datagrams.send(new DatagramPacket(bytes, bytes.length, gateway));
            } else {
                connection.getOutputStream().write(bytes);
                connection.getOutputStream().flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message that is of interest; others are dropped. */
    RawMessage await(Predicate<RawMessage> wanted) {
        var passed = new StringBuilder();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (System.nanoTime() < end) {
                RawMessage next = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                if (wanted.test(next)) {
                    return next;
                }
                passed.append("\n  ").append(next.startLine());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("not received in time; received instead:" + passed);
    }

    RawMessage awaitRequest(String method) {
        return await(message -> message.isRequest(method));
    }

    RawMessage awaitFinal(String method) {
        return await(message -> message.isResponseTo(method) && message.status() >= 200);
    }

    boolean isQuiet() {
        return received.isEmpty();
    }

    Socket connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            if (datagrams != null) {
                datagrams.close();
            }
            if (listener != null) {
                listener.close();
            }
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
