package org.impsiwf.ssp.transport;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.util.Optional;

/** Opens connections to one peer. */
public final class HttpTransport {

    private final HttpLimits limits;
    private final TransportCounters counters;
    private final SslContext tls;

    /** @param tlsSettings what we prove and whom we trust when the peer is spoken to with TLS; empty: anonymous, the JDK's authorities */
    public HttpTransport(HttpLimits limits, Optional<TlsSettings> tlsSettings, TransportCounters counters)
            throws IOException {
        this.limits = limits;
        this.counters = counters;
        tls = tlsSettings
                .orElse(new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), false))
                .forConnecting();
    }

    /** Starts to open a connection; everything else comes to the owner, on that loop. */
    public OutgoingConnection open(EventLoop loop, HostLocator.Host host, OutgoingConnection.Owner owner) {
        Target target =
                new Target(host.address(), host.name(), host.path(), host.tls() ? Optional.of(tls) : Optional.empty());
        return new OutgoingConnection(loop, target, limits, owner, counters);
    }
}
