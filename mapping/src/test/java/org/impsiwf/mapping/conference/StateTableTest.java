package org.impsiwf.mapping.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.impsiwf.mapping.CommandNames;
import org.impsiwf.mapping.DocPage;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Test;

/** What a focus does, as it is: every event at every stage of its life, written down for review. */
class StateTableTest {

    @Test
    void pageOfTheDocumentationShowsEveryEventAtEveryStage() throws IOException {
        List<String> stages = List.copyOf(stages().keySet());
        StringBuilder page = new StringBuilder("""
                # Conference focus: every event at every stage

                Observed: what the focus of one group towards its SIP users does on each event. Stages: nobody of ours is in
                (nothing is kept); Alice asks the host to be let in; Alice and Tom are in, and a message is on its way to
                Tom; the same, and Alice has subscribed to the conference event package; the same, and the gateway stops.
                A cell says the stage that follows where it is another one, what else changes (people in the group, members
                on the roster, subscriptions, messages under way), and the orders. `·` is: nothing happens. Dismissing is: nobody is
                in, but not every participation has said that it knows. Written by `StateTableTest` (`-Diwf.docs=write`).

                """);
        page.append("| event | ").append(String.join(" | ", stages)).append(" |\n");
        page.append("|---".repeat(stages.size() + 1)).append("|\n");
        events().forEach((name, event) -> {
            page.append("| ").append(name);
            stages().forEach((stage, scene) -> page.append(" | ").append(cell(scene, event)));
            page.append(" |\n");
        });
        DocPage.check("state-machines/focus.md", page.toString());
    }

    @Test
    void aDeadlineThatComesTooEarlyChangesNothing() {
        stages().forEach((name, scene) -> {
            Optional<Focus> before = scene.focus;
            scene.on(new Event.DeadlineReached());
            assertThat(scene.focus).as(name).isEqualTo(before);
            assertThat(scene.orders).as(name).isEmpty();
        });
    }

    private static Map<String, Scene> stages() {
        Map<String, Scene> stages = new LinkedHashMap<>();
        stages.put("Nobody", new Scene());
        stages.put("Entering", new Scene().entering("alice"));
        stages.put("In", in());
        stages.put("Watched", in().subscribe("alice", "s1"));
        stages.put("Stopping", in().subscribe("alice", "s1").on(new Event.Draining()));
        return stages;
    }

    private static Scene in() {
        return new Scene()
                .entered("alice", "Alice", "Alice", "Bob")
                .entered("tom", "Tom")
                .received(Scene.said("m0@imps.example.com", "hi", Scene.to("tom")));
    }

    private static Map<String, Consumer<Scene>> events() {
        Map<String, Consumer<Scene>> events = new LinkedHashMap<>();
        events.put("Entering (carol)", scene -> scene.entering("carol"));
        events.put("Entered (alice)", scene -> scene.entered("alice", "Alice", "Alice", "Bob"));
        events.put("Entered (carol)", scene -> scene.entered("carol", "Carol", "Alice", "Bob", "Carol"));
        events.put("Left (alice)", scene -> scene.left("alice"));
        events.put("Left (tom)", scene -> scene.left("tom"));
        events.put("Asked (dave)", scene -> scene.asked("dave", null));
        events.put("Asked (dave), refused", scene -> scene.asked("dave", 825));
        events.put("MessageTaken (tom)", scene -> scene.taken("tom", distribution(scene), 200));
        events.put("SIP SubscribeReceived (alice)", scene -> scene.subscribe("alice", "s2"));
        events.put("SIP SubscribeReceived (mallory)", scene -> scene.subscribe("mallory", "s2"));
        events.put("SIP SubscriptionRefreshed", scene -> scene.refresh("s1"));
        events.put("SIP SubscriptionEnded", scene -> scene.subscriptionEnded("s1"));
        events.put(
                "SSP SendMessageRequest, said to alice and tom",
                scene ->
                        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom"))));
        events.put(
                "SSP SendMessageRequest, a repeat",
                scene -> scene.received(Scene.said("m0@imps.example.com", "hi", Scene.to("tom"))));
        events.put("SSP GroupChangeNotice, joined Erin", scene -> scene.joined("alice", "Erin"));
        events.put("SSP GroupChangeNotice, left Bob", scene -> scene.gone("alice", "Bob"));
        events.put("SSP GroupChangeNotice, Topic", scene -> scene.received(Scene.properties("alice", "Topic", "Tea")));
        events.put("SSP GroupChangeNotice, PrivilegeLevel", scene -> scene.received(Scene.level("alice", "Mod")));
        events.put("SSP LeaveGroupIndication (tom)", scene -> scene.received(Scene.putOut("kicked", "tom")));
        events.put("SSP LeaveGroupIndication (all)", scene -> scene.received(Scene.putOut("over")));
        events.put("DeadlineReached", scene -> {
            scene.now = scene.focus.flatMap(Focus::deadline).orElse(scene.now);
            scene.on(new Event.DeadlineReached());
        });
        events.put("Draining", scene -> scene.on(new Event.Draining()));
        events.put("TakenOver", scene -> scene.on(new Event.TakenOver()));
        events.put("an event of others", scene -> scene.on(new Event.ShareConcluded(0, 200)));
        return events;
    }

    private static String distribution(Scene scene) {
        return scene.focus.stream()
                .flatMap(focus -> focus.distributions().keySet().stream())
                .findFirst()
                .orElse("none");
    }

    private static String cell(Scene scene, Consumer<Scene> event) {
        Optional<Focus> before = scene.focus;
        event.accept(scene);
        Optional<Focus> after = scene.focus;
        String next = stage(after).equals(stage(before)) ? "" : "**" + stage(after) + "** ";
        String changes =
                change("in", before, after, focus -> focus.participants().size())
                        + change(
                                "roster",
                                before,
                                after,
                                focus -> focus.roster().members().size())
                        + change(
                                "subscriptions",
                                before,
                                after,
                                focus -> focus.audience().subscriptions().size())
                        + change(
                                "messages",
                                before,
                                after,
                                focus -> focus.distributions().size());
        String orders = scene.orders.stream()
                .map(StateTableTest::name)
                .collect(Collectors.groupingBy(order -> order, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(order -> order.getKey() + (order.getValue() > 1 ? " ×" + order.getValue() : ""))
                .collect(Collectors.joining(", "));
        String cell = (next + changes + orders).strip();
        return cell.isEmpty() ? "·" : cell;
    }

    private static String change(
            String what, Optional<Focus> before, Optional<Focus> after, ToIntFunction<Focus> size) {
        int from = before.map(size::applyAsInt).orElse(0);
        int to = after.map(size::applyAsInt).orElse(0);
        return from == to ? "" : "(" + what + " " + from + "→" + to + ") ";
    }

    private static String stage(Optional<Focus> focus) {
        if (focus.isEmpty()) {
            return "Nobody";
        }
        if (focus.get().stopping()) {
            return "Stopping";
        }
        if (focus.get().participants().isEmpty() && !focus.get().dismissed().isEmpty()) {
            return "Dismissing";
        }
        if (focus.get().entering() == focus.get().participants().size()) {
            return "Entering";
        }
        return focus.get().audience().subscriptions().isEmpty() ? "In" : "Watched";
    }

    private static String name(Command command) {
        return switch (command) {
            case Command.Sip(SipCommand.Notify notify) ->
                "SIP Notify " + (notify.state().full() ? "full" : "partial");
            case Command.Sip(SipCommand.EndSubscription end) -> "SIP EndSubscription " + end.reason();
            case Command.Sip(SipCommand.RefuseSubscription refuse) ->
                "SIP RefuseSubscription " + refuse.refusal().status();
            case Command.Ssp(SspCommand.Answer order) -> "SSP answer " + code(order);
            case Command.Correlate c -> "correlate";
            case Command.Forget c -> "forget";
            default -> CommandNames.of(command);
        };
    }

    private static int code(SspCommand.Answer answer) {
        return switch (answer.response()) {
            case Status status -> status.statusCode();
            case ImPrimitive.SendMessageResponse r -> r.statusInfo().statusCode();
            default -> throw new AssertionError("an unexpected answer: " + answer);
        };
    }
}
