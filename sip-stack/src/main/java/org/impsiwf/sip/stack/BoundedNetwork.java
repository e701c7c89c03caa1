package org.impsiwf.sip.stack;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.impsiwf.sip.resolve.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one stack: every connect and handshake ends, Nagle is off on both sides, and all connections are counted.
 * Any thread.
 */
final class BoundedNetwork implements NetworkLayer {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedNetwork.class);

    private final SipLimits limits;
    private final OpenConnections connections;
    private final Optional<SSLContext> tls;

    /** Sockets bound ahead, so that port 0 means any free port: JAIN-SIP wants to know the number first. */
    private final Map<Bound, Closeable> bound = new ConcurrentHashMap<>();

    /** Names whom the connection that this thread makes must reach (RFC 5922 §7.3). */
    private final ThreadLocal<String> expectedName = new ThreadLocal<>();

    BoundedNetwork(SipLimits limits, OpenConnections connections, Optional<SSLContext> tls) {
        this.limits = limits;
        this.connections = connections;
        this.tls = tls;
    }

    /** Binds a listening socket ahead of JAIN-SIP and returns its port. */
    int bind(Transport transport, InetAddress address, int port) throws IOException {
        return switch (transport) {
            case UDP -> {
                var socket = new DatagramSocket(port, address);
                yield keep(socket.getLocalPort(), address, socket);
            }
            case TCP -> {
                var socket = new WatchedServerSocket(port, address, connections);
                yield keep(socket.getLocalPort(), address, socket);
            }
            case TLS -> {
                var socket = new TlsServerSocket(context(), port, address, connections, limits);
                yield keep(socket.getLocalPort(), address, socket);
            }
        };
    }

    private record Bound(Class<?> type, InetSocketAddress address) {}

    private int keep(int port, InetAddress address, Closeable socket) {
        bound.put(new Bound(socket.getClass(), new InetSocketAddress(address, port)), socket);
        return port;
    }

    private <S> S take(int port, InetAddress address, Class<S> type) throws SocketException {
        Object socket = bound.remove(new Bound(type, new InetSocketAddress(address, port)));
        if (socket == null) {
            throw new SocketException("not bound ahead: " + address + ":" + port);
        }
        return type.cast(socket);
    }

    /** Gives back what was bound and never taken: a start that failed half-way. */
    void close() {
        for (Closeable socket : bound.values()) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a listening socket did not close cleanly", e);
            }
        }
        bound.clear();
    }

    private SSLContext context() throws IOException {
        return tls.orElseThrow(() -> new IOException("TLS is not configured"));
    }

    /** Runs {@code connecting} with the name that a certificate has to show if it makes a TLS connection. */
    <E extends Exception> void expecting(String name, Connecting<E> connecting) throws E {
        expectedName.set(name);
        try {
            connecting.run();
        } finally {
            expectedName.remove();
        }
    }

    /** What may open a connection. */
    @FunctionalInterface
    interface Connecting<E extends Exception> {
        void run() throws E;
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return take(port, address, WatchedServerSocket.class);
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return take(port, address, TlsServerSocket.class);
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        return take(port, address, DatagramSocket.class);
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return new DatagramSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        var socket = new WatchedSocket(connections);
        socket.connect(new InetSocketAddress(address, port), limits);
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local) throws IOException {
        return createSocket(address, port, local, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        var socket = new WatchedSocket(connections);
        if (local != null && !local.isAnyLocalAddress()) {
            socket.bind(new InetSocketAddress(local, localPort));
        }
        socket.connect(new InetSocketAddress(address, port), limits);
        return socket;
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        return createSSLSocket(address, port, null);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress local) throws IOException {
        Socket plain = createSocket(address, port, local);
        return TlsSocket.client(context(), plain, Optional.ofNullable(expectedName.get()), limits);
    }

    @Override
    public void setSipStack(SipStackImpl stack) {
        // nothing of the stack is needed here
    }
}
