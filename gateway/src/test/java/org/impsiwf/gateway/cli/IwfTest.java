package org.impsiwf.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.admin.AdminServer;
import org.impsiwf.gateway.admin.AdminViews;
import org.impsiwf.gateway.admin.ClusterView;
import org.impsiwf.gateway.admin.PeerView;
import org.impsiwf.gateway.admin.Phase;
import org.impsiwf.gateway.admin.SessionView;
import org.impsiwf.gateway.config.ConfigSource;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.trace.TraceEntry;
import org.impsiwf.gateway.trace.TraceRecorder;
import org.impsiwf.testkit.conformance.PeerConformance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IwfTest {

    private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private boolean demoWorks = true;

    private int iwf(String... args) {
        return Iwf.execute(new FakePrograms(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private final class FakePrograms implements Programs {
        @Override
        public Running gateway(GatewayConfig config, ConfigSource again) throws IOException {
            throw new IOException("udp " + config.sip().listen().getFirst().address() + " is taken");
        }

        @Override
        public Running domain(DomainConfig config) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public boolean conformance(PeerConformance.Target target, PrintWriter to) {
            to.println(target);
            return demoWorks;
        }

        @Override
        public boolean demo(PrintWriter to) {
            to.println("a ladder");
            return demoWorks;
        }
    }

    @Test
    void checkOfAValidFileSaysOk_0() throws IOException {
        Path file = Files.writeString(directory.resolve("iwf.yaml"), "service-id: wv:@iwf.example.com\n");

        assertThat(iwf("check", file.toString())).isZero();
        assertThat(out).hasToString(file + ": ok" + System.lineSeparator());
        assertThat(err).hasToString("");
    }

    @Test
    void checkReportsEveryMistakeOnTheErrorOutput_2() throws IOException {
        Path file = Files.writeString(directory.resolve("iwf.yaml"), "servce-id: x\nsip:\n  lisen: []\n");

        assertThat(iwf("check", file.toString())).isEqualTo(2);
        assertThat(out).hasToString("");
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":1: unknown key \"servce-id\"; did you mean \"service-id\"?",
                        file + ":3: sip: unknown key \"lisen\"; did you mean \"listen\"?");
    }

    @Test
    void checkKnowsAFileOfASimulatedDomain() throws IOException {
        Path file = Files.writeString(
                directory.resolve("domain.yaml"), "users: [ { id: \"wv:bob@imps.example.com\", answer: silent } ]\n");

        assertThat(iwf("check", "--domain", file.toString())).isZero();
    }

    @Test
    void conformanceTakesFromTheConfigurationWhatIsNotSaid_andFailsWith1() throws IOException {
        Path file = Files.writeString(directory.resolve("iwf.yaml"), """
                service-id: wv:@us.example
                ssp:
                  listen: "127.0.0.1:8088"
                  peers:
                    - { service-id: "wv:@them.example", url: "http://127.0.0.1:8081/", our-password: x, peer-password: y }
                """);
        assertThat(iwf("conformance", "--against", "http://127.0.0.1:8081/", "--config", file.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("wv:@them.example at http://127.0.0.1:8081/ for wv:@us.example", "127.0.0.1:8088")
                .contains("wv:iwf-conformance@them.example");
        demoWorks = false;
        assertThat(iwf("conformance", "--against", "http://127.0.0.1:8081/")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conformance|Missing required option: '--against=URL'",
                "conformance --against http://x/ --listen nowhere|\"nowhere\" is no ADDRESS:PORT",
                "check|Missing required parameter: 'FILE'",
                "chekc x|did you mean",
                "run --confg x|Unknown option",
                "check none.yaml|none.yaml:1: does not exist",
                "run --config none.yaml|none.yaml:1: does not exist",
                "trace --nonsense|Unknown option"
            })
    void wrongUsageIsOneLine_2(String command, String message) {
        assertThat(iwf(command.split(" "))).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(message);
        assertThat(out).hasToString("");
    }

    @Test
    void failureToStartIsOneLineThatSaysWhere_1() {
        assertThat(iwf("run")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("iwf: udp 127.0.0.1:5060 is taken");
    }

    @Test
    void ourOwnMistakeIsOneLineToo_1() {
        assertThat(iwf("domain")).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("internal error")
                .contains("on purpose");
    }

    @Test
    void demoSucceedsOnlyIfEveryStepHappened() {
        assertThat(iwf("demo")).isZero();
        assertThat(out.toString()).contains("a ladder");
        demoWorks = false;
        assertThat(iwf("demo")).isEqualTo(1);
    }

    @Test
    void helpAndVersionAreAnswered_0() {
        assertThat(iwf("--version")).isZero();
        assertThat(out.toString()).matches("(?s)iwf \\d+\\.\\d+\\S*, Java \\d+.*");
        assertThat(iwf()).isZero();
        assertThat(out.toString())
                .contains("run", "domain", "check", "demo", "test", "bench", "sessions", "peers", "trace");
    }

    @Test
    void questionsWithNobodyListeningSaySoInOneLine_1() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        for (String question : List.of("peers", "sessions", "trace")) {
            assertThat(iwf(question, "--admin", "127.0.0.1:" + free)).isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.contains("no gateway answers on 127.0.0.1:" + free));
    }

    @Test
    void questionsPrintTablesAndLadders() throws IOException {
        var traces = new TraceRecorder(10, 10, Duration.ofHours(1), InstantSource.fixed(AT));
        traces.record("C:alice|bob 1", new TraceEntry(AT, "alice", "iwf", "INVITE"));
        PeerView peers = () -> List.of(new PeerView.Peer(
                "wv:@imps.example.com", "http://h/", "baraza", PeerView.State.UP, AT, 4, 0, Optional.empty()));
        var views = new AdminViews(() -> Phase.READY, peers, new OneSession(), traces, () -> "")
                .withCluster(new OneOfTwoNodes());
        try (AdminServer server =
                AdminServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), views)) {
            String admin = "127.0.0.1:" + server.address().getPort();

            assertThat(iwf("peers", "--admin", admin)).isZero();
            assertThat(iwf("sessions", "--admin", admin)).isZero();
            assertThat(iwf("trace", "--admin", admin)).isZero();
            assertThat(iwf("trace", "--admin", admin, "C:alice|bob 1")).isZero();
            assertThat(iwf("trace", "--admin", admin, "other")).isEqualTo(1);
            assertThat(iwf("peers", "--json", "--admin", admin)).isZero();
            assertThat(iwf("cluster", "--admin", admin)).isZero();
        }
        assertThat(out.toString())
                .contains("wv:@imps.example.com  up     2026-01-01T10:00:00Z  http://h/  baraza   4            0")
                .contains("C:alice|bob 1  sip:alice  wv:bob     pager  Talking")
                .contains("and 1 more")
                .contains("one (this one)  ready            true      3              4      1.0")
                .contains("two             does not answer")
                .contains("INVITE")
                .contains("{\"peers\":");
        assertThat(err.toString().lines()).containsExactly("iwf: no such conversation, or its trace is forgotten");
    }

    private static final class OneSession implements SessionView {
        @Override
        public long count() {
            return 2;
        }

        @Override
        public List<Session> sessions(int atMost) {
            return List.of(new Session("C:alice|bob 1", "sip:alice", "wv:bob", "pager", "Talking", AT, AT));
        }
    }

    private static final class OneOfTwoNodes implements ClusterView {
        @Override
        public String self() {
            return "one";
        }

        @Override
        public Optional<String> outOfTouch() {
            return Optional.empty();
        }

        @Override
        public Optional<String> unsettled() {
            return Optional.empty();
        }

        @Override
        public List<Node> nodes() {
            return List.of(
                    new Node("one", true, Optional.of(new State("1.0", "ready", true, 3, 4))),
                    new Node("two", false, Optional.empty()));
        }
    }
}
