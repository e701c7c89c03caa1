package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.Test;

/** Each known defect of the stack below, with what keeps it away. */
class StackDefectsTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Sender BOB = new Sender(NameAddr.of(new SipUri("sip:bob@imps.example.com")), false);

    private static SipLimits hasty() {
        SipLimits d = SipLimits.DEFAULT;
        return new SipLimits(
                d.maxMessageBytes(),
                d.maxBodyBytes(),
                d.maxWaitingRequests(),
                d.maxQueuedDatagrams(),
                d.maxConnections(),
                d.idleBeforeEviction(),
                d.idleConnection(),
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                d.readerThreads(),
                d.retryAfter());
    }

    private static SipCommand.SendMessage message(String id, String uri, String text) {
        return new SipCommand.SendMessage(
                new RequestId(id),
                BOB,
                new SipUri(uri),
                new Body("text/plain", text.getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                Map.of());
    }

    private static EdgeUnderTest edge(SSLContext tls, SipLimits limits, String... listen) {
        return new EdgeUnderTest(
                config -> tls == null
                        ? config.withLimits(limits)
                        : config.withLimits(limits).withTls(tls),
                Optional.empty(),
                List.of("127.0.0.1"),
                listen);
    }

    @Test
    void aPeerThatAcceptsAndNeverShakesHandsHoldsNobodyUp() throws Exception {
        SSLContext keys = TestKeys.context();
        try (var iwf = edge(keys, hasty(), "tls:127.0.0.1:0");
                var silent = new ServerSocket(0, 5, LOOPBACK)) {
            iwf.edge.execute(message("r1", "sip:x@127.0.0.1:" + silent.getLocalPort() + ";transport=tls", "hi"));
            assertThat(iwf.await(SipEvent.MessageAnswered.class).response().status())
                    .isEqualTo(503);
            Awaitility.await().until(() -> iwf.edge.snapshot().clientTransactions() == 0);
        }
    }

    @Test
    void aPeerThatConnectsAndNeverShakesHandsKeepsNoOtherOut() throws Exception {
        SSLContext keys = TestKeys.context();
        try (var iwf = edge(keys, hasty(), "tls:127.0.0.1:0")) {
            int port = iwf.on(Transport.TLS).port();
            var mute = new ArrayList<Socket>();
            for (int i = 0; i < 20; i++) {
                mute.add(new Socket(LOOPBACK, port));
            }
            var tls = (SSLSocket) keys.getSocketFactory().createSocket(LOOPBACK, port);
            try (var alice = WirePeer.over(tls)) {
                String text = Requests.Caller.of(alice).request("OPTIONS", "sip:iwf", 1, "", "", "");
                alice.send(text.replace("SIP/2.0/TCP", "SIP/2.0/TLS"));
                assertThat(alice.awaitFinal("OPTIONS").status()).isEqualTo(200);
            }
            // Those that never spoke are gone by themselves.
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(iwf.edge.snapshot().connections()).isLessThan(2));
            for (Socket socket : mute) {
                socket.close();
            }
        }
    }

    @Test
    void aConnectThatGetsNoAnswerEnds() throws Exception {
        try (var iwf = edge(null, hasty(), "tcp:127.0.0.1:0");
                var full = new ServerSocket(0, 1, LOOPBACK)) {
            var filling = new ArrayList<Socket>();
            for (int i = 0; i < 4; i++) { // beyond its backlog nobody answers a connect
                var socket = new Socket();
                filling.add(socket);
                try {
                    socket.connect(new InetSocketAddress(LOOPBACK, full.getLocalPort()), 100);
                } catch (IOException e) {
                    break;
                }
            }
            iwf.edge.execute(message("r1", "sip:x@127.0.0.1:" + full.getLocalPort() + ";transport=tcp", "hi"));
            assertThat(iwf.await(SipEvent.MessageAnswered.class).response().synthetic())
                    .isTrue();
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void nothingIsLeftOfACallThatCouldNotBeSent() throws Exception {
        int nobody;
        try (var taken = new ServerSocket(0, 1, LOOPBACK)) {
            nobody = taken.getLocalPort();
        }
        try (var iwf = edge(null, SipLimits.DEFAULT, "tcp:127.0.0.1:0")) {
            iwf.edge.execute(new SipCommand.SendInvite(
                    new InviteUsageId("x#1"),
                    BOB,
                    new SipUri("sip:x@127.0.0.1:" + nobody + ";transport=tcp"),
                    Requests.OUR_OFFER,
                    List.of(),
                    Duration.ofSeconds(60),
                    Map.of()));
            var refused = iwf.await(SipEvent.InviteRefused.class).response();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.synthetic()).isTrue();
            Awaitility.await().until(() -> iwf.edge.snapshot().clientTransactions() == 0);
        }
    }

    /** Nagle's delay and the peer's delayed ACK add up to 40 ms; the cause is tested, not the clock. */
    @Test
    void noConnectionWaitsToFillASegment() throws Exception {
        var connections = new OpenConnections(SipLimits.DEFAULT);
        try (var listener = new WatchedServerSocket(0, LOOPBACK, connections);
                var made = new WatchedSocket(connections)) {
            made.connect(new InetSocketAddress(LOOPBACK, listener.getLocalPort()), SipLimits.DEFAULT);
            try (Socket accepted = listener.accept()) {
                assertThat(made.getTcpNoDelay()).isTrue();
                assertThat(accepted.getTcpNoDelay()).isTrue();
                assertThat(connections.size()).isEqualTo(2);
            }
        }
        assertThat(connections.size()).isZero();
    }

    @Test
    void messagesAreFramedHoweverTheirBytesArrive() {
        try (var iwf = edge(null, SipLimits.DEFAULT, "tcp:127.0.0.1:0");
                var alice = WirePeer.tcp(iwf.on(Transport.TCP))) {
            iwf.reacting(event -> {
                if (event instanceof SipEvent.MessageReceived received) {
                    iwf.edge.execute(new SipCommand.AnswerMessage(received.transaction(), Response.of(200)));
                }
            });
            for (byte b : Requests.Caller.of(alice).message("byte by byte").getBytes(StandardCharsets.UTF_8)) {
                alice.sendBytes(new byte[] {b});
            }
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(200);
            var merged = new StringBuilder("\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                merged.append(Requests.Caller.of(alice).message("together " + i));
            }
            alice.send(merged.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aConnectionThatPromisesAGigabyteLosesOnlyItself() {
        try (var iwf = edge(null, SipLimits.DEFAULT, "tcp:127.0.0.1:0");
                var alice = WirePeer.tcp(iwf.on(Transport.TCP));
                var hostile = WirePeer.tcp(iwf.on(Transport.TCP))) {
            hostile.send(Requests.Caller.of(hostile)
                    .message("x")
                    .replaceFirst("Content-Length: \\d+", "Content-Length: 1073741824"));
            alice.send(Requests.Caller.of(alice).request("OPTIONS", "sip:iwf", 1, "", "", ""));
            assertThat(alice.awaitFinal("OPTIONS").status()).isEqualTo(200);
            Awaitility.await().until(() -> iwf.edge.snapshot().connections() <= 1);
        }
    }

    @Test
    void aMessageOverTheLimitGets513AndEndsItsConnectionAndNoThread_RFC3261_21_5_7() throws Exception {
        var ended = new LinkedBlockingQueue<Throwable>();
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> ended.add(cause));
        int limit = SipLimits.DEFAULT.maxMessageBytes();
        try (var iwf = edge(null, SipLimits.DEFAULT, "tcp:127.0.0.1:0");
                var alice = WirePeer.tcp(iwf.on(Transport.TCP))) {
            int refused = 0;
            // Far beyond it, just beyond it, and beyond it only with the head.
            for (int length : List.of(1_073_741_824, limit + 1, limit - 100)) {
                try (var large = WirePeer.tcp(iwf.on(Transport.TCP))) {
                    large.send(Requests.Caller.of(large)
                            .message("")
                            .replace("Content-Length: 0", "Content-Length: " + length));
                    assertThat(large.awaitFinal("MESSAGE").status()).isEqualTo(513);
                    assertThat(iwf.count("sip.malformed Message Too Large")).isEqualTo(++refused);
                }
            }
            alice.send(Requests.Caller.of(alice).request("OPTIONS", "sip:iwf", 1, "", "", ""));
            assertThat(alice.awaitFinal("OPTIONS").status()).isEqualTo(200);
            Awaitility.await().until(() -> iwf.edge.snapshot().connections() == 1);
            assertThat(ended).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aPeerThatTakesNothingLosesItsConnectionAndNobodyElseWaits() throws Exception {
        try (var iwf = edge(null, hasty(), "tcp:127.0.0.1:0");
                var deaf = new Socket();
                var alice = WirePeer.tcp(iwf.on(Transport.TCP))) {
            deaf.setReceiveBufferSize(2_048);
            deaf.connect(new InetSocketAddress(LOOPBACK, iwf.on(Transport.TCP).port()));
            var flooding = Thread.ofVirtual().start(() -> {
                var caller = Requests.Caller.of(alice);
                try {
                    for (long i = 1; !Thread.currentThread().isInterrupted(); i++) {
                        String text = caller.request("OPTIONS", "sip:iwf", i, "", "", "");
                        deaf.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    assertThat(e).as("closed by the edge").isNotNull();
                }
            });
            alice.send(Requests.Caller.of(alice).request("OPTIONS", "sip:iwf", 1, "", "", ""));
            assertThat(alice.awaitFinal("OPTIONS").status()).isEqualTo(200);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !flooding.isAlive());
        }
    }

    @Test
    void aLargeMessageLeavesOverTcpAndFallsBackToUdp_RFC3261_18_1_1() {
        try (var iwf = edge(null, SipLimits.DEFAULT, "udp:127.0.0.1:0", "tcp:127.0.0.1:0");
                var stream = WirePeer.tcpListening("127.0.0.1");
                var datagrams = WirePeer.udp(iwf.on(Transport.UDP))) {
            iwf.edge.execute(message("r1", "sip:x@" + stream.hostPort(), "x".repeat(2_000)));
            assertThat(stream.awaitRequest("MESSAGE").header("Via")).startsWith("SIP/2.0/TCP");
            iwf.edge.execute(message("r2", "sip:x@" + datagrams.hostPort(), "x".repeat(2_000)));
            assertThat(datagrams.awaitRequest("MESSAGE").header("Via")).startsWith("SIP/2.0/UDP");
        }
    }

    @Test
    void aLingeringTransactionIsSmallAndThreadsAreFew() {
        try (var iwf = edge(null, SipLimits.DEFAULT, "udp:127.0.0.1:0");
                var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            iwf.reacting(event -> {
                if (event instanceof SipEvent.MessageReceived received) {
                    iwf.edge.execute(new SipCommand.AnswerMessage(received.transaction(), Response.of(200)));
                }
            });
            int messages = 4_000;
            for (int i = 0; i < messages; i++) {
                alice.send(Requests.Caller.of(alice).message("m"));
                alice.awaitFinal("MESSAGE");
                if (i == 0) {
                    iwf.events.clear();
                }
            }
            iwf.events.clear();
            int lingering = iwf.edge.snapshot().serverTransactions();
            assertThat(lingering).isEqualTo(messages);
            long with = usedAfterCollection();
            iwf.edge.close();
            assertThat(with / lingering)
                    .as("bytes of heap per lingering transaction, everything else included")
                    .isLessThan(20_000);
            long readers = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName()
                            .startsWith("sip-udp-" + iwf.on(Transport.UDP).port()))
                    .count();
            assertThat(readers).isLessThanOrEqualTo(SipLimits.DEFAULT.readerThreads());
        }
    }

    /** A transaction that forgets its request has to know a repeat all the same, and the request of an RFC 2543 client from both. */
    @Test
    void aRepeatGetsTheSameAnswerAgainAndNobodyHearsOfIt_RFC3261_17_2_2() {
        try (var iwf = edge(null, SipLimits.DEFAULT, "udp:127.0.0.1:0");
                var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            String message = caller.message("once");
            alice.send(message);
            var received = iwf.await(SipEvent.MessageReceived.class);
            iwf.edge.execute(new SipCommand.AnswerMessage(received.transaction(), Response.of(202)));
            RawMessage first = alice.awaitFinal("MESSAGE");

            alice.send(message);
            assertThat(alice.awaitFinal("MESSAGE")).isEqualTo(first);
            alice.send(Requests.Caller.of(alice).message("of old").replaceFirst(";branch=[^;\r\n]*", ""));
            iwf.edge.execute(new SipCommand.AnswerMessage(
                    iwf.await(SipEvent.MessageReceived.class).transaction(), Response.of(200)));
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(200);
            assertThat(iwf.events).noneMatch(SipEvent.MessageReceived.class::isInstance);
            assertThat(iwf.edge.snapshot().serverTransactions()).isEqualTo(2);
        }
    }

    /** RFC 3261 §17.2: by Timer J, and by Timer H for an INVITE whose refusal is never acknowledged. */
    @Test
    void noTransactionIsLeftAfter32Seconds() {
        try (var iwf = edge(null, SipLimits.DEFAULT, "udp:127.0.0.1:0");
                var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            alice.send(Requests.Caller.of(alice).message("answered"));
            iwf.edge.execute(new SipCommand.AnswerMessage(
                    iwf.await(SipEvent.MessageReceived.class).transaction(), Response.of(200)));
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(200);
            alice.send(Requests.Caller.of(alice).request("OPTIONS", "sip:iwf", 1, "", "", ""));
            assertThat(alice.awaitFinal("OPTIONS").status()).isEqualTo(200);
            alice.send(Requests.Caller.of(alice).request("BYE", "sip:iwf", 1, "none", "", ""));
            assertThat(alice.awaitFinal("BYE").status()).isEqualTo(481);
            alice.send(Requests.Caller.of(alice).invite("Require: levitation\r\n"));
            assertThat(alice.awaitFinal("INVITE").status()).isEqualTo(420);
            assertThat(iwf.edge.snapshot().serverTransactions()).isEqualTo(4);
            Awaitility.await("the timers of RFC 3261 §17.2")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> iwf.edge.snapshot().serverTransactions() == 0);
        }
    }

    private static long usedAfterCollection() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aTakenPortIsNamed() {
        try (var iwf = edge(null, SipLimits.DEFAULT, "tcp:127.0.0.1:0")) {
            String taken = iwf.on(Transport.TCP).toString();
            Assertions.assertThatThrownBy(() -> edge(null, SipLimits.DEFAULT, taken))
                    .hasMessageContaining(taken);
        }
    }
}
