package org.impsiwf.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.admin.PeerView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {

    private final GatewayMetrics metrics = new GatewayMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    private static PeerView.Peer peer(PeerView.State state) {
        return new PeerView.Peer(
                "wv:@imps.example.com", "http://127.0.0.1/", "oma-1.3", state, Instant.EPOCH, 1, 7, Optional.empty());
    }

    private String page() {
        return metrics.scrape(List.of(peer(PeerView.State.UP)));
    }

    @Test
    void countsEventsByTheirDetail() {
        metrics.sip("response", "481");
        metrics.sip("response", "481");
        metrics.sip("response", "200");

        assertThat(page())
                .contains("iwf_sip_total{detail=\"481\",event=\"response\"} 2.0")
                .contains("iwf_sip_total{detail=\"200\",event=\"response\"} 1.0");
    }

    @Test
    void detailsFromTheNetworkCannotMakeMetersWithoutEnd() {
        for (int i = 0; i < 5_000; i++) {
            metrics.sip("request", "METHOD" + i);
        }
        metrics.sip("request", "x".repeat(1000));

        assertThat(page().lines().filter(line -> line.startsWith("iwf_sip_total")))
                .hasSizeLessThanOrEqualTo(101);
        assertThat(page()).contains("iwf_sip_total{detail=\"other\",event=\"request\"} 4901.0");
    }

    @Test
    void peersAreShownAsTheyAreWhenThePageIsFetched() {
        assertThat(metrics.scrape(List.of(peer(PeerView.State.DOWN))))
                .contains("iwf_peer_up{peer=\"wv:@imps.example.com\"} 0.0");
        assertThat(metrics.scrape(List.of(peer(PeerView.State.UP))))
                .contains("iwf_peer_up{peer=\"wv:@imps.example.com\"} 1.0")
                .contains("iwf_peer_waiting{peer=\"wv:@imps.example.com\"} 7.0");
        assertThat(metrics.scrape(List.of())).doesNotContain("iwf_peer_up{");
    }

    @Test
    void messagesAreMeasuredByDirectionAndOutcome() {
        metrics.message(GatewayMetrics.Direction.SIP_TO_IMPS, GatewayMetrics.Outcome.ACCEPTED, Duration.ofMillis(50));

        assertThat(page())
                .contains("iwf_message_seconds_count{direction=\"sip-to-imps\",outcome=\"accepted\"} 1")
                .contains("iwf_message_seconds_bucket{direction=\"sip-to-imps\",outcome=\"accepted\",le=\"0.1\"} 1")
                .contains("iwf_message_seconds_bucket{direction=\"sip-to-imps\",outcome=\"accepted\",le=\"0.01\"} 0");
    }

    @Test
    void jvmIsOnThePage() {
        assertThat(page())
                .contains("jvm_memory_used_bytes{")
                .contains("process_uptime_seconds")
                .contains("jvm_threads_live_threads");
    }
}
