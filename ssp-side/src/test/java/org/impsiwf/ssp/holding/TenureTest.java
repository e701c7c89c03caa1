package org.impsiwf.ssp.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.holding.Tenure.Ruling;
import org.impsiwf.ssp.holding.Tenure.Standpoint;
import org.junit.jupiter.api.Test;

/** Who runs the session pair with a peer, as {@code a} sees it; {@code b} is alive, {@code c} is dead. */
class TenureTest {

    private static final Standpoint A = new Standpoint("a", Set.of("a", "b"), true, false);
    private static final Standpoint A_CUT_OFF = new Standpoint("a", Set.of("a", "b"), false, false);
    private static final Standpoint A_LEAVING = new Standpoint("a", Set.of("a", "b"), true, true);

    private static Ruling rule(String holder, Standpoint from) {
        return Tenure.rule(Optional.of(holder), from);
    }

    @Test
    void holdsWhatIsItsOwn() {
        assertThat(rule("a", A)).isEqualTo(new Ruling.Hold());
        assertThat(rule("a", A_LEAVING)).isEqualTo(new Ruling.Hold());
    }

    @Test
    void standsByALivingHolder() {
        assertThat(rule("b", A)).isEqualTo(new Ruling.StandBy("b"));
        assertThat(rule("b", A_LEAVING)).isEqualTo(new Ruling.StandBy("b"));
    }

    @Test
    void takesOverFromTheDeadAndWhatIsNobodys() {
        assertThat(rule("c", A)).isEqualTo(new Ruling.TakeOver());
        assertThat(rule(HeldPair.NOBODY, A)).isEqualTo(new Ruling.TakeOver());
        assertThat(Tenure.rule(Optional.empty(), A)).isEqualTo(new Ruling.TakeOver());
    }

    @Test
    void takesNothingWhenItLeaves() {
        assertThat(rule("c", A_LEAVING)).isEqualTo(new Ruling.Wait());
        assertThat(rule(HeldPair.NOBODY, A_LEAVING)).isEqualTo(new Ruling.Wait());
        assertThat(Tenure.rule(Optional.empty(), A_LEAVING)).isEqualTo(new Ruling.Wait());
    }

    @Test
    void believesNothingWhileItMayHaveBeenTakenForDead() {
        assertThat(rule("a", A_CUT_OFF)).isEqualTo(new Ruling.Wait());
        assertThat(rule("b", A_CUT_OFF)).isEqualTo(new Ruling.Wait());
        assertThat(rule("c", A_CUT_OFF)).isEqualTo(new Ruling.Wait());
    }
}
