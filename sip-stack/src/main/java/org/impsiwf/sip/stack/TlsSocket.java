package org.impsiwf.sip.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Optional;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection whose handshake is over: JAIN-SIP starts handshakes where they would stop everybody else, so
 * {@link #startHandshake} has nothing left to do here.
 */
final class TlsSocket extends SSLSocket {

    private final SSLSocket tls;

    private TlsSocket(SSLSocket tls) {
        this.tls = tls;
    }

    /** Our handshake over a connection we made; the certificate has to name the peer where a name is known. */
    static TlsSocket client(SSLContext context, Socket plain, Optional<String> name, SipLimits limits)
            throws IOException {
        String host = name.orElse(plain.getInetAddress().getHostAddress());
        var tls = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        tls.setUseClientMode(true);
        if (name.isPresent()) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 5922 §7.3 wants the same check of the name
            tls.setSSLParameters(parameters);
        }
        return shaken(tls, limits);
    }

    /** The peer's handshake over a connection that we accepted; its certificate is looked at where it shows one. */
    static TlsSocket server(SSLContext context, Socket plain, SipLimits limits) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        tls.setUseClientMode(false);
        tls.setWantClientAuth(true);
        return shaken(tls, limits);
    }

    private static TlsSocket shaken(SSLSocket tls, SipLimits limits) throws IOException {
        try {
            tls.setSoTimeout((int) limits.handshakeTimeout().toMillis());
            tls.startHandshake();
            tls.setSoTimeout(0);
            return new TlsSocket(tls);
        } catch (IOException e) {
            tls.close();
            throw e;
        }
    }

    @Override
    public void startHandshake() {
        // done before anybody saw this socket
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return tls.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return tls.getOutputStream();
    }

    @Override
    public synchronized void close() throws IOException {
        tls.close();
    }

    @Override
    public boolean isClosed() {
        return tls.isClosed();
    }

    @Override
    public boolean isConnected() {
        return tls.isConnected();
    }

    @Override
    public boolean isBound() {
        return tls.isBound();
    }

    @Override
    public boolean isInputShutdown() {
        return tls.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return tls.isOutputShutdown();
    }

    @Override
    public InetAddress getInetAddress() {
        return tls.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return tls.getLocalAddress();
    }

    @Override
    public int getPort() {
        return tls.getPort();
    }

    @Override
    public int getLocalPort() {
        return tls.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return tls.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return tls.getLocalSocketAddress();
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return tls.getTcpNoDelay();
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        tls.setSoTimeout(millis);
    }

    @Override
    public SSLSession getSession() {
        return tls.getSession();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return tls.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        // the handshake is over
    }

    @Override
    public String[] getSupportedProtocols() {
        return tls.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return tls.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        // the handshake is over
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        // it would wait for something that is past
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        // none is kept
    }

    @Override
    public void setUseClientMode(boolean mode) {
        // the handshake is over
    }

    @Override
    public boolean getUseClientMode() {
        return tls.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        // the handshake is over
    }

    @Override
    public boolean getNeedClientAuth() {
        return tls.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        // the handshake is over
    }

    @Override
    public boolean getWantClientAuth() {
        return tls.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        // the handshake is over
    }

    @Override
    public boolean getEnableSessionCreation() {
        return tls.getEnableSessionCreation();
    }
}
