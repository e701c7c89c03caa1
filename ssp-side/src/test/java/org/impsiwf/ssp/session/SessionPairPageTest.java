package org.impsiwf.ssp.session;

import static org.impsiwf.ssp.session.PairSamples.FRESH;
import static org.impsiwf.ssp.session.PairSamples.NOW;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.impsiwf.ssp.GeneratedPage;
import org.impsiwf.ssp.codec.Dialect;
import org.junit.jupiter.api.Test;

/** Writes down what the table of a session pair really does. */
class SessionPairPageTest {

    @Test
    void thePageShowsTheTableAsItIs() throws Exception {
        StringBuilder page = new StringBuilder("""
                # The SSP session pair

                Observed by `SessionPairPageTest`: each event is fed to a sample of each state, half a minute after the
                state began. Events that change nothing and order nothing are left out. Initiator of dialect `oma-1.3`.

                | state | event | next state | effects, in order |
                |---|---|---|---|
                """);
        SessionPair pair = new SessionPair(PairSamples.terms("wv:@a.test", "wv:@b.test", Dialect.OMA_1_3, true));
        for (Map.Entry<String, PairState> state : PairSamples.states().entrySet()) {
            for (Map.Entry<String, PairEvent> event : PairSamples.events().entrySet()) {
                PairDecision decision = pair.decide(state.getValue(), event.getValue(), NOW.plusSeconds(30), FRESH);
                if (!decision.equals(new PairDecision(state.getValue(), List.of()))) {
                    page.append(row(state.getKey(), event.getKey(), decision));
                }
            }
        }
        GeneratedPage.check("state-machines/ssp-session-pair.md", page.toString());
    }

    private static String row(String state, String event, PairDecision decision) {
        String effects = decision.effects().stream()
                .map(effect -> effect.toString().replace("[]", ""))
                .collect(Collectors.joining(", "));
        return "| " + state + " | " + event + " | " + decision.next().getClass().getSimpleName() + " | " + effects
                + " |\n";
    }
}
