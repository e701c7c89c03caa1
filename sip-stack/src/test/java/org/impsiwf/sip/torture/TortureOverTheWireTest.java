package org.impsiwf.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.sip.torture.TortureBench.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 4475, RFC 5118: our own message for each clause gets the due answer, and the listener lives on. */
class TortureOverTheWireTest {

    private static TortureBench bench;

    @BeforeAll
    static void start() throws IOException {
        bench = new TortureBench(Set.of("torture.example", "2001:db8:77::10"));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    static List<TortureMessage> datagrams() {
        return all().filter(message -> !message.options().contains("tcp")).toList();
    }

    static List<TortureMessage> streams() {
        return all().filter(message -> !message.options().contains("udp")).toList();
    }

    private static Stream<TortureMessage> all() {
        return Stream.of("rfc4475.txt", "rfc5118.txt").flatMap(file -> TortureMessage.all(file).stream());
    }

    private static String sender(TortureMessage message) {
        return message.options().contains("stranger") ? "127.0.0.2" : "127.0.0.1";
    }

    private static boolean isAnswered(TortureMessage message) {
        return !message.expected().equals(Set.of("none"));
    }

    @ParameterizedTest
    @MethodSource("datagrams")
    void overUdp(TortureMessage message) throws IOException {
        check(message, bench.overUdp(sender(message), here -> message.bytes(here, "UDP"), isAnswered(message)));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void overTcp(TortureMessage message) throws IOException {
        check(message, bench.overTcp(sender(message), here -> message.bytes(here, "TCP"), isAnswered(message)));
    }

    private static void check(TortureMessage message, Outcome outcome) {
        if (isAnswered(message)) {
            assertThat(outcome.finals())
                    .isNotEmpty()
                    .allSatisfy(status -> assertThat(message.expected()).contains(Integer.toString(status)));
        } else {
            assertThat(outcome.finals()).isEmpty();
        }
    }
}
