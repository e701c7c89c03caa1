package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Limits;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.transport.HttpLimits;
import org.impsiwf.ssp.transport.TlsSettings;

/**
 * One SSP server.
 *
 * @param self our Service-ID
 * @param connectWith what we prove, and whom we trust, when a peer is spoken to with TLS
 * @param ioThreads event loops; one carries tens of thousands of messages a second, and more of them cost hops
 * @param acceptedContentTypes what we say we take (SSP 10.8.4); empty: anything
 * @param dnsTimeout for one look-up of a peer that has no registered address
 */
public record SspSettings(
        ServiceId self,
        List<Listen> listen,
        List<PeerSettings> peers,
        Optional<TlsSettings> connectWith,
        HttpLimits http,
        Limits xml,
        int ioThreads,
        List<String> acceptedContentTypes,
        Duration dnsTimeout) {

    public SspSettings {
        listen = List.copyOf(listen);
        peers = List.copyOf(peers);
        acceptedContentTypes = List.copyOf(acceptedContentTypes);
    }

    /** With the defaults for everything else. */
    public static SspSettings of(ServiceId self, List<Listen> listen, List<PeerSettings> peers) {
        return new SspSettings(
                self,
                listen,
                peers,
                Optional.empty(),
                HttpLimits.DEFAULT,
                Limits.DEFAULT,
                1,
                List.of(),
                Duration.ofSeconds(5));
    }

    public SspSettings withTls(TlsSettings connecting) {
        return new SspSettings(
                self, listen, peers, Optional.of(connecting), http, xml, ioThreads, acceptedContentTypes, dnsTimeout);
    }

    public SspSettings withPeers(List<PeerSettings> others) {
        return new SspSettings(
                self, listen, others, connectWith, http, xml, ioThreads, acceptedContentTypes, dnsTimeout);
    }

    public SspSettings withHttp(HttpLimits limits) {
        return new SspSettings(
                self, listen, peers, connectWith, limits, xml, ioThreads, acceptedContentTypes, dnsTimeout);
    }

    public SspSettings accepting(List<String> contentTypes) {
        return new SspSettings(self, listen, peers, connectWith, http, xml, ioThreads, contentTypes, dnsTimeout);
    }
}
