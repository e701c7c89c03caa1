package org.impsiwf.testkit.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIP over TCP or TLS: listens, and keeps one connection of its own to each address that it sends to. */
final class StreamWire implements SipWire {
    private static final Logger LOG = LoggerFactory.getLogger(StreamWire.class);
    private static final int CONNECT_MILLIS = 5_000;

    private final ServerSocket listener;
    private final Optional<SSLContext> tls;
    private final Arrivals arrivals;
    private final Map<InetSocketAddress, Socket> dialled = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    StreamWire(InetAddress address, Optional<SSLContext> tls, Arrivals arrivals) throws IOException {
        this.tls = tls;
        this.arrivals = arrivals;
        listener = tls.isPresent()
                ? tls.get().getServerSocketFactory().createServerSocket(0, 50, address)
                : new ServerSocket(0, 50, address);
        Thread.ofVirtual().name("testkit-accept").start(this::accept);
    }

    @Override
    public void send(byte[] bytes, InetSocketAddress to) throws IOException {
        Socket socket = dialled.get(to);
        if (socket == null || socket.isClosed()) {
            socket = dial(to);
            dialled.put(to, socket);
            read(socket);
        }
        write(socket, bytes);
    }

    /** Closes the connection that we opened to that address, as a client does that vanishes. */
    void hangUp(InetSocketAddress to) {
        Socket socket = dialled.remove(to);
        if (socket != null) {
            closeQuietly(socket);
        }
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("listener: {}", e.toString());
        }
        open.forEach(StreamWire::closeQuietly);
    }

    private Socket dial(InetSocketAddress to) throws IOException {
        Socket plain = new Socket();
        plain.setTcpNoDelay(true);
        plain.connect(to, CONNECT_MILLIS);
        if (tls.isEmpty()) {
            return plain;
        }
        return tls.get().getSocketFactory().createSocket(plain, to.getHostString(), to.getPort(), true);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                read(socket);
            } catch (IOException e) {
                LOG.debug("accept: {}", e.toString());
            }
        }
    }

    private void read(Socket socket) {
        open.add(socket);
        Thread.ofVirtual().name("testkit-read").start(() -> {
            try (socket) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                while (true) {
                    arrivals.arrived(nextMessage(in), bytes -> write(socket, bytes));
                }
            } catch (IOException e) {
                LOG.debug("connection ended: {}", e.toString());
            } finally {
                open.remove(socket);
            }
        });
    }

    /** RFC 3261 §18.3: a header up to its empty line, then as many octets as Content-Length says. */
    private static byte[] nextMessage(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            if (message.size() == 0 && (next == '\r' || next == '\n')) {
                continue; // keep-alive between messages
            }
            message.write(next);
            boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        int length = contentLength(message.toString(ISO_8859_1));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("body cut short");
        }
        message.writeBytes(body);
        return message.toByteArray();
    }

    private static int contentLength(String header) {
        for (String line : header.split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT).replace(" ", "");
            if (lower.startsWith("content-length:") || lower.startsWith("l:")) {
                return Integer.parseInt(lower.substring(lower.indexOf(':') + 1));
            }
        }
        return 0;
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        synchronized (socket) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("close: {}", e.toString());
        }
    }
}
