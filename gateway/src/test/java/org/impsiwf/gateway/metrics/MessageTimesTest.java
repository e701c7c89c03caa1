package org.impsiwf.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageTimesTest {

    private final VirtualTime time = new VirtualTime();
    private final GatewayMetrics metrics = new GatewayMetrics();
    private final MessageTimes times = new MessageTimes(metrics, time);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void measuresFromArrivalToTheFirstAnswer() {
        times.arrived(GatewayMetrics.Direction.IMPS_TO_SIP, "t1");
        time.advance(Duration.ofMillis(250));
        times.answered("t1", GatewayMetrics.Outcome.REFUSED);
        times.answered("t1", GatewayMetrics.Outcome.ACCEPTED);
        times.answered("never seen", GatewayMetrics.Outcome.ACCEPTED);

        assertThat(metrics.scrape(List.of()))
                .contains("iwf_message_seconds_sum{direction=\"imps-to-sip\",outcome=\"refused\"} 0.25")
                .doesNotContain("outcome=\"accepted\"");
    }

    @Test
    void forgetsTheOldestOfTooManyThatNobodyAnswers() {
        for (int i = 0; i < 60_000; i++) {
            times.arrived(GatewayMetrics.Direction.SIP_TO_IMPS, "t" + i);
        }
        times.answered("t0", GatewayMetrics.Outcome.ACCEPTED);
        times.answered("t59999", GatewayMetrics.Outcome.ACCEPTED);

        assertThat(metrics.scrape(List.of()))
                .contains("iwf_message_seconds_count{direction=\"sip-to-imps\",outcome=\"accepted\"} 1");
    }
}
