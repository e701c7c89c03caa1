package org.impsiwf.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.admin.AdminServer;
import org.impsiwf.gateway.admin.AdminViews;
import org.impsiwf.gateway.admin.PeerView;
import org.impsiwf.gateway.admin.Phase;
import org.impsiwf.gateway.admin.SessionView;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.domain.ImpsDomain;
import org.impsiwf.gateway.domain.UserPages;
import org.impsiwf.gateway.metrics.GatewayMetrics;
import org.impsiwf.gateway.runtime.SspPeers;
import org.impsiwf.gateway.trace.TraceRecorder;

/** The admin pages of a domain: its health, its peers and its users; it has no conversations of its own. */
final class DomainAdmin implements AutoCloseable {

    private final GatewayMetrics metrics;
    private final AdminServer server;
    private volatile Phase phase = Phase.READY;

    private DomainAdmin(ImpsDomain domain, DomainConfig config, GatewayMetrics metrics) throws IOException {
        this.metrics = metrics;
        PeerView peers = new SspPeers(domain::peers, config.ssp());
        server = AdminServer.start(
                config.admin().listen().socketAddress(),
                new AdminViews(
                        () -> phase,
                        peers,
                        new NoSessions(),
                        new TraceRecorder(0, 1, Duration.ZERO, InstantSource.system()),
                        () -> metrics.scrape(peers.peers()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new UserPages(domain)),
                        Optional.empty()));
    }

    /** @param metrics what the domain counts; closed with this */
    static DomainAdmin start(ImpsDomain domain, DomainConfig config, GatewayMetrics metrics) throws IOException {
        return new DomainAdmin(domain, config, metrics);
    }

    InetSocketAddress address() {
        return server.address();
    }

    void draining() {
        phase = Phase.DRAINING;
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
    }

    private static final class NoSessions implements SessionView {
        @Override
        public long count() {
            return 0;
        }

        @Override
        public List<Session> sessions(int atMost) {
            return List.of();
        }
    }
}
