package org.impsiwf.mapping.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.mapping.CommandNames;
import org.impsiwf.mapping.DocPage;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspEvent;
import org.junit.jupiter.api.Test;

/** The state machine as it is: every event in every state of the session, written down for review. */
class StateTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void pageOfTheDocumentationShowsEveryEventInEveryState() throws IOException {
        List<String> states = new ArrayList<>(Samples.states(NOW).keySet());
        StringBuilder page = new StringBuilder("""
                # Conversation: every event in every state of the session

                Observed: each event is given to each state, with one message of the IMPS user waiting where a session is on its
                way, or in flight where one is being left (policy: session). A cell says the next state, if it is another one, and the orders. `·` is: nothing
                happens. Written by `StateTableTest` (`-Diwf.docs=write`).

                """);
        page.append("| event | ").append(String.join(" | ", states)).append(" |\n");
        page.append("|---".repeat(states.size() + 1)).append("|\n");
        Samples.events().forEach((name, event) -> {
            page.append("| ").append(name);
            Samples.states(NOW).forEach((state, leg) -> page.append(" | ").append(cell(leg, event)));
            page.append(" |\n");
        });
        DocPage.check("state-machines/conversation.md", page.toString());
    }

    @Test
    void samplesHoldEveryKindOfEventAndEveryState() {
        Set<Class<?>> sampled = Samples.events().values().stream()
                .map(StateTableTest::innermost)
                .collect(Collectors.toSet());
        Set<Class<?>> sip = records(SipEvent.class);
        Set<Class<?>> msrp = records(MsrpEvent.class);
        Set<Class<?>> ssp = records(SspEvent.class);
        assertThat(sampled).containsAll(sip).containsAll(msrp).containsAll(ssp);
        assertThat(sampled).contains(Event.DeadlineReached.class, Event.MessageShared.class, Event.ReportDue.class);
        assertThat(Samples.states(NOW).values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(records(Leg.class).stream()
                        .filter(Leg.class::isAssignableFrom)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aDeadlineThatComesTooEarlyChangesNothing() {
        Samples.states(NOW).forEach((name, leg) -> {
            Conversation before = conversation(leg);
            var outcome = ConversationRules.decide(
                    Samples.KEY, Optional.of(before), Samples.PARTIES, new Event.DeadlineReached(), moment(NOW));
            assertThat(outcome.next().leg()).as(name).isEqualTo(leg);
            assertThat(outcome.next().deadline()).as(name).isEqualTo(before.deadline());
        });
    }

    @Test
    void everyStateThatWaitsEndsByItsDeadline() {
        Samples.states(NOW).forEach((name, leg) -> {
            Conversation c = conversation(leg);
            Instant at = NOW;
            for (int i = 0; i < 20 && c.deadline().isPresent(); i++) {
                at = c.deadline().get().isAfter(at) ? c.deadline().get() : at;
                c = ConversationRules.decide(
                                Samples.KEY, Optional.of(c), Samples.PARTIES, new Event.DeadlineReached(), moment(at))
                        .next();
            }
            assertThat(c.isQuiet()).as(name + " ends in " + c).isTrue();
            assertThat(Duration.between(NOW, at)).as(name).isLessThan(Duration.ofMinutes(12));
        });
    }

    private static String cell(Leg leg, Event event) {
        boolean timeUp = event instanceof Event.DeadlineReached;
        Instant at = timeUp ? leg.deadline().orElse(NOW) : NOW;
        var outcome = ConversationRules.decide(
                Samples.KEY, Optional.of(conversation(leg)), Samples.PARTIES, event, moment(at));
        String next = outcome.next().leg().getClass() == leg.getClass()
                ? ""
                : "**" + outcome.next().leg().getClass().getSimpleName() + "** ";
        String orders = outcome.commands().stream()
                .map(CommandNames::of)
                .filter(order -> !order.isEmpty())
                .collect(Collectors.joining(", "));
        return next.isEmpty() && orders.isEmpty() ? "·" : (next + orders).strip();
    }

    /** One message waits wherever it could: so the table shows what becomes of it. */
    private static Conversation conversation(Leg leg) {
        boolean waits = leg instanceof Leg.Offering
                || leg instanceof Leg.Inviting
                || leg instanceof Leg.Connecting
                || leg instanceof Leg.Rebuilding
                || leg instanceof Leg.Leaving;
        Conversation.Carried carried = leg instanceof Leg.Leaving(var usage, var session, var until)
                ? new Conversation.Carried.InSession(session)
                : new Conversation.Carried.Waiting();
        List<Conversation.ToSip> waiting = waits
                ? List.of(new Conversation.ToSip(
                        "own1",
                        new InstantMessage(
                                "77@imps.example.com",
                                "wv:bob@imps.example.com",
                                "wv:alice@ims.example.com",
                                Optional.empty(),
                                "text/plain",
                                new byte[] {'h', 'i'},
                                false),
                        List.of(new Origin.InTransaction(Samples.TRANSACTION)),
                        carried,
                        false,
                        false,
                        Optional.empty(),
                        NOW.plusSeconds(28)))
                : List.of();
        return new Conversation(
                Samples.PARTIES,
                leg,
                List.of(),
                waiting,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Moment moment(Instant now) {
        int[] last = {0};
        return new Moment(
                now,
                () -> "id" + ++last[0],
                Samples.DOMAINS,
                Policy.of("wv:@iwf.example.com", List.of("ims.example.com")).withCarriage(Policy.Carriage.SESSION));
    }

    private static Class<?> innermost(Event event) {
        return switch (event) {
            case Event.Sip(var e) -> e.getClass();
            case Event.Msrp(var e) -> e.getClass();
            case Event.Ssp(var e) -> e.getClass();
            default -> event.getClass();
        };
    }

    /** All records that a sealed interface permits, at any depth. */
    private static Set<Class<?>> records(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isInterface() ? records(type).stream() : Stream.of(type))
                .collect(Collectors.toSet());
    }

    static Map<String, Event> named(Event... events) {
        Map<String, Event> named = new LinkedHashMap<>();
        for (Event event : events) {
            String name = innermost(event).getSimpleName();
            String key = nameOf(event, name);
            named.merge(key, event, (a, b) -> {
                throw new IllegalStateException("two samples named " + key);
            });
        }
        return named;
    }

    private static String nameOf(Event event, String name) {
        return switch (event) {
            case Event.Sip(SipEvent.ReinviteReceived e)
            when e.conferencing().list().isPresent() -> "SIP " + name + " with a list";
            case Event.Sip e -> "SIP " + name;
            case Event.Msrp e -> "MSRP " + name;
            case Event.Ssp(SspEvent.RequestReceived e) ->
                "SSP " + e.request().getClass().getSimpleName() + " received";
            case Event.Ssp(SspEvent.ResponseReceived e) ->
                "SSP " + e.response().getClass().getSimpleName() + " answered";
            case Event.Ssp e -> "SSP " + name;
            default -> name;
        };
    }
}
