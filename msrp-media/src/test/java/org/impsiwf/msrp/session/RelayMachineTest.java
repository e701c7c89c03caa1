package org.impsiwf.msrp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.msrp.session.RelayEffect.BEGIN;
import static org.impsiwf.msrp.session.RelayEffect.BREAK_OFF;
import static org.impsiwf.msrp.session.RelayEffect.CONCLUDE;
import static org.impsiwf.msrp.session.RelayEffect.DROP_ALL;
import static org.impsiwf.msrp.session.RelayEffect.DROP_SLOW;
import static org.impsiwf.msrp.session.RelayEffect.PAUSE_SENDER;
import static org.impsiwf.msrp.session.RelayEffect.RESUME_SENDER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.impsiwf.msrp.session.RelayEvent.AllCame;
import org.impsiwf.msrp.session.RelayEvent.Answered;
import org.impsiwf.msrp.session.RelayEvent.Moved;
import org.impsiwf.msrp.session.RelayEvent.NobodyLeft;
import org.impsiwf.msrp.session.RelayEvent.Ordered;
import org.impsiwf.msrp.session.RelayEvent.SenderGone;
import org.impsiwf.msrp.session.RelayEvent.TimePassed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The life of a message that leaves to many while it comes in. */
class RelayMachineTest {
    private static final RelayLimits LIMITS = RelayLimits.of(64 * 1024, 100 << 20);
    private static final Moved FULL = new Moved(LIMITS.window(), false);
    private static final Moved FULL_AND_OTHERS_WAIT = new Moved(LIMITS.window(), true);
    private static final Moved LITTLE = new Moved(1000, true);

    private final RelayMachine machine = new RelayMachine(LIMITS);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private RelayState state = machine.begin(now);

    private List<RelayEffect> on(RelayEvent event) {
        RelayMachine.Decision decision = machine.decide(state, event, now);
        state = decision.next();
        return decision.effects();
    }

    private void flows() {
        on(new Answered());
        assertThat(on(new Ordered(1))).containsExactly(BEGIN);
    }

    /** What happens while nothing comes and nothing is taken. */
    private List<RelayEffect> after(Duration wait) {
        Instant until = now.plus(wait);
        List<RelayEffect> effects = new ArrayList<>();
        while (state.deadline().filter(due -> !due.isAfter(until)).isPresent()) {
            now = state.deadline().get();
            effects.addAll(on(new TimePassed()));
            if (effects.contains(DROP_ALL)) {
                return effects;
            }
        }
        now = until;
        return effects;
    }

    @Test
    void flowsOnceAllHaveSaidWhetherTheyTakeIt() {
        assertThat(on(new Ordered(2))).isEmpty();
        assertThat(on(new Answered())).isEmpty();
        assertThat(on(new Answered())).containsExactly(BEGIN);
    }

    @Test
    void flowsWithoutWhoSaysNothing() {
        on(new Ordered(2));
        on(new Answered());
        assertThat(after(LIMITS.gather())).containsExactly(BEGIN);
    }

    @Test
    void readsNoMoreThanAWindowBeforeItFlows() {
        assertThat(on(FULL)).containsExactly(PAUSE_SENDER);
        assertThat(on(FULL)).isEmpty();
        assertThat(on(new Ordered(0))).containsExactly(BEGIN, RESUME_SENDER);
    }

    @Test
    @DisplayName("RFC 7701 §6.4: others wait for a slow one only as long as patience lasts")
    void dropsASlowOneWhileOthersWait() {
        flows();
        assertThat(on(FULL_AND_OTHERS_WAIT)).containsExactly(PAUSE_SENDER);
        assertThat(after(LIMITS.patience().minusMillis(1))).isEmpty();
        assertThat(after(RelayMachine.TICK)).containsExactly(DROP_SLOW);
        assertThat(on(LITTLE)).containsExactly(RESUME_SENDER);
    }

    @Test
    void patienceIsForTheWholeMessage() {
        flows();
        on(FULL_AND_OTHERS_WAIT);
        after(LIMITS.patience().minusMillis(500));
        assertThat(on(LITTLE)).containsExactly(RESUME_SENDER);
        on(FULL_AND_OTHERS_WAIT);
        assertThat(after(Duration.ofSeconds(1))).contains(DROP_SLOW);
    }

    @Test
    @DisplayName(
            "RFC 4975 §7.1.1: the sender, whose own timer runs, waits longer where all are slow, and not without end")
    void dropsAllThatAreSlowForTheSendersSake() {
        flows();
        on(FULL);
        assertThat(after(LIMITS.longestPause().minusMillis(1))).isEmpty();
        assertThat(after(RelayMachine.TICK)).containsExactly(DROP_SLOW);
    }

    @Test
    void theRecipientsTakeTheRestAfterItsEnd() {
        flows();
        assertThat(on(new AllCame())).isEmpty();
        assertThat(on(new NobodyLeft())).containsExactly(CONCLUDE);
        assertThat(state).isEqualTo(new RelayState.Over());
    }

    @Test
    void whoHasNotTakenTheRestInTimeGoesWithout() {
        flows();
        on(new AllCame());
        assertThat(after(LIMITS.settle())).containsExactly(DROP_ALL);
        assertThat(on(new NobodyLeft())).containsExactly(CONCLUDE);
    }

    @Test
    void isConcludedBeforeItsEndWhenNobodyIsLeft() {
        flows();
        on(FULL);
        assertThat(on(new NobodyLeft())).containsExactly(RESUME_SENDER, CONCLUDE);
    }

    @Test
    void breaksOffWithItsSenderInEachState() {
        assertThat(on(new SenderGone())).containsExactly(BREAK_OFF);
        state = machine.begin(now);
        flows();
        on(FULL);
        assertThat(on(new SenderGone())).containsExactly(BREAK_OFF, RESUME_SENDER);
        state = machine.begin(now);
        flows();
        on(new AllCame());
        assertThat(on(new SenderGone())).containsExactly(BREAK_OFF);
        assertThat(on(new SenderGone())).as("again").isEmpty();
    }

    @Test
    void aMessageThatIsThereBeforeItFlowsNeedsNoMore() {
        on(new AllCame());
        on(new Ordered(1));
        assertThat(on(new Answered())).containsExactly(BEGIN);
        assertThat(on(new NobodyLeft())).containsExactly(CONCLUDE);
    }
}
