package org.impsiwf.testkit.flow;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flow against the mapping alone, on a virtual clock. */
class FlowsTest {

    static Stream<String> names() {
        return Flows.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void goesAsWrittenAndLeavesNothingBehind(String name) {
        InMemoryWorld world = new InMemoryWorld();
        FlowRunner.run(Flows.load(name), world);
        world.settle();
    }
}
