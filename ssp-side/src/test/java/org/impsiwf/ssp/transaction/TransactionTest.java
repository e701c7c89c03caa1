package org.impsiwf.ssp.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.ssp.GeneratedPage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of transactions, on a clock that the test moves. */
class TransactionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final TransactionTiming TIMING = TransactionTiming.DEFAULT;

    private final Outgoing outgoing = new Outgoing(TIMING);
    private final Incoming incoming = new Incoming(TIMING);

    @Test
    @Tag("SSP-116")
    @Tag("SSP-117")
    @Tag("SSP-118")
    @Tag("SSP-120")
    @Tag("SSP-124")
    void failsADeadPeerTruthfullyWithinTwentyFiveSeconds_SSP120() {
        OutgoingState state = outgoing.opened(NOW).next();
        List<Instant> sent = new ArrayList<>(List.of(NOW));
        Instant now = NOW;
        while (!(state instanceof OutgoingState.Done)) {
            now = state.deadline();
            Outgoing.Decision decision = outgoing.decide(state, new OutgoingEvent.TimePassed(), now);
            if (decision.effects().contains(new OutgoingEffect.Send())) {
                sent.add(now);
            }
            state = decision.next();
        }
        assertThat(sent).hasSize(1 + TIMING.repeats());
        assertThat(Duration.between(NOW, now))
                .isLessThan(Duration.ofSeconds(25))
                .isEqualTo(TIMING.patience());
    }

    @Test
    @Tag("SSP-124")
    @Tag("SSP-125")
    void neverRepeatsWhenTheOperatorSaysSo_SSP125() {
        Outgoing once = new Outgoing(new TransactionTiming(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ZERO,
                0,
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60)));
        Outgoing.Decision decision =
                once.decide(once.opened(NOW).next(), new OutgoingEvent.TimePassed(), NOW.plusSeconds(2));
        assertThat(decision.effects())
                .containsExactly(new OutgoingEffect.FailUnanswered(), new OutgoingEffect.EndSession());
    }

    @Test
    @Tag("SSP-429")
    @Tag("SSP-431")
    void provisionalAnswersKeepItAliveButNotForEver_D29() {
        OutgoingState state = outgoing.opened(NOW).next();
        Instant now = NOW;
        while (!(state instanceof OutgoingState.Done)) {
            Instant justBefore = state.deadline().minusMillis(1);
            state = outgoing.decide(state, new OutgoingEvent.Provisional(102), justBefore)
                    .next();
            if (state.deadline().equals(justBefore.plusMillis(1))
                    || state.deadline().isBefore(justBefore)) {
                now = state.deadline();
                state = outgoing.decide(state, new OutgoingEvent.TimePassed(), now)
                        .next();
            }
            assertThat(Duration.between(NOW, justBefore)).isLessThan(Duration.ofMinutes(2));
        }
        assertThat(Duration.between(NOW, now)).isGreaterThan(TIMING.patience());
    }

    @Test
    void waitsForTheNextSessionNoLongerThanItsOwnPatience() {
        OutgoingState sent = outgoing.opened(NOW).next();
        OutgoingState waiting = outgoing.decide(sent, new OutgoingEvent.SessionLost(), NOW.plusSeconds(3))
                .next();
        assertThat(waiting.deadline()).isEqualTo(NOW.plus(TIMING.patience()));
        Outgoing.Decision again = outgoing.decide(waiting, new OutgoingEvent.SessionOpened(), NOW.plusSeconds(5));
        assertThat(again.effects()).containsExactly(new OutgoingEffect.Send());
        Outgoing.Decision never = outgoing.decide(waiting, new OutgoingEvent.TimePassed(), waiting.deadline());
        assertThat(never.effects()).as("it left: nobody knows").containsExactly(new OutgoingEffect.FailUnanswered());
    }

    @Test
    void executesOnceHoweverOftenItComes_D25() {
        IncomingState<String> executing = incoming.begun(NOW);
        var repeated = incoming.decide(executing, new IncomingEvent.Repeated<>(), NOW);
        assertThat(repeated.effect()).contains(new IncomingEffect.SayContinue<>());
        var answered = incoming.decide(repeated.next(), new IncomingEvent.AnswerGiven<>("done"), NOW);
        assertThat(answered.effect()).contains(new IncomingEffect.SendAnswer<>("done"));
        var late = incoming.decide(answered.next(), new IncomingEvent.Repeated<>(), NOW);
        assertThat(late.effect()).contains(new IncomingEffect.SendAnswer<>("done"));
        var second = incoming.decide(answered.next(), new IncomingEvent.AnswerGiven<>("other"), NOW);
        assertThat(second.effect()).contains(new IncomingEffect.AnswerTooLate<>());
        assertThat(incoming.decide(second.next(), new IncomingEvent.Repeated<>(), NOW)
                        .effect())
                .as("the first answer stands")
                .contains(new IncomingEffect.SendAnswer<>("done"));
    }

    @Test
    @Tag("SSP-132")
    @Tag("SSP-134")
    void countsUnknownTransactionsInASlidingWindow_D23() {
        var unknown = new UnknownTransactions(new UnknownTransactions.Frequency(2, Duration.ofSeconds(10)));
        assertThat(unknown.tooFrequent(NOW)).isFalse();
        assertThat(unknown.tooFrequent(NOW.plusSeconds(6))).isFalse();
        assertThat(unknown.tooFrequent(NOW.plusSeconds(12)))
                .as("the first has left the window")
                .isFalse();
        assertThat(unknown.tooFrequent(NOW.plusSeconds(13))).isTrue();
        var strict = new UnknownTransactions(new UnknownTransactions.Frequency(0, Duration.ofSeconds(10)));
        assertThat(strict.tooFrequent(NOW)).as("SSP-134").isTrue();
    }

    @Test
    void thePageShowsTheTablesAsTheyAre() throws Exception {
        StringBuilder page = new StringBuilder("""
                # SSP transactions

                Observed by `TransactionTest`: each event is fed to a sample of each state. Events that change nothing and
                order nothing are left out.

                ## Opened by us

                | state | event | next state | effects, in order |
                |---|---|---|---|
                """);
        outgoingStates()
                .forEach((stateName, state) -> outgoingEvents().forEach((eventName, event) -> {
                    Outgoing.Decision decision = outgoing.decide(state, event, state.deadline());
                    if (!decision.effects().isEmpty() || !decision.next().equals(state)) {
                        page.append(row(
                                stateName,
                                eventName,
                                decision.next().getClass(),
                                decision.effects().stream()
                                        .map(e -> e.getClass().getSimpleName())
                                        .collect(Collectors.joining(", "))));
                    }
                }));
        page.append("""

                ## Opened by the peer

                | state | event | next state | effect |
                |---|---|---|---|
                """);
        incomingStates()
                .forEach((stateName, state) -> incomingEvents().forEach((eventName, event) -> {
                    Incoming.Decision<String> decision = incoming.decide(state, event, NOW.plusSeconds(120));
                    if (decision.effect().isPresent() || !decision.next().equals(state)) {
                        Optional<String> effect =
                                decision.effect().map(e -> e.getClass().getSimpleName());
                        page.append(row(stateName, eventName, decision.next().getClass(), effect.orElse("")));
                    }
                }));
        GeneratedPage.check("state-machines/ssp-transaction.md", page.toString());
    }

    private static String row(String state, String event, Class<?> next, String effects) {
        return "| " + state + " | " + event + " | " + next.getSimpleName() + " | " + effects + " |\n";
    }

    private static Map<String, OutgoingState> outgoingStates() {
        Map<String, OutgoingState> states = new LinkedHashMap<>();
        states.put("Waiting (never sent)", new OutgoingState.Waiting(NOW.plusSeconds(5), false, 0));
        states.put("Waiting (sent before)", new OutgoingState.Waiting(NOW.plusSeconds(24), true, 1));
        states.put("Sent (repeats left)", new OutgoingState.Sent(1, NOW.plusSeconds(8), NOW.plusSeconds(24)));
        states.put("Sent (last attempt)", new OutgoingState.Sent(3, NOW.plusSeconds(24), NOW.plusSeconds(24)));
        states.put("InProgress", new OutgoingState.InProgress(1, NOW.plusSeconds(8), NOW.plusSeconds(60)));
        return states;
    }

    private static Map<String, OutgoingEvent> outgoingEvents() {
        Map<String, OutgoingEvent> events = new LinkedHashMap<>();
        events.put("FinalAnswer", new OutgoingEvent.FinalAnswer());
        events.put("Provisional (102)", new OutgoingEvent.Provisional(102));
        events.put("Provisional (104)", new OutgoingEvent.Provisional(104));
        events.put("UnusableAnswer", new OutgoingEvent.UnusableAnswer());
        events.put("Delivered", new OutgoingEvent.Delivered());
        events.put("SessionLost", new OutgoingEvent.SessionLost());
        events.put("SessionOpened", new OutgoingEvent.SessionOpened());
        events.put("TimePassed (deadline reached)", new OutgoingEvent.TimePassed());
        return events;
    }

    private static Map<String, IncomingState<String>> incomingStates() {
        Map<String, IncomingState<String>> states = new LinkedHashMap<>();
        states.put("Executing", new IncomingState.Executing<>(NOW.plusSeconds(22)));
        states.put("Answered", new IncomingState.Answered<>("answer", NOW.plusSeconds(60)));
        return states;
    }

    private static Map<String, IncomingEvent<String>> incomingEvents() {
        Map<String, IncomingEvent<String>> events = new LinkedHashMap<>();
        events.put("Repeated", new IncomingEvent.Repeated<>());
        events.put("AnswerGiven", new IncomingEvent.AnswerGiven<>("another answer"));
        events.put("TimePassed (deadline reached)", new IncomingEvent.TimePassed<>("504"));
        return events;
    }
}
