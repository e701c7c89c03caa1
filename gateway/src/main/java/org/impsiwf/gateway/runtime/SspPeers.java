package org.impsiwf.gateway.runtime;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.impsiwf.gateway.admin.PeerView;
import org.impsiwf.gateway.config.PeerConfig;
import org.impsiwf.gateway.config.SspConfig;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.PeerSnapshot;

/** The peers of an SSP server as operators see them. */
public final class SspPeers implements PeerView {

    private final Supplier<List<PeerSnapshot>> snapshots;
    private final Supplier<SspConfig> config;

    /**
     * @param snapshots of the server's peers, taken anew for every look
     * @param config as it is now
     */
    public SspPeers(Supplier<List<PeerSnapshot>> snapshots, Supplier<SspConfig> config) {
        this.snapshots = snapshots;
        this.config = config;
    }

    /** Of peers that are configured once and for all. */
    public SspPeers(Supplier<List<PeerSnapshot>> snapshots, SspConfig config) {
        this(snapshots, () -> config);
    }

    @Override
    public List<Peer> peers() {
        Map<ServiceId, PeerConfig> configured = config.get().peers().stream()
                .collect(Collectors.toUnmodifiableMap(PeerConfig::serviceId, Function.identity()));
        return snapshots.get().stream().map(peer -> shown(peer, configured)).toList();
    }

    private static Peer shown(PeerSnapshot peer, Map<ServiceId, PeerConfig> configured) {
        // A peer added at run time is in no configuration.
        Optional<PeerConfig> config = Optional.ofNullable(configured.get(peer.serviceId()));
        return new Peer(
                peer.serviceId().value(),
                config.map(SspPeers::address).orElse("-"),
                config.map(known -> known.dialect().spelling()).orElse("-"),
                state(peer.state()),
                peer.since(),
                peer.outgoingConnections() + peer.incomingConnections(),
                peer.openRequests(),
                peer.lastError(),
                peer.holder());
    }

    private static String address(PeerConfig peer) {
        return peer.url().map(URI::toString).orElse("by DNS");
    }

    private static State state(PeerSnapshot.State state) {
        return switch (state) {
            case UP -> State.UP;
            case CONNECTING -> State.CONNECTING;
            case DOWN, LEAVING, CLOSED -> State.DOWN;
        };
    }
}
