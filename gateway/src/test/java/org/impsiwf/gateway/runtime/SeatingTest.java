package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.impsiwf.gateway.runtime.Seating.Known;
import org.impsiwf.gateway.runtime.Seating.Step;
import org.junit.jupiter.api.Test;

class SeatingTest {

    private static final Set<String> ALIVE = Set.of("self", "other");

    private static Step at(OptionalLong touch, Known known) {
        return new Seating("self", ALIVE::contains, touch).next(known);
    }

    private static Step found(String seat) {
        return at(OptionalLong.of(1), new Known.Found(Optional.of(seat)));
    }

    @Test
    void whatIsHeldIsDecidedFromMemoryWhileInTouch() {
        assertThat(at(OptionalLong.of(7), new Known.Held(7))).isEqualTo(new Step.Decide());
    }

    @Test
    void whatWasHeldBeforeThisNodeMayHaveBeenTakenForDeadIsLookedUp() {
        assertThat(at(OptionalLong.of(8), new Known.Held(7))).isEqualTo(new Step.LookUp());
        assertThat(at(OptionalLong.empty(), new Known.Held(7))).isEqualTo(new Step.LookUp());
    }

    @Test
    void whatIsNotKnownIsLookedUp() {
        assertThat(at(OptionalLong.of(1), new Known.Nothing())).isEqualTo(new Step.LookUp());
    }

    @Test
    void aSeatThatNobodyHasIsTaken() {
        assertThat(at(OptionalLong.of(1), new Known.Found(Optional.empty()))).isEqualTo(new Step.TakeSeat());
    }

    @Test
    void anOwnSeatIsResumed() {
        assertThat(found("self")).isEqualTo(new Step.Resume());
    }

    @Test
    void aLivingNodeDecidesForItself() {
        assertThat(found("other")).isEqualTo(new Step.HandOver("other"));
    }

    @Test
    void aSeatWhoseNodeIsGoneIsTakenOver() {
        assertThat(found("gone")).isEqualTo(new Step.TakeOver("gone"));
    }
}
