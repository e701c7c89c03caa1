package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.admin.PeerView;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.junit.jupiter.api.Test;

class SspPeersTest {

    @Test
    void aPeerAddedAtRunTimeIsShownWithoutWhatOnlyTheConfigurationSays() {
        ServiceId added = new ServiceId("wv:added.example.org");
        Instant since = Instant.parse("2026-01-01T00:00:00Z");
        PeerSnapshot snapshot =
                new PeerSnapshot(added, PeerSnapshot.State.UP, since, 1, 2, 3, 0, Optional.of("refused once"));

        SspPeers peers =
                new SspPeers(() -> List.of(snapshot), Config.gatewayDefaults().ssp());

        assertThat(peers.peers())
                .containsExactly(new PeerView.Peer(
                        added.value(), "-", "-", PeerView.State.UP, since, 3, 3, Optional.of("refused once")));
    }

    @Test
    void aPeerThatSeveralNodesShareIsShownWithTheNodeThatHoldsIt() {
        PeerSnapshot snapshot = new PeerSnapshot(
                new ServiceId("wv:@shared.example"),
                PeerSnapshot.State.UP,
                Instant.EPOCH,
                1,
                2,
                3,
                0,
                Optional.empty(),
                List.of(),
                Optional.of("n1"));

        SspPeers peers =
                new SspPeers(() -> List.of(snapshot), Config.gatewayDefaults().ssp());

        assertThat(peers.peers()).extracting(PeerView.Peer::holder).containsExactly(Optional.of("n1"));
    }
}
