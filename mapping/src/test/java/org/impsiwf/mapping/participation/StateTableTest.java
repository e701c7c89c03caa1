package org.impsiwf.mapping.participation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.mapping.CommandNames;
import org.impsiwf.mapping.DocPage;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipEvent;
import org.junit.jupiter.api.Test;

/** The two state machines of a participation as they are: every event in every state, written down for review. */
class StateTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void pageOfTheDocumentationShowsEveryEventInEveryState() throws IOException {
        String page = """
                # Conference: every event in every state of a member

                Observed: each event is given to each state. A cell says the next state, if it is another one, and the orders.
                `·` is: nothing happens. Written by `StateTableTest` of the participation (`-Diwf.docs=write`).

                ## The session of the member's client with our MSRP switch

                The membership is what it is when a session gets that far; one message of the host waits where a session is on its way.

                """
                + table(Samples.sessions(NOW), Samples.ofSessions(), StateTableTest::session)
                + """

                ## The membership with the host

                The session is open; while the member is on its way in, its INVITE waits for it.

                """
                + table(Samples.memberships(NOW), Samples.ofMemberships(), StateTableTest::membership);
        DocPage.check("state-machines/conference.md", page);
    }

    @Test
    void samplesHoldEveryStateAndEveryEventOfASession() {
        assertThat(classes(Samples.sessions(NOW).values().stream().map(Participation::leg)))
                .isEqualTo(permitted(MemberLeg.class));
        assertThat(classes(Samples.memberships(NOW).values().stream().map(Participation::membership)))
                .isEqualTo(permitted(Membership.class));
        Set<Class<?>> events = classes(Samples.ofSessions().values().stream().map(StateTableTest::innermost));
        assertThat(events).containsAll(permitted(SipEvent.OfUsage.class)).containsAll(permitted(MsrpEvent.class));
    }

    @Test
    void aDeadlineThatComesTooEarlyChangesNothing() {
        all().forEach((name, before) -> {
            var outcome = decide(before, new Event.DeadlineReached(), NOW);
            assertThat(outcome.next().map(Participation::leg)).as(name).contains(before.leg());
            assertThat(outcome.next().flatMap(Participation::deadline)).as(name).isEqualTo(before.deadline());
        });
    }

    @Test
    void everyStateThatWaitsEndsByItsDeadline() {
        all().forEach((name, before) -> {
            Optional<Participation> state = Optional.of(before);
            Instant at = NOW;
            for (int i = 0; i < 60 && waits(state); i++) {
                Instant due = state.orElseThrow().deadline().orElseThrow();
                at = due.isAfter(at) ? due : at;
                state = decide(state.orElseThrow(), new Event.DeadlineReached(), at)
                        .next();
            }
            assertThat(waits(state)).as(name + " ends in " + state).isFalse();
            assertThat(Duration.between(NOW, at)).as(name).isLessThan(Duration.ofMinutes(30));
        });
    }

    private static Map<String, Participation> all() {
        return Stream.of(Samples.sessions(NOW), Samples.memberships(NOW))
                .flatMap(samples -> samples.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    /** An open session of a member that is in may last; it only renews its memory. */
    private static boolean waits(Optional<Participation> state) {
        return state.filter(s -> !(s.leg() instanceof MemberLeg.Open && s.membership() instanceof Membership.Joined))
                .isPresent();
    }

    private static String table(Map<String, Participation> states, Map<String, Event> events, Part part) {
        StringBuilder page = new StringBuilder("| event | ")
                .append(String.join(" | ", states.keySet()))
                .append(" |\n")
                .append("|---".repeat(states.size() + 1))
                .append("|\n");
        events.forEach((name, event) -> {
            page.append("| ").append(name);
            states.values().forEach(state -> page.append(" | ").append(cell(state, event, part)));
            page.append(" |\n");
        });
        return page.toString();
    }

    @FunctionalInterface
    private interface Part {
        String nameOf(Optional<Participation> participation);
    }

    private static String session(Optional<Participation> of) {
        return of.map(p -> p.leg().getClass().getSimpleName()).orElse("Away");
    }

    private static String membership(Optional<Participation> of) {
        return of.map(p -> p.membership().getClass().getSimpleName()).orElse("Outside");
    }

    private static String cell(Participation before, Event event, Part part) {
        Instant at = event instanceof Event.DeadlineReached ? before.deadline().orElse(NOW) : NOW;
        var outcome = decide(before, event, at);
        String next = part.nameOf(outcome.next());
        String change = next.equals(part.nameOf(Optional.of(before))) ? "" : "**" + next + "** ";
        String orders = outcome.commands().stream()
                .map(CommandNames::of)
                .filter(order -> !order.isEmpty())
                .collect(Collectors.joining(", "));
        return change.isEmpty() && orders.isEmpty() ? "·" : (change + orders).strip();
    }

    private static ParticipationRules.Outcome decide(Participation before, Event event, Instant at) {
        int[] last = {0};
        Moment moment = new Moment(at, () -> "id" + ++last[0], Scene.DOMAINS, Scene.POLICY);
        return ParticipationRules.decide(Scene.KEY, Optional.of(before), event, moment);
    }

    private static Object innermost(Event event) {
        return switch (event) {
            case Event.Sip(var e) -> e;
            case Event.Msrp(var e) -> e;
            case Event.Ssp(var e) -> e;
            default -> event;
        };
    }

    private static Set<Class<?>> classes(Stream<?> values) {
        return values.map(Object::getClass).collect(Collectors.toSet());
    }

    private static Set<Class<?>> permitted(Class<?> sealed) {
        return leaves(sealed).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StateTableTest::leaves)
                : Stream.of(type);
    }
}
