package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.sip.stack.MergedRequests.Arrival.MERGED;
import static org.impsiwf.sip.stack.MergedRequests.Arrival.NEW;
import static org.impsiwf.sip.stack.MergedRequests.Arrival.REPEATED;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MergedRequestsTest {

    @Test
    void knowsARequestForATransactionsLifetimeAndThenForgetsIt_RFC3261_8_2_2_2() {
        var now = new AtomicReference<>(Instant.EPOCH);
        var merged = new MergedRequests(now::get);
        assertThat(merged.arrived("c", "f", 1, "MESSAGE", "b1")).isEqualTo(NEW);
        assertThat(merged.arrived("c", "f", 2, "MESSAGE", "b1")).isEqualTo(NEW);
        now.set(Instant.EPOCH.plusSeconds(31));
        assertThat(merged.arrived("c", "f", 1, "MESSAGE", "b1")).isEqualTo(REPEATED);
        now.set(Instant.EPOCH.plusSeconds(33));
        assertThat(merged.arrived("c", "f", 1, "MESSAGE", "b2")).isEqualTo(MERGED);
        now.set(Instant.EPOCH.plusSeconds(66));
        assertThat(merged.arrived("c", "f", 1, "MESSAGE", "b2")).isEqualTo(NEW);
    }
}
