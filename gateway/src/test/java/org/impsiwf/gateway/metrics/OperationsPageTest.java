package org.impsiwf.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.impsiwf.gateway.admin.PeerView;
import org.junit.jupiter.api.Test;

/** The page of operations names the metrics that there are. */
class OperationsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("iwf.root")).resolve("docs/operations.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:iwf|jvm|process)_[a-z_]+)` \\|");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)[{ ]");

    private static Set<String> documented() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every meter once. */
    private static Set<String> scraped() {
        try (var metrics = new GatewayMetrics()) {
            metrics.sip("request", "MESSAGE");
            metrics.msrp("message-accepted", "");
            metrics.ssp("request-sent", "");
            metrics.noted("late-event");
            metrics.message(
                    GatewayMetrics.Direction.SIP_TO_IMPS, GatewayMetrics.Outcome.ACCEPTED, Duration.ofMillis(1));
            metrics.gauge("iwf.conversations", "", () -> 0);
            metrics.gauge("iwf.mailboxes.busy", "", () -> 0);
            metrics.gauge("iwf.cluster.seats", "", () -> 0);
            metrics.gauge("iwf.cluster.members", "", () -> 0);
            metrics.gauge("iwf.cluster.in.touch", "", () -> 0);
            metrics.takenOver();
            metrics.gauge("iwf.groups", "", () -> 0);
            metrics.gauge("iwf.group.members", "", () -> 0);
            metrics.gauge("iwf.group.deliveries", "", () -> 0);
            metrics.store("conversations", () -> 0);
            String page = metrics.scrape(List.of(
                    new PeerView.Peer("wv:@a", "", "", PeerView.State.UP, Instant.EPOCH, 0, 0, Optional.empty())));
            return SAMPLE.matcher(page)
                    .results()
                    .map(sample -> sample.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** A histogram's samples go by its name and an ending. */
    private static String meter(String sample) {
        return sample.replaceFirst("_(bucket|count|sum|max)$", "");
    }

    @Test
    void everyDocumentedMetricExists() throws IOException {
        Set<String> meters = scraped().stream().map(OperationsPageTest::meter).collect(Collectors.toSet());
        // Absent until the first collection.
        meters.add("jvm_gc_pause_seconds");

        assertThat(documented()).hasSizeGreaterThan(10).isSubsetOf(meters);
    }

    @Test
    void everyMetricOfOursIsDocumented() throws IOException {
        assertThat(scraped().stream().map(OperationsPageTest::meter).filter(name -> name.startsWith("iwf_")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(documented()).contains(name));
    }
}
