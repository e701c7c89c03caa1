package org.impsiwf.gateway.flows;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.impsiwf.gateway.flows.SocketWorld.Disturbance;
import org.impsiwf.testkit.flow.Flow;
import org.impsiwf.testkit.flow.FlowRunner;
import org.impsiwf.testkit.flow.Flows;
import org.impsiwf.testkit.sip.SipTransport;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call flow of the test kit against a whole gateway on real sockets, undisturbed and disturbed. What the transactions
 * of SIP and SSP mend must not show: the flow goes as it is written. {@code -Diwf.flows=REGEX} plays some of them only.
 */
class CallFlowsTest {

    private static final Pattern OF_GROUPS = Pattern.compile("(member|adhoc|extension|hosted|focus|group)-.*");

    static Stream<String> names() {
        String some = System.getProperty("iwf.flows", ".*");
        return Flows.names().stream().filter(name -> name.matches(some));
    }

    static Stream<String> talks() {
        return names().filter(name -> !OF_GROUPS.matcher(name).matches());
    }

    @ParameterizedTest
    @MethodSource("names")
    @Execution(ExecutionMode.CONCURRENT)
    void goesAsWrittenOverUdp(String name) {
        play(name, SipTransport.UDP, Disturbance.NONE);
    }

    @ParameterizedTest
    @MethodSource("names")
    @Execution(ExecutionMode.CONCURRENT)
    void goesAsWrittenOverTcp(String name) {
        play(name, SipTransport.TCP, Disturbance.NONE);
    }

    @ParameterizedTest
    @MethodSource("talks")
    @Execution(ExecutionMode.CONCURRENT)
    void goesAsWrittenThoughEverySipMessageIsLostOnce(String name) {
        play(name, SipTransport.UDP, Disturbance.SIP_LOST);
    }

    @ParameterizedTest
    @MethodSource("talks")
    @Execution(ExecutionMode.CONCURRENT)
    void goesAsWrittenThoughEverySipMessageComesTwice(String name) {
        play(name, SipTransport.UDP, Disturbance.SIP_DOUBLED);
    }

    @ParameterizedTest
    @MethodSource("talks")
    @Execution(ExecutionMode.CONCURRENT)
    void goesAsWrittenThoughThePeerRepeatsEveryTransaction(String name) {
        play(name, SipTransport.UDP, Disturbance.SSP_REPEATED);
    }

    private static void play(String name, SipTransport transport, Disturbance disturbance) {
        Flow flow = Flows.load(name);
        try (SocketWorld world = new SocketWorld(flow, transport, disturbance)) {
            FlowRunner.run(flow, world);
            world.settle();
        }
    }
}
