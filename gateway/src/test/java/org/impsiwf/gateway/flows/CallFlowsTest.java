package org.impsiwf.gateway.flows;

import java.util.Set;
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

    /** In which what is lost does not show only because it is repeated in time: these do not wait for it. */
    private static final Set<String> AHEAD_OF_REPEATS = Set.of(
            // A client's connection breaks before its ACK has come again: there is no dialog yet to mend it in.
            "member-media-lost",
            // The host's time runs out at once, in which what was lost on the SIP side would have come again.
            "member-host-silent",
            // A minute and a half passes at once, in which an ACK would have come again.
            "extension-timeout");

    private static final Pattern OF_GROUPS = Pattern.compile("(member|adhoc|extension|hosted|focus|group)-.*");

    static Stream<String> names() {
        String some = System.getProperty("iwf.flows", ".*");
        return Flows.names().stream().filter(name -> name.matches(some));
    }

    static Stream<String> patient() {
        return names().filter(name -> !AHEAD_OF_REPEATS.contains(name));
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
    @MethodSource("patient")
    @Execution(ExecutionMode.CONCURRENT)
    void goesAsWrittenThoughEverySipMessageIsLostOnce(String name) {
        play(name, SipTransport.UDP, Disturbance.SIP_LOST);
    }

    @ParameterizedTest
    @MethodSource("names")
    @Execution(ExecutionMode.CONCURRENT)
    void goesAsWrittenThoughEverySipMessageComesTwice(String name) {
        play(name, SipTransport.UDP, Disturbance.SIP_DOUBLED);
    }

    @ParameterizedTest
    @MethodSource("names")
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
