package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.HostPort;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.SessionConnected;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.impsiwf.msrp.event.MsrpEvent.SessionPrepared;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.transport.MsrpSettings.Listen;
import org.junit.jupiter.api.Test;

/** Where an endpoint listens, what it says of itself, and how it ends. */
class SettingsTest {
    private static final MsrpSettings LOOPBACK = MsrpSettings.listeningOn("127.0.0.1", 0);

    private static boolean hasIpv6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
        } catch (SocketException none) {
            return false;
        }
    }

    private static LocalEndpoint prepareNear(Node node, String session, String farHost) {
        node.execute(new MsrpCommand.PrepareSession(
                new MsrpSessionId(session), false, List.of(), List.of(), Optional.of(farHost), Optional.empty()));
        return node.events.next(SessionPrepared.class).local();
    }

    @Test
    void takenPortIsNamed() throws IOException {
        try (ServerSocket taken = RawPeer.listen()) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> MsrpEndpoint.start(
                            MsrpSettings.listeningOn("127.0.0.1", port), event -> {}, MsrpWatcher.NONE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void pathNamesWhatIsAdvertised() {
        Listen behindNat = new Listen("127.0.0.1", 0, Optional.of(new HostPort("msrp.example.com", 2855)));
        try (Node node = new Node(LOOPBACK.withListeners(List.of(behindNat)), Optional.empty())) {
            LocalEndpoint local = node.prepare("s1", false);
            assertThat(local.path()).startsWith("msrp://msrp.example.com:2855/");
            assertThat(local.host()).isEqualTo("msrp.example.com");
            assertThat(local.port()).isEqualTo(2855);
            assertThat(node.prepare("s2", true).path()).startsWith("msrps://msrp.example.com:2855/");
        }
    }

    @Test
    void listenerOfTheFarEndsAddressFamilyIsChosen_AndIpv6Works() {
        assumeTrue(hasIpv6(), "this host has no IPv6");
        MsrpSettings both = LOOPBACK.withListeners(List.of(Listen.on("127.0.0.1", 0), Listen.on("::1", 0)));
        try (Node alice = new Node(both, Optional.empty());
                Node bob = new Node(both, Optional.empty())) {
            assertThat(prepareNear(alice, "four", "192.0.2.1").path()).startsWith("msrp://127.0.0.1:");
            LocalEndpoint ofAlice = prepareNear(alice, "six", "2001:db8::1");
            assertThat(ofAlice.path()).startsWith("msrp://[::1]:");
            assertThat(ofAlice.host()).isEqualTo("::1");
            LocalEndpoint ofBob = prepareNear(bob, "six", "2001:db8::1");
            bob.connect("six", false, ofAlice);
            alice.connect("six", true, ofBob);
            alice.awaitConnected("six");
            alice.send("six", "m-over-v6", "x".getBytes(UTF_8));
            bob.answer(bob.events.await(MessageReceived.class, e -> true), 200);
        }
    }

    @Test
    void mediaLineRulesOverThePath_RFC6714_4() {
        try (Node alice = new Node(LOOPBACK, Optional.empty());
                ServerSocket middlebox = RawPeer.listen()) {
            alice.prepare("s1", false);
            alice.execute(new MsrpCommand.ConnectSession(
                    new MsrpSessionId("s1"),
                    true,
                    List.of("msrp://192.0.2.77:9/far;tcp"),
                    Optional.of(new HostPort("127.0.0.1", middlebox.getLocalPort())),
                    List.of("*"),
                    OptionalLong.empty(),
                    Optional.empty()));
            try (RawPeer peer = RawPeer.acceptedBy(middlebox)) {
                var first = peer.next(MsrpFrame.Send.class);
                assertThat(first.toPath().toString()).isEqualTo("msrp://192.0.2.77:9/far;tcp");
                peer.respond(first, 200);
                alice.events.next(SessionConnected.class);
            }
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void sessionsAndConnectionsBeyondTheLimitAreTurnedAway() {
        try (Node node = new Node(LOOPBACK.withMost(2, 1), Optional.empty())) {
            node.prepare("s1", false);
            node.prepare("s2", false);
            node.execute(new MsrpCommand.PrepareSession(new MsrpSessionId("s3"), false));
            assertThat(node.events.next(SessionFailed.class).cause()).contains("too many");
            try (RawPeer first = RawPeer.to(node)) {
                await().until(() -> node.endpoint.snapshot().connections() == 1);
                try (RawPeer second = RawPeer.to(node)) {
                    second.awaitClosed();
                }
                assertThat(node.count(MsrpCount.CONNECTION_REFUSED)).isEqualTo(1);
                first.send(
                        "MSRP still SEND\nTo-Path: msrp://x:1/y;tcp\nFrom-Path: msrp://z:1/y;tcp\nMessage-ID: m-12\n-------still$\n");
                assertThat(first.next(MsrpFrame.Response.class).status()).isEqualTo(481);
            }
        }
    }

    @Test
    void repeatedOrdersDoNothing() {
        try (Node node = new Node(LOOPBACK, Optional.empty())) {
            node.prepare("s1", false);
            node.execute(new MsrpCommand.PrepareSession(new MsrpSessionId("s1"), false));
            node.connect("s1", false, "msrp://far:1/a;tcp", Optional.empty());
            node.connect("s1", false, "msrp://other:1/b;tcp", Optional.empty());
            assertThat(node.endpoint.snapshot().sessions()).isEqualTo(1);
            node.closeSession("s1");
            node.closeSession("s1");
            await().until(() -> node.endpoint.snapshot().sessions() == 0);
            assertThat(node.events.drain()).isEmpty();
        }
    }

    @Test
    void drainWaitsForRunningMessagesAndTakesNothingNew() throws InterruptedException {
        try (Node alice = new Node(LOOPBACK, Optional.empty());
                Node bob = new Node(LOOPBACK, Optional.empty())) {
            LocalEndpoint ofAlice = alice.prepare("s1", false);
            LocalEndpoint ofBob = bob.prepare("s1", false);
            bob.connect("s1", false, ofAlice);
            alice.connect("s1", true, ofBob);
            alice.awaitConnected("s1");
            alice.send("s1", "m-last", "x".getBytes(UTF_8));
            MessageReceived running = bob.events.await(MessageReceived.class, e -> true);
            assertThat(bob.endpoint.drain(Duration.ZERO)).isFalse();
            bob.execute(new MsrpCommand.PrepareSession(new MsrpSessionId("s2"), false));
            bob.events.next(SessionFailed.class);
            bob.answer(running, 200);
            assertThat(bob.endpoint.drain(Events.LONG_ENOUGH)).isTrue();
            assertThat(alice.endpoint.drain(Events.LONG_ENOUGH)).isTrue();
        }
    }

    private static MsrpSettings impatientWithTls() {
        MsrpTimeouts t = MsrpTimeouts.DEFAULT;
        return LOOPBACK.withTimeouts(new MsrpTimeouts(
                t.connect(),
                Duration.ofMillis(200),
                t.bind(),
                t.response(),
                t.answer(),
                t.nextChunk(),
                t.unused(),
                t.silence(),
                t.stalled()));
    }

    @Test
    void farEndThatStartsTlsAndStopsIsClosed() throws IOException {
        try (Node node = new Node(impatientWithTls(), Optional.empty());
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        node.endpoint.advertised().getFirst().port())) {
            socket.setSoTimeout((int) Events.LONG_ENOUGH.toMillis());
            socket.getOutputStream().write(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
            await().untilAsserted(() ->
                    assertThat(node.endpoint.snapshot().connections()).isEqualTo(0));
            assertThat(node.count(MsrpCount.CONNECTION_ACCEPTED)).isEqualTo(1);
        }
    }

    @Test
    void serverThatNeverFinishesItsTlsHandshakeFailsTheSession() throws IOException {
        try (Node node = new Node(impatientWithTls(), Optional.empty());
                ServerSocket silent = RawPeer.listen()) {
            node.prepare("s1", true);
            node.connect("s1", true, "msrps://127.0.0.1:" + silent.getLocalPort() + "/x;tcp", Optional.empty());
            assertThat(node.events.next(SessionFailed.class).cause()).contains("TLS");
        }
    }
}
