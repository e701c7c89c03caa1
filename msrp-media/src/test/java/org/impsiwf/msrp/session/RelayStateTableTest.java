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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import org.impsiwf.msrp.session.RelayMachine.Decision;
import org.impsiwf.msrp.session.RelayState.Flowing;
import org.impsiwf.msrp.session.RelayState.Gathering;
import org.impsiwf.msrp.session.RelayState.Over;
import org.impsiwf.msrp.session.RelayState.Pause;
import org.impsiwf.msrp.session.RelayState.Settling;
import org.junit.jupiter.api.Test;

/** A message that is relayed, every event in every state, written down for review. */
class RelayStateTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RelayLimits LIMITS = RelayLimits.of(64 * 1024, 100 << 20);
    private static final RelayEvent TIME = new RelayEvent.TimePassed();

    private final RelayMachine machine = new RelayMachine(LIMITS);

    private static Map<String, RelayState> states() {
        Instant late = NOW.plusSeconds(5);
        Instant before = NOW.minusMillis(250);
        Map<String, RelayState> states = new LinkedHashMap<>();
        states.put("Gathering", new Gathering(0, OptionalInt.empty(), late, false, false));
        states.put("Gathering, one answer is missing", new Gathering(1, OptionalInt.of(2), late, false, false));
        states.put("Gathering, that one's time is over", new Gathering(1, OptionalInt.of(2), NOW, false, false));
        states.put("Gathering, paused", new Gathering(0, OptionalInt.of(1), late, true, false));
        states.put("Gathering, all has come", new Gathering(0, OptionalInt.of(1), late, false, true));
        states.put("Flowing", new Flowing(Optional.empty(), LIMITS.patience()));
        states.put("Flowing, paused", paused(before, before, false, LIMITS.patience()));
        states.put("Flowing, paused while others starve", paused(before, before, true, LIMITS.patience()));
        states.put("Flowing, paused, the others' patience ends", paused(before, before, true, Duration.ofMillis(250)));
        states.put(
                "Flowing, paused, the sender's patience ends",
                paused(NOW.minus(LIMITS.longestPause()), before, false, LIMITS.patience()));
        states.put("Settling", new Settling(late));
        states.put("Settling, the time is over", new Settling(NOW));
        states.put("Over", new Over());
        return states;
    }

    private static RelayState paused(Instant since, Instant counted, boolean starving, Duration patience) {
        return new Flowing(Optional.of(new Pause(since, counted, starving)), patience);
    }

    private static Map<String, RelayEvent> events() {
        Map<String, RelayEvent> events = new LinkedHashMap<>();
        events.put("Ordered, nobody", new RelayEvent.Ordered(0));
        events.put("Ordered, one", new RelayEvent.Ordered(1));
        events.put("Answered", new RelayEvent.Answered());
        events.put("Moved, little is left", new RelayEvent.Moved(1000, false));
        events.put("Moved, a window is full", new RelayEvent.Moved(LIMITS.window(), false));
        events.put("Moved, a window is full and others starve", new RelayEvent.Moved(LIMITS.window(), true));
        events.put("AllCame", new RelayEvent.AllCame());
        events.put("NobodyLeft", new RelayEvent.NobodyLeft());
        events.put("SenderGone", new RelayEvent.SenderGone());
        events.put("TimePassed", TIME);
        return events;
    }

    private String page() {
        StringBuilder out = new StringBuilder("""
                # A large message on its way to a room

                Written by `RelayStateTableTest` from what `org.impsiwf.msrp.session.RelayMachine` decides; `-Diwf.docs=write`
                writes it anew. Events that change nothing and cause nothing are left out. Why it is like this: decision 45.
                """);
        states().forEach((stateName, state) -> {
            String rows = events().entrySet().stream()
                    .map(event -> row(state, event.getKey(), machine.decide(state, event.getValue(), NOW)))
                    .collect(Collectors.joining());
            out.append("\n## ").append(stateName).append("\n\n");
            out.append(rows.isEmpty() ? "Nothing happens any more.\n" : "| event | next | effects |\n|---|---|---|\n")
                    .append(rows);
        });
        return out.toString();
    }

    private static String row(RelayState before, String event, Decision decision) {
        return decision.next().equals(before) && decision.effects().isEmpty()
                ? ""
                : "| " + event + " | " + next(before, decision.next()) + " | "
                        + decision.effects().stream().map(Enum::name).collect(Collectors.joining(", ")) + " |\n";
    }

    private static String next(RelayState before, RelayState after) {
        if (after.equals(before)) {
            return "";
        }
        return switch (after) {
            case Gathering s ->
                "Gathering, " + s.answered() + " of "
                        + (s.expected().isPresent() ? s.expected().getAsInt() : "?")
                        + (s.paused() ? ", paused" : "")
                        + (s.allCame() ? ", all has come" : "");
            case Flowing s ->
                s.pause()
                        .map(pause -> "Flowing, paused" + (pause.starving() ? ", patience " + s.patience() : ""))
                        .orElse("Flowing");
            case Settling s -> "Settling";
            case Over s -> "Over";
        };
    }

    @Test
    void pageOfTheDocumentationShowsEveryEventInEveryState() throws IOException {
        Path file = Path.of(System.getProperty("iwf.root", ".."), "docs", "state-machines", "msrp-relay.md");
        String page = page();
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.writeString(file, page);
        }
        assertThat(file).as("write it again with -Diwf.docs=write").hasContent(page);
    }

    @Test
    void nothingHappensBeforeItsTime() {
        states().forEach((name, state) -> state.deadline().filter(NOW::isBefore).ifPresent(due -> {
            Decision early = machine.decide(state, TIME, due.minusMillis(1));
            assertThat(early.effects()).as(name).isEmpty();
        }));
    }

    /** Whatever comes in whatever order: it begins and is over at most once, and its sender is never left unread for good. */
    @Test
    void everyRelayEndsOnceAndItsSenderIsReadAgain() {
        Random random = new Random(45);
        List<RelayEvent> all = List.copyOf(events().values());
        for (int round = 0; round < 20_000; round++) {
            Instant now = NOW;
            RelayState state = machine.begin(now);
            int begun = 0;
            int ended = 0;
            int unread = 0;
            for (int step = 0; step < 40 && !(state instanceof Over); step++) {
                now = now.plusMillis(random.nextInt(3_000));
                RelayEvent event = step < 30 ? all.get(random.nextInt(all.size())) : new RelayEvent.SenderGone();
                Decision decision = machine.decide(state, event, now);
                state = decision.next();
                for (RelayEffect effect : decision.effects()) {
                    switch (effect) {
                        case BEGIN -> begun++;
                        case PAUSE_SENDER -> unread++;
                        case RESUME_SENDER -> unread--;
                        case CONCLUDE, BREAK_OFF -> ended++;
                        case DROP_SLOW, DROP_ALL ->
                            assertThat(begun)
                                    .as("only who was begun is dropped")
                                    .isEqualTo(1);
                    }
                }
                assertThat(unread).isBetween(0, 1);
            }
            assertThat(state).isEqualTo(new Over());
            assertThat(List.of(begun, ended, unread)).isIn(List.of(0, 1, 0), List.of(1, 1, 0));
        }
    }
}
