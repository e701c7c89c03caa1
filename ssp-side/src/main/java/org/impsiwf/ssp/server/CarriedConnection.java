package org.impsiwf.ssp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.impsiwf.ssp.transport.IncomingConnection;

/** A connection that another node has accepted, and hands us the messages of. */
final class CarriedConnection implements IncomingConnection {

    private final String node;
    private final String id;
    private final Optional<InetAddress> host;
    private final InetSocketAddress local;
    private final Optional<String> certifiedName;
    private final Runnable closing;
    private Runnable onClose = () -> {};
    private boolean gone;

    /** @param closing has the other node close it */
    CarriedConnection(
            String node,
            String id,
            Optional<InetAddress> host,
            InetSocketAddress local,
            Optional<String> certifiedName,
            Runnable closing) {
        this.node = node;
        this.id = id;
        this.host = host;
        this.local = local;
        this.certifiedName = certifiedName;
        this.closing = closing;
    }

    String node() {
        return node;
    }

    @Override
    public String id() {
        return node + "/" + id;
    }

    @Override
    public String remote() {
        return host.map(InetAddress::getHostAddress).orElse("unknown") + " over node " + node;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public Optional<InetAddress> host() {
        return host;
    }

    @Override
    public Optional<String> certifiedName() {
        return certifiedName;
    }

    @Override
    public void onClose(Runnable action) {
        synchronized (this) {
            onClose = action;
            if (!gone) {
                return;
            }
        }
        action.run();
    }

    /** It has closed, or the node is gone. */
    void closed() {
        Runnable action;
        synchronized (this) {
            gone = true;
            action = onClose;
        }
        action.run();
    }

    @Override
    public void close() {
        closing.run();
    }

    @Override
    public String toString() {
        return id() + " from " + remote();
    }
}
