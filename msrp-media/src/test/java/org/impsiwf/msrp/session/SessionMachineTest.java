package org.impsiwf.msrp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.session.SessionMachine.Decision;
import org.junit.jupiter.api.Test;

class SessionMachineTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(10);
    private static final MsrpPath FAR = MsrpPath.parse("msrp://far:1/a;tcp");
    private static final MsrpPath STRANGER = MsrpPath.parse("msrp://stranger:1/b;tcp");
    private static final ConnectionId C1 = new ConnectionId(1);
    private static final ConnectionId C2 = new ConnectionId(2);

    private final SessionMachine machine = new SessionMachine(Duration.ofSeconds(30));

    private static Map<String, SessionState> states() {
        Map<String, SessionState> states = new LinkedHashMap<>();
        states.put("Prepared", new SessionState.Prepared());
        states.put("Claimed", new SessionState.Claimed(C1, FAR));
        states.put("Awaiting", new SessionState.Awaiting(FAR, LATER));
        states.put("Opening", new SessionState.Opening(FAR, LATER));
        states.put("Binding", new SessionState.Binding(FAR, C1, LATER));
        states.put("Connected", new SessionState.Connected(FAR, C1));
        states.put("Ended", new SessionState.Ended("over"));
        return states;
    }

    private static Map<String, SessionEvent> events() {
        Map<String, SessionEvent> events = new LinkedHashMap<>();
        events.put("FarEndKnown, we connect", new SessionEvent.FarEndKnown(FAR, true, true));
        events.put("FarEndKnown, they connect", new SessionEvent.FarEndKnown(FAR, false, true));
        events.put("FarEndKnown, another than claimed", new SessionEvent.FarEndKnown(STRANGER, false, true));
        events.put("FarEndKnown, wrong certificate", new SessionEvent.FarEndKnown(FAR, false, false));
        events.put("ConnectionOpened", new SessionEvent.ConnectionOpened(C1));
        events.put("ConnectionFailed", new SessionEvent.ConnectionFailed("no way"));
        events.put("SendArrived", new SessionEvent.SendArrived(C1, FAR, true));
        events.put("SendArrived, other connection", new SessionEvent.SendArrived(C2, FAR, true));
        events.put("SendArrived, other From-Path", new SessionEvent.SendArrived(C1, STRANGER, true));
        events.put("SendArrived, wrong certificate", new SessionEvent.SendArrived(C2, FAR, false));
        events.put("FirstSendAnswered 200", new SessionEvent.FirstSendAnswered(200));
        events.put("FirstSendAnswered 481", new SessionEvent.FirstSendAnswered(481));
        events.put("FirstSendAnswered 408", new SessionEvent.FirstSendAnswered(408));
        events.put("FarEndGone 481", new SessionEvent.FarEndGone(481));
        events.put("ConnectionLost", new SessionEvent.ConnectionLost(C1, "lost"));
        events.put("ConnectionLost, other connection", new SessionEvent.ConnectionLost(C2, "lost"));
        events.put("DeadlineReached", new SessionEvent.DeadlineReached());
        events.put("CloseOrdered", new SessionEvent.CloseOrdered());
        return events;
    }

    private static String table(SessionMachine machine) {
        StringBuilder out = new StringBuilder("""
                # The life of an MSRP session

                Written by `SessionMachineTest` from what `org.impsiwf.msrp.session.SessionMachine` decides; `-Diwf.docs=write`
                writes it anew. Events that change nothing and cause nothing are left out. Deadlines have passed in this table.
                """);
        states().forEach((stateName, state) -> {
            out.append("\n## ").append(stateName).append("\n\n| event | next | effects |\n|---|---|---|\n");
            events().forEach((eventName, event) -> {
                Decision decision = machine.decide(state, event, LATER);
                if (!decision.next().equals(state) || !decision.effects().isEmpty()) {
                    out.append("| ")
                            .append(eventName)
                            .append(" | ")
                            .append(
                                    decision.next().equals(state)
                                            ? ""
                                            : decision.next().getClass().getSimpleName())
                            .append(" | ")
                            .append(decision.effects().stream()
                                    .map(SessionMachineTest::text)
                                    .collect(Collectors.joining(", ")))
                            .append(" |\n");
                }
            });
        });
        return out.toString();
    }

    private static String text(SessionEffect effect) {
        String name = effect.getClass().getSimpleName();
        return effect instanceof SessionEffect.Refuse refuse ? name + " " + refuse.status() : name;
    }

    @Test
    void tableInTheDocsIsWhatTheMachineDecides() throws IOException {
        Path page = Path.of(System.getProperty("iwf.root", ".."), "docs", "state-machines", "msrp-session.md");
        String table = table(machine);
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, table);
        }
        assertThat(page)
                .as("run with -Diwf.docs=write and review the difference")
                .hasContent(table);
    }

    @Test
    void deadlineThatComesEarlyChangesNothing() {
        for (SessionState state : states().values()) {
            Decision decision = machine.decide(state, new SessionEvent.DeadlineReached(), LATER.minusMillis(1));
            assertThat(decision.next()).isEqualTo(state);
            assertThat(decision.effects()).isEmpty();
        }
    }

    @Test
    void endedSessionStaysEnded() {
        SessionState ended = new SessionState.Ended("over");
        for (SessionEvent event : events().values()) {
            assertThat(machine.decide(ended, event, NOW).next()).isEqualTo(ended);
        }
    }

    @Test
    void whateverHappensASessionIsAnnouncedOnceAndItsEndOnce() {
        Random random = new Random(7);
        List<SessionEvent> all = List.copyOf(events().values());
        for (int round = 0; round < 20_000; round++) {
            SessionState state = new SessionState.Prepared();
            int connected = 0;
            int over = 0;
            for (int step = 0; step < 12; step++) {
                Decision decision =
                        machine.decide(state, all.get(random.nextInt(all.size())), NOW.plusSeconds(step * 5L));
                state = decision.next();
                for (SessionEffect effect : decision.effects()) {
                    connected += effect instanceof SessionEffect.AnnounceConnected ? 1 : 0;
                    boolean end =
                            effect instanceof SessionEffect.AnnounceFailed || effect instanceof SessionEffect.Forget;
                    over += end ? 1 : 0;
                    assertThat(effect instanceof SessionEffect.AnnounceConnected && over > 0)
                            .isFalse();
                }
            }
            assertThat(connected).isLessThanOrEqualTo(1);
            assertThat(over).isEqualTo(state instanceof SessionState.Ended ? 1 : 0);
        }
    }
}
