package org.impsiwf.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.testkit.flow.LooseRun.Disturbance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every flow with each of its messages lost once and doubled once, each participant gone and each owner dead at any time: every
 * message still gets one true answer, what was taken for a member of a group comes to it once, its host hears of everybody who is
 * gone, and nothing stays.
 */
class DisturbedFlowsTest {

    static Stream<String> names() {
        return Flows.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsWellWithEachMessageLostOnce(String name) {
        disturbEach(Flows.load(name), Disturbance.LOST);
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsWellWithEachMessageDoubledOnce(String name) {
        disturbEach(Flows.load(name), Disturbance.DOUBLED);
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsWellWhenTheOwnerDiesAfterAnyDecision(String name) {
        Flow flow = Flows.load(name);
        int decisions = 1;
        for (Optional<InMemoryWorld> run = LooseRun.runWithDeathAfter(flow, decisions);
                run.isPresent();
                run = LooseRun.runWithDeathAfter(flow, ++decisions)) {
            assertThat(run.get().count(Noted.OUR_MISTAKE))
                    .as("%s, owner dead after %d decisions", name, decisions)
                    .isZero();
        }
        assertThat(decisions).as("deaths in %s, and one run without", name).isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsWellWhenAnotherOwnerTakesOverBetweenAnyTwoLines(String name) {
        Flow flow = Flows.load(name);
        for (int i = 1; i < flow.steps().size(); i++) {
            InMemoryWorld world = LooseRun.runWithTakeOverBefore(flow, i);
            assertThat(world.count(Noted.OUR_MISTAKE))
                    .as("%s, taken over before step %d", name, i)
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsWellWhenAnybodyVanishesBetweenAnyTwoLines(String name) {
        Flow flow = Flows.load(name);
        for (String participant : LooseRun.participants(flow)) {
            for (int i = 1; i < flow.steps().size(); i++) {
                if (flow.steps().get(i) instanceof Flow.Step.Given) {
                    continue;
                }
                InMemoryWorld world = LooseRun.runWithoutFrom(flow, i, participant);
                assertThat(world.count(Noted.OUR_MISTAKE))
                        .as("%s, %s gone before step %d", name, participant, i)
                        .isZero();
            }
        }
    }

    private static void disturbEach(Flow flow, Disturbance disturbance) {
        for (int i = 0; i < LooseRun.injections(flow); i++) {
            InMemoryWorld world = LooseRun.run(flow, i, disturbance);
            assertThat(world.count(Noted.OUR_MISTAKE))
                    .as("%s, message %d %s", flow.name(), i, disturbance)
                    .isZero();
        }
    }
}
