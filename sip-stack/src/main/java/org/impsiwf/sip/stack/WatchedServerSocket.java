package org.impsiwf.sip.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts {@link WatchedSocket}s; a failure of one accept (no descriptor left, say) is not the end of the listener. */
final class WatchedServerSocket extends ServerSocket {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedServerSocket.class);
    private static final int BACKLOG = 256;
    private static final long PAUSE_NANOS = 50_000_000;

    private final OpenConnections connections;

    WatchedServerSocket(int port, InetAddress address, OpenConnections connections) throws IOException {
        super(port, BACKLOG, address);
        this.connections = connections;
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            var socket = new WatchedSocket(connections);
            try {
                implAccept(socket);
                if (socket.accepted()) {
                    return socket;
                }
                LOG.warn("refuses a connection from {}: too many", socket.getRemoteSocketAddress());
                socket.close();
            } catch (IOException e) {
                if (isClosed()) {
                    throw e;
                }
                LOG.warn("could not accept a connection: {}", e.toString());
                close(socket);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (SocketException e) {
            LOG.debug("a connection never opened did not close", e);
        } catch (IOException e) {
            LOG.debug("a connection did not close cleanly", e);
        }
    }
}
