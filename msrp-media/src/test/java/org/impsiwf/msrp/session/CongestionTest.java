package org.impsiwf.msrp.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 7701 §6.4: congestion avoidance")
class CongestionTest {

    private final Congestion congestion = new Congestion(10, 1000);

    @Test
    void marksAMemberAtFourFifthsOfTheMessages() {
        assertThat(congestion.admits(7, 0, 1)).isTrue();
        assertThat(congestion.admits(8, 0, 1)).isFalse();
        assertThat(congestion.isCongested()).isTrue();
    }

    @Test
    void marksAMemberAtFourFifthsOfTheBytes() {
        assertThat(congestion.admits(1, 700, 100)).isTrue();
        assertThat(congestion.admits(1, 701, 100)).isFalse();
    }

    @Test
    void leavesTheMarkUntilHalfHasGone() {
        congestion.admits(8, 0, 1);
        assertThat(congestion.admits(5, 0, 1)).isFalse();
        assertThat(congestion.admits(4, 0, 1)).isTrue();
        assertThat(congestion.admits(7, 0, 1)).isTrue();
    }

    @Test
    void letsOneMessageAloneBeAsLargeAsItIs() {
        assertThat(congestion.admits(0, 0, 100_000)).isTrue();
        assertThat(congestion.admits(1, 100_000, 1)).isFalse();
        assertThat(congestion.admits(0, 0, 1)).isTrue();
    }
}
