package org.impsiwf.testkit.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays a flow in a world. The first line that differs ends it, with the ladder so far. */
public final class FlowRunner {

    private final Flow flow;
    private final FlowWorld world;
    private final Map<String, String> bound = new HashMap<>();
    private final List<String> ladder = new ArrayList<>();

    private FlowRunner(Flow flow, FlowWorld world) {
        this.flow = flow;
        this.world = world;
    }

    /**
     * Plays the whole flow.
     *
     * @throws AssertionError with the ladder, the first differing line marked
     */
    public static void run(Flow flow, FlowWorld world) {
        FlowRunner runner = new FlowRunner(flow, world);
        flow.steps().forEach(runner::step);
        runner.refuseLeftOver(flow.steps().getLast().line());
    }

    /** Plays the first steps of a flow and leaves the world as it is then, with messages perhaps on their way. */
    public static void runFirst(int steps, Flow flow, FlowWorld world) {
        FlowRunner runner = new FlowRunner(flow, world);
        flow.steps().subList(0, steps).forEach(runner::step);
    }

    private void step(Flow.Step step) {
        switch (step) {
            case Flow.Step.Given given -> world.given(given.key(), given.value());
            case Flow.Step.Wait wait -> {
                refuseLeftOver(wait.line());
                ladder.add("   +" + wait.duration().toSeconds() + "s");
                world.advance(wait.duration());
            }
            case Flow.Step.Message(int line, FlowMessage written) ->
                world.played(written).ifPresent(message -> play(line, message));
        }
    }

    private void play(int line, FlowMessage message) {
        if (message.isToGateway()) {
            refuseLeftOver(line);
            FlowMessage filled = filled(message);
            ladder.add("   " + filled);
            world.inject(filled);
        } else {
            expect(line, message);
        }
    }

    private void expect(int line, FlowMessage expected) {
        Optional<FlowMessage> sent = world.next(known(expected));
        if (sent.isEmpty()) {
            throw failure(line, "expected " + expected, "but nothing was sent to " + expected.to());
        }
        List<String> differences = differences(expected, sent.get());
        if (!differences.isEmpty()) {
            throw failure(line, "expected " + expected, "was      " + sent.get(), String.join(", ", differences));
        }
        ladder.add("   " + sent.get());
    }

    private FlowMessage known(FlowMessage expected) {
        Map<String, String> fields = new HashMap<>(expected.fields());
        fields.replaceAll((key, value) -> bound.getOrDefault(value, value));
        fields.values().removeIf(value -> value.startsWith("$"));
        return new FlowMessage(expected.from(), expected.to(), expected.name(), fields);
    }

    private List<String> differences(FlowMessage expected, FlowMessage sent) {
        List<String> differences = new ArrayList<>();
        if (!expected.name().equals(sent.name())) {
            differences.add("name");
        }
        expected.fields().forEach((key, value) -> {
            String actual = sent.field(key, "");
            String wanted = value.startsWith("$") ? bound.computeIfAbsent(value, name -> actual) : value;
            if (!wanted.equals(actual)) {
                differences.add(key + ": " + wanted + " expected, was " + actual);
            }
        });
        return differences;
    }

    /** An injected message may name something first: the name itself is then the value. */
    private FlowMessage filled(FlowMessage message) {
        Map<String, String> fields = new HashMap<>();
        message.fields()
                .forEach((key, value) -> fields.put(
                        key, value.startsWith("$") ? bound.computeIfAbsent(value, name -> name.substring(1)) : value));
        return new FlowMessage(message.from(), message.to(), message.name(), fields);
    }

    private void refuseLeftOver(int line) {
        world.leftOver().ifPresent(message -> {
            throw failure(line, "before line " + line + " nobody expected", "         " + message);
        });
    }

    private AssertionError failure(int line, String... why) {
        StringBuilder text = new StringBuilder(flow.name() + ".flow:" + line + ": " + flow.title() + "\n");
        ladder.forEach(entry -> text.append(entry).append('\n'));
        for (String reason : why) {
            text.append(">> ").append(reason).append('\n');
        }
        return new AssertionError(text.toString());
    }
}
