package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.gateway.admin.FurtherPages.Page;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SspCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two domains of {@code ./iwf domain} by their configurations, connected over loopback, used by their testers' door. */
class ImpsDomainTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MOST_ATTEMPTS = 5;

    @TempDir
    private Path directory;

    private final List<ImpsDomain> domains = new ArrayList<>();
    private ImpsDomain east;
    private ImpsDomain west;

    @BeforeEach
    void start() throws Exception {
        for (int attempt = 1; !isStarted(attempt); attempt++) {
            close();
            domains.clear();
        }
        await().atMost(PATIENCE).until(() -> isUp(east) && isUp(west));
    }

    /** False when somebody else has taken a port meanwhile: both must be known before either starts. */
    private boolean isStarted(int attempt) throws Exception {
        int eastPort = freePort();
        int westPort = freePort();
        try {
            east = domain("east.example", eastPort, "west.example", westPort, true, """
                      - { id: "wv:ann@east.example", answer: accept }
                      - { id: "wv:mute@east.example", answer: refuse, status: 532 }
                    """);
            west = domain("west.example", westPort, "east.example", eastPort, false, """
                      - { id: "wv:bob@west.example", answer: echo, delay: 10ms }
                      - { id: "wv:cid@west.example", answer: accept }
                    """);
            return true;
        } catch (IOException taken) {
            if (attempt == MOST_ATTEMPTS) {
                throw taken;
            }
            return false;
        }
    }

    @AfterEach
    void close() {
        domains.forEach(ImpsDomain::close);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private ImpsDomain domain(String self, int port, String other, int otherPort, boolean connect, String users)
            throws IOException, ConfigException {
        Path file = directory.resolve(self + ".yaml");
        Files.writeString(
                file, """
                service-id: wv:@%s
                storage: { directory: %s }
                ssp:
                  listen: "127.0.0.1:%d"
                  reconnect-min: 100ms
                  peers:
                    - service-id: wv:@%s
                      url: http://127.0.0.1:%d/
                      our-password: secret
                      peer-password: secret
                      connect: %s
                users:
                %s""".formatted(self, directory.resolve(self + "-data"), port, other, otherPort, connect, users));
        ImpsDomain domain = ImpsDomain.start(Config.domain(file), SspCounters.NONE);
        domains.add(domain);
        return domain;
    }

    private static boolean isUp(ImpsDomain domain) {
        return domain.peers().stream().allMatch(peer -> peer.state() == PeerSnapshot.State.UP);
    }

    private static Map<?, ?> post(ImpsDomain domain, String user, String act, String body) {
        Optional<Page> page = new UserPages(domain)
                .post(path(user, act), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return (Map<?, ?>) page.orElseThrow().content();
    }

    private static String path(String user, String act) {
        return "/api/users/" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "/" + act;
    }

    private static List<String> texts(ImpsDomain domain, String user) {
        Page page = new UserPages(domain).get(path(user, "inbox")).orElseThrow();
        return ((List<?>) ((Map<?, ?>) page.content()).get("inbox"))
                .stream()
                        .map(arrival -> ((Map<?, ?>) arrival).get("text"))
                        .filter(text -> text != null)
                        .map(Object::toString)
                        .toList();
    }

    @Test
    @Tag("tx:SendMessage")
    void aMessageGoesToTheOtherDomainAndItsEchoComesBack() {
        Map<?, ?> sent =
                post(east, "wv:ann@east.example", "messages", "{'to': 'wv:bob@west.example', 'text': 'hello'}");

        assertThat(sent.get("status")).isEqualTo(200);
        assertThat(sent.get("message-id")).isNotNull();
        assertThat(texts(west, "bob@west.example")).containsExactly("hello");
        await().atMost(PATIENCE).until(() -> texts(east, "ann@east.example").contains("hello"));
    }

    @Test
    @Tag("status:531")
    @Tag("status:532")
    @Tag("tx:SendMessage")
    void anUnknownUserAndOneThatRefusesAreToldToTheSender() {
        assertThat(post(west, "cid@west.example", "messages", "{'to': 'wv:no@east.example', 'text': 'x'}")
                        .get("status"))
                .isEqualTo(531);
        assertThat(post(west, "cid@west.example", "messages", "{'to': 'wv:mute@east.example', 'text': 'x'}")
                        .get("status"))
                .isEqualTo(532);
    }

    @Test
    @Tag("tx:JoinGroup")
    void usersOfBothDomainsMeetInAGroup() {
        String club = "wv:ann/club@east.example";
        assertThat(post(
                                east,
                                "ann@east.example",
                                "groups",
                                "{'group': '" + club + "', 'act': 'create', 'screen-name': 'Ann'}")
                        .get("status"))
                .isEqualTo(200);
        Map<?, ?> joined = post(
                west, "cid@west.example", "groups", "{'group': '" + club + "', 'act': 'join', 'screen-name': 'Cid'}");
        assertThat(joined.get("status")).isEqualTo(200);

        assertThat(post(west, "cid@west.example", "messages", "{'to': '" + club + "', 'text': 'hi all'}")
                        .get("status"))
                .isEqualTo(200);

        await().atMost(PATIENCE).until(() -> texts(east, "ann@east.example").contains("hi all"));
        assertThat(post(west, "cid@west.example", "groups", "{'group': '" + club + "', 'act': 'leave'}")
                        .get("status"))
                .isEqualTo(200);
    }

    @Test
    void theDoorRefusesWhatItDoesNotKnow() {
        UserPages pages = new UserPages(east);
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(pages.get("/api/users").orElseThrow().content())
                .isEqualTo(Map.of("users", List.of("wv:ann@east.example", "wv:mute@east.example")));
        assertThat(pages.get("/api/other")).isEmpty();
        assertThat(pages.post(path("ann@east.example", "dance"), empty)).isEmpty();
        assertThat(pages.post(path("eve@east.example", "messages"), empty)
                        .orElseThrow()
                        .status())
                .isEqualTo(404);
        assertThat(pages.post(path("ann@east.example", "messages"), empty)
                        .orElseThrow()
                        .status())
                .isEqualTo(400);
        assertThat(pages.post(path("ann@east.example", "messages"), new byte[] {'{'})
                        .orElseThrow()
                        .status())
                .isEqualTo(400);
    }
}
