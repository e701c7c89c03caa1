package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.RelayAccess;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpEvent.MessageAccepted;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.ReportReceived;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.impsiwf.msrp.event.MsrpEvent.SessionPrepared;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio's msrp module relays between two sessions of ours. Skipped where kamailio is not installed. */
class KamailioRelayTest {
    private static final String PASSWORD = "open sesame";

    @TempDir
    Path directory;

    private int port;
    private Optional<Process> kamailio = Optional.empty();
    private final Node alice = Node.onLoopback();
    private final Node bob = Node.onLoopback();

    @BeforeEach
    void start() throws IOException {
        assumeTrue(installed(), "kamailio is not installed");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = directory.resolve("kamailio.cfg");
        try (InputStream template = KamailioRelayTest.class.getResourceAsStream("kamailio-relay.cfg")) {
            Files.writeString(
                    config,
                    new String(template.readAllBytes(), UTF_8)
                            .replace("@PORT@", Integer.toString(port))
                            .replace("@PASSWORD@", PASSWORD));
        }
        kamailio = Optional.of(new ProcessBuilder(
                        "kamailio",
                        "-DD",
                        "-E",
                        "-m",
                        "32",
                        "-M",
                        "4",
                        "-f",
                        config.toString(),
                        "-Y",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start());
        await().until(this::listens);
    }

    private static boolean installed() {
        return List.of("/usr/sbin/kamailio", "/usr/local/sbin/kamailio").stream()
                .anyMatch(binary -> Files.isExecutable(Path.of(binary)));
    }

    private boolean listens() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        alice.close();
        bob.close();
        if (kamailio.isPresent()) {
            kamailio.get().destroy();
            if (!kamailio.get().waitFor(10, TimeUnit.SECONDS)) {
                kamailio.get().destroyForcibly();
            }
        }
    }

    private void prepare(Node node, String password) {
        node.execute(new MsrpCommand.PrepareSession(
                new MsrpSessionId("s1"),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new RelayAccess("msrp://127.0.0.1:" + port + ";tcp", "alice", password))));
    }

    private LocalEndpoint relayed(Node node) {
        prepare(node, PASSWORD);
        return node.events.next(SessionPrepared.class).local();
    }

    @Test
    void kamailioRelaysA100KilobyteMessageByteForByte() {
        LocalEndpoint ofAlice = relayed(alice);
        LocalEndpoint ofBob = relayed(bob);
        bob.connect("s1", false, ofAlice);
        alice.connect("s1", true, ofBob);
        alice.awaitConnected("s1");
        bob.awaitConnected("s1");

        byte[] bytes = new byte[100 * 1024];
        new Random(4976).nextBytes(bytes);
        alice.send("s1", "relayed", bytes, SuccessReport.YES, FailureReport.YES);
        MessageReceived received = bob.events.next(MessageReceived.class);
        assertThat(received.content().bytes()).isEqualTo(bytes);
        bob.answer(received, 200);
        bob.execute(new MsrpCommand.SendReport(new MsrpSessionId("s1"), "relayed", 200, Optional.empty()));
        alice.events.await(MessageAccepted.class, e -> e.messageId().equals("relayed"));
        alice.events.await(ReportReceived.class, e -> e.messageId().equals("relayed") && e.status() == 200);
    }

    @Test
    void kamailioRefusesAWrongPassword() {
        prepare(alice, "wrong");
        assertThat(alice.events.next(SessionFailed.class).cause()).contains("401");
    }
}
