package org.impsiwf.sip.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A TCP connection without Nagle's delay, under the eye of {@link OpenConnections}. */
final class WatchedSocket extends Socket {

    private final OpenConnections connections;
    private final ConnectionWatch watch =
            new ConnectionWatch(super::close, this::getRemoteSocketAddress, this::getLocalSocketAddress);

    WatchedSocket(OpenConnections connections) {
        this.connections = connections;
    }

    /** Connects within the limit, or throws. */
    void connect(InetSocketAddress peer, SipLimits limits) throws IOException {
        if (!connections.admit(watch)) {
            throw new IOException("too many connections");
        }
        try {
            connect(peer, (int) limits.connectTimeout().toMillis());
            setTcpNoDelay(true); // responses back to back would wait for the peer's delayed ACK
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Counts an accepted connection in; false when it has to go. */
    boolean accepted() throws IOException {
        setTcpNoDelay(true);
        return connections.admit(watch);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return watch.watched(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return watch.watched(super.getOutputStream());
    }

    @Override
    public synchronized void close() throws IOException {
        connections.remove(watch);
        super.close();
    }
}
