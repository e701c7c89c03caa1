package org.impsiwf.ssp.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another address of a server: passes bytes both ways until it is cut off. */
final class Relay implements AutoCloseable {

    private final ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Relay(int to) throws IOException {
        Thread.ofVirtual().start(() -> accept(to));
    }

    int port() {
        return port.getLocalPort();
    }

    private void accept(int to) {
        try {
            while (true) {
                Socket from = port.accept();
                Socket onwards = new Socket(InetAddress.getLoopbackAddress(), to);
                sockets.add(from);
                sockets.add(onwards);
                Thread.ofVirtual().start(() -> pass(from, onwards));
                Thread.ofVirtual().start(() -> pass(onwards, from));
            }
        } catch (IOException closed) {
            assert port.isClosed() : closed;
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException broken) {
            assert from.isClosed() || to.isClosed() : broken;
        }
    }

    /** Nobody gets through any more. */
    void cut() throws IOException {
        port.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
