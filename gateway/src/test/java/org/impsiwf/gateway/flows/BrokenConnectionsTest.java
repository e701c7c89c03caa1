package org.impsiwf.gateway.flows;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.impsiwf.testkit.flow.Flow;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.FlowRunner;
import org.impsiwf.testkit.flow.Flows;
import org.impsiwf.testkit.sip.SipTransport;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every talk of two with a session, and three ways into a group, its MSRP connection cut at every line while it stands: nobody is
 * told what is not so.
 */
class BrokenConnectionsTest {

    /** Who is invited, who calls, who is told something by the host, and who makes a group of a talk. */
    private static final List<String> OF_MEMBERS = List.of(
            "member-joins", "member-invited", "member-welcomed", "extension-replaces", "extension-list-replaces");

    static Stream<Arguments> cuts() {
        return Stream.concat(CallFlowsTest.talks(), OF_MEMBERS.stream())
                .map(Flows::load)
                .flatMap(flow -> IntStream.rangeClosed(1, flow.steps().size())
                        .filter(steps -> isConnected(flow.steps().subList(0, steps)))
                        .mapToObj(steps -> Arguments.of(
                                flow.name(), flow.steps().get(steps - 1).line())));
    }

    /** Whether there is a connection to cut after these steps. */
    private static boolean isConnected(List<Flow.Step> steps) {
        boolean connected = false;
        for (Flow.Step step : steps) {
            if (step instanceof Flow.Step.Message(int line, FlowMessage message)) {
                connected = switch (message.name()) {
                    case "CONNECT" -> true;
                    case "BYE", "DISCONNECT", "INVITE" -> false;
                    default -> connected;
                };
            }
        }
        return connected;
    }

    @ParameterizedTest
    @MethodSource("cuts")
    @Execution(ExecutionMode.CONCURRENT)
    void endsTrulyWhenTheConnectionBreaksAfterLine(String name, int line) {
        Flow flow = Flows.load(name);
        int steps =
                (int) flow.steps().stream().filter(step -> step.line() <= line).count();
        try (SocketWorld world = new SocketWorld(flow, SipTransport.UDP)) {
            FlowRunner.runFirst(steps, flow, world);
            world.connectionsBreak();
            world.endsTruly();
        }
    }
}
