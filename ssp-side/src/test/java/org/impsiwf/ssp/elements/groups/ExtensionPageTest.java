package org.impsiwf.ssp.elements.groups;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.GeneratedPage;
import org.impsiwf.ssp.elements.groups.Extension.Event;
import org.impsiwf.ssp.elements.groups.Extension.State;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Test;

/** Writes down what the table of an extension really does. */
class ExtensionPageTest {

    private static List<State> states() {
        return List.of(
                new State.Inviting(),
                new State.Waiting(),
                new State.Extended(),
                new State.Told(),
                new State.Failed(825, Optional.empty(), Optional.empty()),
                new State.Ended());
    }

    private static Map<String, Event> events() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("the partner's invitation was taken (200)", new Event.PartnerInvited(Status.of(200)));
        events.put("the partner's invitation was not taken (531)", new Event.PartnerInvited(Status.of(531)));
        events.put("the partner's client has no EXCON (506)", new Event.PartnerInvited(Status.of(506)));
        events.put("the partner's domain is silent (504)", new Event.PartnerInvited(Status.of(504)));
        events.put("the partner accepts", new Event.PartnerAnswered(/* accepted= */ true, Optional.empty()));
        events.put("the partner refuses", new Event.PartnerAnswered(/* accepted= */ false, Optional.empty()));
        events.put("the partner joins", new Event.PartnerJoined());
        events.put("the deadline is near", new Event.DeadlineReached(ExtensionScenes.DEADLINE.minusSeconds(1)));
        events.put("the deadline is there", new Event.DeadlineReached(ExtensionScenes.DEADLINE));
        events.put("the initiator was told", new Event.InitiatorTold());
        events.put("the others were invited", new Event.OthersInvited());
        return events;
    }

    private static String name(State state) {
        String name = state.getClass().getSimpleName();
        return state instanceof State.Failed failed ? name + " " + failed.code() : name;
    }

    @Test
    void thePageShowsTheTableAsItIs() throws Exception {
        StringBuilder page = new StringBuilder("""
                # The extension of a conversation (SSP 16.2.13)

                Observed by `ExtensionPageTest`: each event is fed to each state. Events that change nothing are left out.
                What is done follows from the state: in Inviting the partner is invited, in Extended and Failed the
                initiator is told, in Told the others are invited. Entering Extended, the initiator is joined and the others
                may join; entering Failed, the group is deleted; in Ended nothing is kept.

                | state | event | next state |
                |---|---|---|
                """);
        for (State state : states()) {
            events().forEach((what, event) -> {
                State next = ExtensionScenes.in(state).decide(event);
                if (!next.equals(state)) {
                    page.append("| " + name(state) + " | " + what + " | " + name(next) + " |\n");
                }
            });
        }
        GeneratedPage.check("state-machines/extended-conversation.md", page.toString());
    }
}
