package org.impsiwf.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.impsiwf.gateway.trace.TraceEntry;
import org.impsiwf.gateway.trace.TraceRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {

    private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.READY);
    private final TraceRecorder traces = new TraceRecorder(10, 10, Duration.ofHours(1), InstantSource.fixed(AT));
    private final PeerView peers = () -> List.of(new PeerView.Peer(
            "wv:@imps.example.com",
            "http://127.0.0.1:8081/",
            "oma-1.3",
            PeerView.State.DOWN,
            AT,
            0,
            3,
            Optional.of("connection refused")));
    private final SessionView sessions = new SessionView() {
        @Override
        public long count() {
            return 2;
        }

        @Override
        public List<Session> sessions(int atMost) {
            return List.of(new Session("C:a|b", "sip:a@x", "wv:b@y", "session", "Talking", AT, AT));
        }
    };

    private final HttpClient client = HttpClient.newHttpClient();
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server = AdminServer.start(FREE, new AdminViews(phase::get, peers, sessions, traces, () -> "iwf_x 1\n"));
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private HttpResponse<String> request(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> response = request("GET", path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return new JsonMapper().readTree(response.body());
    }

    @Test
    void isReadyWithEveryPeerDownAndNamesEachWithItsState() throws Exception {
        JsonNode ready = json("/health/ready");

        assertThat(ready.path("status").asText()).isEqualTo("ready");
        assertThat(ready.path("peers").get(0).path("service-id").asText()).isEqualTo("wv:@imps.example.com");
        assertThat(ready.path("peers").get(0).path("state").asText()).isEqualTo("down");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTING", "DRAINING"})
    void isNotReadyBeforeItListensAndOnceItDrains(String name) throws Exception {
        phase.set(Phase.valueOf(name));

        assertThat(request("GET", "/health/ready").statusCode()).isEqualTo(503);
        assertThat(request("GET", "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void showsMetricsAsText() throws Exception {
        HttpResponse<String> page = request("GET", "/metrics");

        assertThat(page.body()).isEqualTo("iwf_x 1\n");
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void showsPeersAndSessions() throws Exception {
        JsonNode peer = json("/api/peers").path("peers").get(0);
        assertThat(peer.path("last-problem").asText()).isEqualTo("connection refused");
        assertThat(peer.path("since").asText()).isEqualTo("2026-01-01T10:00:00Z");
        assertThat(peer.path("waiting").asInt()).isEqualTo(3);

        JsonNode answer = json("/api/sessions");
        assertThat(answer.path("count").asInt()).isEqualTo(2);
        assertThat(answer.path("sessions").get(0).path("imps-user").asText()).isEqualTo("wv:b@y");
    }

    @Test
    void showsTheTraceOfAConversationWhoseIdIsEscaped() throws Exception {
        traces.record("C:a@x|b@y+1/2", new TraceEntry(AT, "alice", "iwf", "INVITE"));

        JsonNode trace = json("/api/trace/C%3Aa%40x%7Cb%40y+1%2F2");
        assertThat(trace.path("entries").get(0).path("text").asText()).isEqualTo("INVITE");
        assertThat(json("/api/trace").path("conversations").get(0).asText()).isEqualTo("C:a@x|b@y+1/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/trace/none", "/api/trace/%25zz", "/health", "/metrics/x", "/..%2f"})
    void answersAnUnknownPageWith404InJson(String path) throws Exception {
        HttpResponse<String> response = request("GET", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new JsonMapper().readTree(response.body()).path("error").asText())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void refusesToChangeAnything_405(String method) throws Exception {
        HttpResponse<String> response = request(method, "/api/peers");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpResponse<String> response = request("HEAD", "/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void goesOnAfterBytesThatAreNoHttp() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream().write("\u0000\u0001 nonsense\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.setSoTimeout(10_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(request("GET", "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void namesTheAddressThatIsTaken() {
        assertThatThrownBy(() -> AdminServer.start(
                        server.address(), new AdminViews(phase::get, peers, sessions, traces, () -> "")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":" + server.address().getPort());
    }

    @Test
    void reloadSaysWhatHasChangedOrWhyNothingDid() throws Exception {
        server.close();
        var outcome = new AtomicReference<Reload.Outcome>(
                new Reload.Outcome.Done(List.of("peer x added"), List.of("sip.listen")));
        server = AdminServer.start(
                FREE, new AdminViews(phase::get, peers, sessions, traces, () -> "", Optional.of(outcome::get)));
        HttpResponse<String> done = request("POST", "/api/reload");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).isEqualTo("{\"changes\":[\"peer x added\"],\"needs-restart\":[\"sip.listen\"]}");
        assertThat(request("GET", "/api/reload").statusCode()).isEqualTo(404);

        outcome.set(new Reload.Outcome.Refused(List.of("iwf.yaml:1: nonsense")));
        HttpResponse<String> refused = request("POST", "/api/reload");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("iwf.yaml:1: nonsense");
    }

    private record TwoNodes(boolean inTouch, boolean settled) implements ClusterView {
        @Override
        public String self() {
            return "one";
        }

        @Override
        public Optional<String> outOfTouch() {
            return inTouch ? Optional.empty() : Optional.of("too few nodes are in sight");
        }

        @Override
        public Optional<String> unsettled() {
            return settled ? Optional.empty() : Optional.of("not on two of them yet");
        }

        @Override
        public List<Node> nodes() {
            return List.of(
                    new Node("one", true, Optional.of(new State("1.0", "ready", inTouch, 3, 4))),
                    new Node("two", false, Optional.empty()));
        }
    }

    private HttpResponse<String> ofCluster(ClusterView cluster, String path) throws Exception {
        var views = new AdminViews(phase::get, peers, sessions, traces, () -> "").withCluster(cluster);
        server.close();
        server = AdminServer.start(FREE, views);
        return request("GET", path);
    }

    @Test
    void showsTheNodesAndWhatEachSaysOfItself() throws Exception {
        JsonNode answer = new JsonMapper()
                .readTree(ofCluster(new TwoNodes(true, true), "/api/cluster").body());

        assertThat(answer.path("self").asText()).isEqualTo("one");
        assertThat(answer.path("in-touch").asBoolean()).isTrue();
        assertThat(answer.path("nodes")
                        .get(0)
                        .path("state")
                        .path("conversations")
                        .asInt())
                .isEqualTo(3);
        assertThat(answer.path("nodes").get(1).path("answers").asBoolean()).isFalse();
    }

    @Test
    void isNotReadyWhileItMayHaveBeenTakenForDeadAndSaysSo() throws Exception {
        assertThat(ofCluster(new TwoNodes(true, true), "/health/ready").statusCode())
                .isEqualTo(200);

        HttpResponse<String> ready = ofCluster(new TwoNodes(false, true), "/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("too few nodes are in sight");
    }

    @Test
    void isNotReadyBeforeAnotherNodeMayBeStopped() throws Exception {
        HttpResponse<String> ready = ofCluster(new TwoNodes(true, false), "/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("not on two of them yet");
    }

    @Test
    void programThatAlwaysRunsAloneHasNoPageOfNodes() throws Exception {
        assertThat(request("GET", "/api/cluster").statusCode()).isEqualTo(404);
    }
}
