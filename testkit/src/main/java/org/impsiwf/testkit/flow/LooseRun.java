package org.impsiwf.testkit.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays a flow with one of its messages lost or doubled. What follows need not come as written then; the participants go on
 * as far as they can, and what must hold always is checked at the end.
 */
public final class LooseRun {

    /** What befalls one injected message. */
    public enum Disturbance {
        LOST,
        DOUBLED
    }

    private final InMemoryWorld world;
    private final Map<String, String> bound = new HashMap<>();

    private LooseRun(InMemoryWorld world) {
        this.world = world;
    }

    /** How many messages of the flow can be disturbed. */
    public static int injections(Flow flow) {
        return (int) flow.steps().stream().filter(LooseRun::isInjection).count();
    }

    /** Plays the flow, disturbs the injected message of this index (from 0), lets everything run out and checks. */
    public static InMemoryWorld run(Flow flow, int index, Disturbance disturbance) {
        InMemoryWorld world = new InMemoryWorld();
        LooseRun run = new LooseRun(world);
        int injected = 0;
        for (Flow.Step step : flow.steps()) {
            int times = 1;
            if (isInjection(step)) {
                times = injected++ != index ? 1 : disturbance == Disturbance.LOST ? 0 : 2;
            }
            for (int i = 0; i < times; i++) {
                run.step(step);
            }
        }
        world.settle();
        return world;
    }

    /**
     * Plays the flow; the owner of its conversations dies between its n-th decision, which is saved, and what follows from it.
     *
     * @return empty when there were fewer decisions
     */
    public static Optional<InMemoryWorld> runWithDeathAfter(Flow flow, int decisions) {
        InMemoryWorld world = new InMemoryWorld();
        world.ownerDiesAfter(decisions);
        LooseRun run = new LooseRun(world);
        flow.steps().forEach(run::step);
        if (!world.ownerDied()) {
            return Optional.empty();
        }
        world.settle();
        return Optional.of(world);
    }

    /** Plays the flow; before its step of this index (from 0) the owner of its conversations dies, and another one takes over. */
    public static InMemoryWorld runWithTakeOverBefore(Flow flow, int index) {
        InMemoryWorld world = new InMemoryWorld();
        LooseRun run = new LooseRun(world);
        for (int i = 0; i < flow.steps().size(); i++) {
            if (i == index) {
                world.ownerDies();
            }
            run.step(flow.steps().get(i));
        }
        world.settle();
        return world;
    }

    /** The participants other than the gateway and its own elements: those who can vanish. */
    public static Set<String> participants(Flow flow) {
        return flow.steps().stream()
                .flatMap(step -> step instanceof Flow.Step.Message(int line, FlowMessage message)
                        ? Stream.of(message.from(), message.to())
                        : Stream.empty())
                .filter(name -> !name.equals(FlowMessage.GATEWAY) && !name.equals(FlowMessage.ELEMENTS))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Plays the flow; before its step of this index (from 0) the participant vanishes and stays away. */
    public static InMemoryWorld runWithoutFrom(Flow flow, int index, String participant) {
        InMemoryWorld world = new InMemoryWorld();
        LooseRun run = new LooseRun(world);
        for (int i = 0; i < flow.steps().size(); i++) {
            if (i == index) {
                world.vanish(participant);
            }
            run.step(flow.steps().get(i));
        }
        world.settle();
        return world;
    }

    private static boolean isInjection(Flow.Step step) {
        return step instanceof Flow.Step.Message(int line, FlowMessage message) && message.isToGateway();
    }

    private void step(Flow.Step step) {
        switch (step) {
            case Flow.Step.Given given -> world.given(given.key(), given.value());
            case Flow.Step.Wait wait -> world.advance(wait.duration());
            case Flow.Step.Message(int line, FlowMessage message) when message.isToGateway() -> inject(message);
            case Flow.Step.Message(int line, FlowMessage message) when message.isFromGateway() -> observe(message);
            case Flow.Step.Message betweenOthers -> {
                // There are no elements here for a neighbour to speak to.
            }
        }
    }

    private void inject(FlowMessage message) {
        Map<String, String> fields = new HashMap<>(message.fields());
        fields.replaceAll(
                (key, value) -> value.startsWith("$") ? bound.getOrDefault(value, value.substring(1)) : value);
        FlowMessage filled = new FlowMessage(message.from(), message.to(), message.name(), fields);
        if (world.canSend(filled)) {
            world.inject(filled);
        }
    }

    private void observe(FlowMessage expected) {
        List<FlowMessage> passed = new ArrayList<>();
        for (var sent = world.next(expected); sent.isPresent(); sent = world.next(expected)) {
            FlowMessage message = sent.get();
            if (message.name().equals(expected.name())) {
                expected.fields().forEach((key, value) -> {
                    if (value.startsWith("$")) {
                        bound.putIfAbsent(value, message.field(key, ""));
                    }
                });
                break;
            }
            passed.add(message);
        }
        passed.forEach(world::send);
    }
}
