package org.impsiwf.ssp.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A connection that somebody opened to us. It may close at any time without notice. */
public interface IncomingConnection {

    /** Unique in this process. */
    String id();

    /** Where it comes from, for log lines. */
    String remote();

    /** Where it came in. */
    InetSocketAddress local();

    /** The host that it comes from; empty when that cannot be told any more. */
    Optional<InetAddress> host();

    /** The subject of the certificate that the other side proved to own (mutual TLS). */
    Optional<String> certifiedName();

    /** What happens when it closes; replaces the previous wish. Runs on the thread that sees it close. */
    void onClose(Runnable action);

    /** Closes it after what was already answered has left. */
    void close();
}
