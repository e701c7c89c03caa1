package org.impsiwf.sip.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out TLS connections whose handshake is over. Each handshake has a virtual thread and an end of its own, so a peer that
 * connects and says nothing keeps nobody waiting.
 */
final class TlsServerSocket extends SSLServerSocket {

    private static final Logger LOG = LoggerFactory.getLogger(TlsServerSocket.class);

    private final SSLContext context;
    private final SipLimits limits;
    private final ServerSocket listener;
    private final BlockingQueue<Socket> shaken = new LinkedBlockingQueue<>();

    TlsServerSocket(SSLContext context, int port, InetAddress address, OpenConnections connections, SipLimits limits)
            throws IOException {
        this.context = context;
        this.limits = limits;
        this.listener = new WatchedServerSocket(port, address, connections);
        Thread.ofVirtual().name("sip-tls-accept").start(this::acceptAll);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket plain = listener.accept();
                Thread.ofVirtual().name("sip-tls-handshake").start(() -> shake(plain));
            } catch (IOException e) {
                LOG.debug("the TLS listener is closed", e);
            }
        }
    }

    private void shake(Socket plain) {
        try {
            Socket tls = TlsSocket.server(context, plain, limits);
            // Bounded by the number of connections; one that comes after the end is closed.
            shaken.add(tls);
            if (listener.isClosed()) {
                tls.close();
            }
        } catch (IOException e) {
            LOG.info("TLS handshake with {} failed: {}", plain.getRemoteSocketAddress(), e.toString());
        }
    }

    @Override
    public Socket accept() throws IOException {
        try {
            while (!listener.isClosed()) {
                Socket next = shaken.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketException("closed");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket left = shaken.poll(); left != null; left = shaken.poll()) {
            left.close();
        }
    }

    @Override
    public boolean isClosed() {
        return listener.isClosed();
    }

    @Override
    public boolean isBound() {
        return listener.isBound();
    }

    @Override
    public InetAddress getInetAddress() {
        return listener.getInetAddress();
    }

    @Override
    public int getLocalPort() {
        return listener.getLocalPort();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return context.getDefaultSSLParameters().getCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        // the context says which; JAIN-SIP would bring suites of 2006
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return context.getSupportedSSLParameters().getCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return context.getSupportedSSLParameters().getProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return context.getDefaultSSLParameters().getProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        // the context says which
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        // decided per handshake
    }

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {
        // decided per handshake
    }

    @Override
    public boolean getWantClientAuth() {
        return true;
    }

    @Override
    public void setUseClientMode(boolean mode) {
        // never
    }

    @Override
    public boolean getUseClientMode() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        // the context says
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
