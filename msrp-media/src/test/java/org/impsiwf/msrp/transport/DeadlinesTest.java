package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.MessageRefused;
import org.impsiwf.msrp.event.MsrpEvent.SessionConnected;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.MsrpFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every wait of the edge has an end; the clock is ours. */
class DeadlinesTest {
    private final VirtualTime time = new VirtualTime();
    private final Node node = Node.onLoopback(time);
    private final ServerSocket server = RawPeer.listen();
    private final String far = "msrp://127.0.0.1:" + server.getLocalPort() + "/far1;tcp";
    private String path;

    @BeforeEach
    void prepared() {
        path = node.prepare("s1", false).path();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        node.closeSession("s1");
        await().until(() -> node.endpoint.snapshot().idle());
        server.close();
        node.close();
    }

    /** We are active; the far end answers our first SEND. */
    private RawPeer connected() {
        node.connect("s1", true, far, Optional.empty());
        RawPeer peer = RawPeer.acceptedBy(server);
        MsrpFrame.Send first = peer.next(MsrpFrame.Send.class);
        assertThat(first.bodiless()).isTrue();
        peer.respond(first, 200);
        node.events.next(SessionConnected.class);
        roundTrip(peer);
        return peer;
    }

    /** When the response is there, all that the peer sent before has been dealt with, at the time as it was. */
    private void roundTrip(RawPeer peer) {
        peer.send("MSRP trip SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: m-trip\nByte-Range: 1-0/0\n-------trip$\n"
                .formatted(path, far));
        assertThat(peer.next(MsrpFrame.Response.class).status()).isEqualTo(200);
    }

    private String send(String transaction, String messageId, String range, String flag) {
        return "MSRP %s SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: %s\nByte-Range: %s\nContent-Type: text/plain\n\nhello\n-------%s%s\n"
                .formatted(transaction, path, far, messageId, range, transaction, flag);
    }

    @Test
    void messageWithoutAResponseIsRefusedAfter30Seconds_RFC4975_7_1_1() {
        try (RawPeer peer = connected()) {
            node.send("s1", "m-lost", "x".getBytes(UTF_8));
            peer.next(MsrpFrame.Send.class);
            time.advance(Duration.ofSeconds(29));
            peer.send(send("tran1", "m-alive", "1-5/5", "$")); // it lives, it just does not answer that one
            node.events.next(MessageReceived.class);
            roundTrip(peer);
            time.advance(Duration.ofSeconds(1));
            MessageRefused refused = node.events.next(MessageRefused.class);
            assertThat(refused.messageId()).isEqualTo("m-lost");
            assertThat(refused.status()).isEqualTo(408);
            assertThat(node.events.drain()).isEmpty();
        }
    }

    @Test
    void farEndThatFellSilentFailsTheSession() {
        try (RawPeer peer = connected()) {
            node.send("s1", "m-lost", "x".getBytes(UTF_8));
            peer.next(MsrpFrame.Send.class);
            time.advance(Duration.ofSeconds(30));
            assertThat(node.events.next(MessageRefused.class).status()).isEqualTo(408);
            assertThat(node.events.next(SessionFailed.class).cause()).contains("silent");
            peer.awaitClosed();
            assertThat(node.count(MsrpCount.CONNECTION_HALF_OPEN)).isEqualTo(1);
        }
    }

    @Test
    void partialMessageToASilentFarEndStaysAccepted() {
        try (RawPeer peer = connected()) {
            node.send("s1", "m-part", "x".getBytes(UTF_8), SuccessReport.NO, FailureReport.PARTIAL);
            peer.next(MsrpFrame.Send.class);
            node.events.next(MsrpEvent.MessageAccepted.class);
            peer.send(send("tran1", "m-alive", "1-5/5", "$"));
            node.events.next(MessageReceived.class);
            time.advance(Duration.ofSeconds(29));
            assertThat(node.events.drain()).isEmpty();
        }
    }

    @Test
    void idleConnectionIsAskedForASignOfLifeAndClosedWithoutOne() {
        try (RawPeer peer = connected()) {
            time.advance(Duration.ofMinutes(2));
            MsrpFrame.Send probe = peer.next(MsrpFrame.Send.class);
            assertThat(probe.bodiless()).isTrue();
            peer.respond(probe, 200);
            roundTrip(peer);
            time.advance(Duration.ofMinutes(2));
            assertThat(peer.next(MsrpFrame.Send.class).bodiless()).isTrue();
            time.advance(Duration.ofSeconds(30));
            assertThat(node.events.next(SessionFailed.class).cause()).contains("silent");
            peer.awaitClosed();
        }
    }

    @Test
    void messageThatNobodyAnswersIsAnswered408_AfterOurOwnTime() {
        try (RawPeer peer = connected()) {
            peer.send(send("tran1", "m-stuck", "1-5/5", "$"));
            node.events.next(MessageReceived.class);
            time.advance(MsrpTimeouts.DEFAULT.answer());
            MsrpFrame.Response response = peer.next(MsrpFrame.Response.class);
            assertThat(response.status()).isEqualTo(408);
            assertThat(node.endpoint.snapshot().waitingExchanges()).isZero();
        }
    }

    @Test
    void messageThatWasHeldBackAndRefusedIsNotHandedOverLater() {
        try (RawPeer peer = RawPeer.to(node)) {
            peer.send(send("tran1", "m-early", "1-5/5", "$"));
            await().until(() -> node.endpoint.snapshot().waitingExchanges() == 1);
            time.advance(MsrpTimeouts.DEFAULT.answer());
            assertThat(peer.next(MsrpFrame.Response.class).status()).isEqualTo(408);
            node.connect("s1", false, far, Optional.empty());
            node.events.next(SessionConnected.class);
            roundTrip(peer);
            assertThat(node.events.drain()).isEmpty();
        }
    }

    @Test
    void messageThatStaysIncompleteIsForgotten() {
        try (RawPeer peer = connected()) {
            peer.send(send("tran1", "m-half", "1-5/10", "+"));
            peer.next(MsrpFrame.Response.class);
            assertThat(node.endpoint.snapshot().partialMessages()).isEqualTo(1);
            time.advance(MsrpTimeouts.DEFAULT.nextChunk());
            await().until(() -> node.endpoint.snapshot().partialMessages() == 0);
            assertThat(node.endpoint.snapshot().partialBytes()).isZero();
        }
    }

    @Test
    void passiveSessionThatNobodyConnectsToFails() {
        node.connect("s1", false, far, Optional.empty());
        await().untilAsserted(() -> {
            time.advance(Duration.ofSeconds(30));
            assertThat(node.events.drain()).anyMatch(SessionFailed.class::isInstance);
        });
    }

    @Test
    void firstSendThatIsNotAnsweredFailsTheSession() {
        node.connect("s1", true, far, Optional.empty());
        try (RawPeer peer = RawPeer.acceptedBy(server)) {
            peer.next(MsrpFrame.Send.class);
            time.advance(Duration.ofSeconds(30));
            node.events.next(SessionFailed.class);
            peer.awaitClosed();
        }
    }

    @Test
    void acceptedConnectionThatSaysNothingIsClosed() {
        try (RawPeer peer = RawPeer.to(node)) {
            await().until(() -> node.endpoint.snapshot().connections() == 1);
            await().untilAsserted(() -> {
                time.advance(MsrpTimeouts.DEFAULT.unused());
                assertThat(node.endpoint.snapshot().connections()).isZero();
            });
            peer.awaitClosed();
        }
    }

    @Test
    void farEndThatReadsNothingFailsTheSession() {
        try (RawPeer peer = connected()) {
            node.send("s1", "m-huge", new byte[20_000_000], SuccessReport.NO, FailureReport.NO);
            await().untilAsserted(() -> {
                time.advance(Duration.ofSeconds(31));
                assertThat(node.endpoint.snapshot().sessions()).isZero();
            });
            assertThat(node.events.next(MessageRefused.class).status()).isEqualTo(408);
            node.events.next(SessionFailed.class);
            peer.awaitClosed();
        }
    }

    @Test
    void connectionThatIsRefusedFailsTheSession() throws IOException {
        server.close();
        node.connect("s1", true, far, Optional.empty());
        assertThat(node.events.next(SessionFailed.class).cause()).contains("cannot connect");
    }

    @Test
    void unknownHostFailsTheSession() {
        node.connect("s1", true, "msrp://no-such-host.invalid:2855/x;tcp", Optional.empty());
        assertThat(node.events.next(SessionFailed.class).cause()).contains("no-such-host.invalid");
    }

    @Test
    void malformedPathFailsTheSession() {
        node.connect("s1", true, "http://example.com/", Optional.empty());
        assertThat(node.events.next(SessionFailed.class).cause()).contains("malformed");
    }
}
