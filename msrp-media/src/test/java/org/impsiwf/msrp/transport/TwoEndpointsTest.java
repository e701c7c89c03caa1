package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpEvent.MessageAccepted;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.MessageRefused;
import org.impsiwf.msrp.event.MsrpEvent.ReportReceived;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.session.MessageLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two endpoints over real sockets. */
class TwoEndpointsTest {
    private static final MessageLimits LARGE = MessageLimits.DEFAULT.withMessageBytes(8 << 20);

    private final Node alice = new Node(MsrpSettings.listeningOn("127.0.0.1", 0).withMessages(LARGE), Optional.empty());
    private final Node bob = new Node(MsrpSettings.listeningOn("127.0.0.1", 0).withMessages(LARGE), Optional.empty());

    @AfterEach
    void nothingIsLeft() {
        for (Node node : List.of(alice, bob)) {
            await().untilAsserted(() -> {
                assertThat(node.endpoint.snapshot().partialMessages()).isZero();
                assertThat(node.endpoint.snapshot().partialBytes()).isZero();
                assertThat(node.endpoint.snapshot().waitingExchanges()).isZero();
                assertThat(node.endpoint.snapshot().outgoingMessages()).isZero();
            });
        }
        alice.close();
        bob.close();
    }

    private void connect(String name, boolean secure) {
        LocalEndpoint ofAlice = alice.prepare(name, secure);
        LocalEndpoint ofBob = bob.prepare(name, secure);
        bob.connect(name, false, ofAlice);
        alice.connect(name, true, ofBob);
        alice.awaitConnected(name);
        bob.awaitConnected(name);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messagesFlowBothWaysOverTcpAndTls(boolean secure) {
        connect("s1", secure);

        alice.send("s1", "from-alice", "hello".getBytes(UTF_8));
        MessageReceived atBob = bob.events.next(MessageReceived.class);
        assertThat(atBob.content().bytes()).asString(UTF_8).isEqualTo("hello");
        bob.answer(atBob, 200);
        assertThat(alice.events.next(MessageAccepted.class).messageId()).isEqualTo("from-alice");

        bob.send("s1", "from-bob", "hi".getBytes(UTF_8));
        alice.answer(alice.events.next(MessageReceived.class), 200);
        assertThat(bob.events.next(MessageAccepted.class).messageId()).isEqualTo("from-bob");
    }

    @Test
    void positiveResponseIsWithheldUntilTheMessageIsAnswered() {
        connect("s1", false);
        alice.send("s1", "waits", "hello".getBytes(UTF_8));
        MessageReceived atBob = bob.events.next(MessageReceived.class);
        // A later message overtakes it only if it is answered earlier.
        alice.send("s1", "later", "world".getBytes(UTF_8));
        bob.answer(bob.events.next(MessageReceived.class), 200);
        assertThat(alice.events.next(MessageAccepted.class).messageId()).isEqualTo("later");
        assertThat(alice.events.drain()).isEmpty();
        bob.answer(atBob, 200);
        assertThat(alice.events.next(MessageAccepted.class).messageId()).isEqualTo("waits");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2048, 2049, 100_000, 5_000_000})
    void messagesOfEverySizeArriveByteForByte(int size) {
        connect("s1", false);
        byte[] bytes = random(size);
        alice.send("s1", "large", bytes);
        MessageReceived received = bob.events.next(MessageReceived.class);
        assertThat(received.content().bytes()).isEqualTo(bytes);
        bob.answer(received, 200);
        alice.events.next(MessageAccepted.class);
    }

    @Test
    void fiveMegabytesOverTlsArriveByteForByte() {
        connect("s1", true);
        byte[] bytes = random(5_000_000);
        alice.send("s1", "large", bytes);
        MessageReceived received = bob.events.next(MessageReceived.class);
        assertThat(received.content().bytes()).isEqualTo(bytes);
        bob.answer(received, 200);
        alice.events.next(MessageAccepted.class);
    }

    @Test
    void smallMessageOfAnotherSessionOvertakesALargeOneOnTheSameConnection() {
        connect("large", false);
        connect("small", false);
        assertThat(alice.endpoint.snapshot().connections()).isEqualTo(1);

        alice.send("large", "large-one", random(6_000_000));
        alice.send("small", "small-one", "quick".getBytes(UTF_8));
        MessageReceived first = bob.events.next(MessageReceived.class);
        assertThat(first.messageId()).isEqualTo("small-one");
        MessageReceived second = bob.events.next(MessageReceived.class);
        assertThat(second.messageId()).isEqualTo("large-one");
        bob.answer(first, 200);
        bob.answer(second, 200);
        alice.events.next(MessageAccepted.class);
        alice.events.next(MessageAccepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 408, 413, 415})
    void refusalReachesTheSender(int status) {
        connect("s1", false);
        alice.send("s1", "refused", "hello".getBytes(UTF_8));
        bob.answer(bob.events.next(MessageReceived.class), status);
        assertThat(alice.events.next(MessageRefused.class).status()).isEqualTo(status);
    }

    @Test
    void messagesThatWereSentBeforeTheSessionIsConnectedLeaveInOrder() {
        LocalEndpoint ofAlice = alice.prepare("s1", false);
        LocalEndpoint ofBob = bob.prepare("s1", false);
        bob.connect("s1", false, ofAlice);
        for (int i = 0; i < 50; i++) {
            alice.send("s1", "early-" + i, ("n" + i).getBytes(UTF_8));
        }
        alice.connect("s1", true, ofBob);
        for (int i = 50; i < 100; i++) {
            alice.send("s1", "early-" + i, ("n" + i).getBytes(UTF_8));
        }
        bob.awaitConnected("s1");
        for (int i = 0; i < 100; i++) {
            MessageReceived received = bob.events.next(MessageReceived.class);
            assertThat(received.messageId()).isEqualTo("early-" + i);
            bob.answer(received, 200);
        }
        alice.events.await(MessageAccepted.class, e -> e.messageId().equals("early-99"));
    }

    @Test
    void successReportComesBackWhereItWasAskedFor() {
        connect("s1", false);
        alice.send("s1", "reported", random(10_000), SuccessReport.YES, FailureReport.YES);
        bob.answer(bob.events.next(MessageReceived.class), 200);
        alice.events.next(MessageAccepted.class);
        bob.execute(new MsrpCommand.SendReport(new MsrpSessionId("s1"), "reported", 200, Optional.of("Delivered")));
        ReportReceived report = alice.events.next(ReportReceived.class);
        assertThat(report)
                .isEqualTo(new ReportReceived(new MsrpSessionId("s1"), "reported", 200, Optional.of("Delivered")));
    }

    @Test
    void reportsThatTheMessageDidNotAskForAreLeftOut() {
        connect("s1", false);
        alice.send("s1", "no-success", "x".getBytes(UTF_8), SuccessReport.NO, FailureReport.YES);
        bob.answer(bob.events.next(MessageReceived.class), 200);
        alice.send("s1", "no-failure", "x".getBytes(UTF_8), SuccessReport.NO, FailureReport.NO);
        bob.answer(bob.events.next(MessageReceived.class), 200);
        bob.execute(new MsrpCommand.SendReport(new MsrpSessionId("s1"), "no-success", 200, Optional.empty()));
        bob.execute(new MsrpCommand.SendReport(new MsrpSessionId("s1"), "no-failure", 408, Optional.empty()));
        await().until(() -> bob.count(MsrpCount.REPORT_LEFT_OUT) == 2);
        assertThat(alice.count(MsrpCount.REPORT_RECEIVED)).isZero();
    }

    @Test
    void failureReportNoGetsNoResponseAndIsAcceptedOnceFlushed() {
        connect("s1", false);
        int responses = bob.count(MsrpCount.RESPONSE_SENT);
        alice.send("s1", "silent", random(50_000), SuccessReport.NO, FailureReport.NO);
        alice.events.next(MessageAccepted.class);
        bob.answer(bob.events.next(MessageReceived.class), 403);
        alice.send("s1", "second", "x".getBytes(UTF_8));
        bob.answer(bob.events.next(MessageReceived.class), 200);
        alice.events.next(MessageAccepted.class);
        assertThat(bob.count(MsrpCount.RESPONSE_SENT)).isEqualTo(responses + 1);
    }

    @Test
    void failureReportPartialTellsBadNewsOnly() {
        connect("s1", false);
        int responses = bob.count(MsrpCount.RESPONSE_SENT);
        alice.send("s1", "good", "x".getBytes(UTF_8), SuccessReport.NO, FailureReport.PARTIAL);
        bob.answer(bob.events.next(MessageReceived.class), 200);
        assertThat(alice.events.next(MessageAccepted.class).messageId()).isEqualTo("good");
        alice.send("s1", "evil", "x".getBytes(UTF_8), SuccessReport.NO, FailureReport.PARTIAL);
        assertThat(alice.events.next(MessageAccepted.class).messageId()).isEqualTo("evil");
        bob.answer(bob.events.next(MessageReceived.class), 415);
        assertThat(alice.events.next(ReportReceived.class).status()).isEqualTo(415);
        assertThat(bob.count(MsrpCount.RESPONSE_SENT)).isEqualTo(responses + 1);
    }

    @Test
    void typesThatWeDidNotOfferAreRefusedAtTheEdge_415() {
        LocalEndpoint ofAlice = alice.prepare("s1", false);
        LocalEndpoint ofBob = bob.prepare("s1", List.of("message/cpim", "image/*"), List.of("text/html"));
        bob.connect("s1", false, ofAlice);
        alice.connect("s1", true, ofBob);
        alice.awaitConnected("s1");
        alice.send("s1", "plain", "x".getBytes(UTF_8));
        assertThat(alice.events.next(MessageRefused.class).status()).isEqualTo(415);
    }

    @Test
    void messageBeyondTheFarEndsSizeOrTypesIsRefusedWithoutBeingSent() {
        LocalEndpoint ofAlice = alice.prepare("s1", false);
        LocalEndpoint ofBob = bob.prepare("s1", false);
        bob.connect("s1", false, ofAlice);
        alice.execute(new MsrpCommand.ConnectSession(
                new MsrpSessionId("s1"),
                true,
                List.of(ofBob.path()),
                Optional.empty(),
                List.of("text/plain"),
                OptionalLong.of(10),
                Optional.empty()));
        alice.awaitConnected("s1");
        alice.send("s1", "too-large", random(11));
        assertThat(alice.events.next(MessageRefused.class).status()).isEqualTo(413);
        alice.execute(new MsrpCommand.SendMessage(
                new MsrpSessionId("s1"),
                "wrong-type",
                new org.impsiwf.msrp.event.MsrpContent("image/png", random(3)),
                SuccessReport.NO,
                FailureReport.YES));
        assertThat(alice.events.next(MessageRefused.class).status()).isEqualTo(415);
        assertThat(bob.count(MsrpCount.MESSAGE_RECEIVED)).isZero();
    }

    @Test
    void connectionClosesWithItsLastSession() {
        connect("s1", false);
        connect("s2", false);
        alice.closeSession("s1");
        alice.send("s2", "still", "x".getBytes(UTF_8));
        bob.answer(bob.events.await(MessageReceived.class, e -> true), 200);
        alice.events.next(MessageAccepted.class);
        alice.closeSession("s2");
        await().until(() -> alice.endpoint.snapshot().connections() == 0);
        await().until(() -> bob.endpoint.snapshot().connections() == 0);
        Set<String> failed = new HashSet<>();
        failed.add(bob.events.await(SessionFailed.class, e -> true).session().value());
        failed.add(bob.events.await(SessionFailed.class, e -> true).session().value());
        assertThat(failed).containsExactlyInAnyOrder("s1", "s2");
        assertThat(alice.endpoint.snapshot().idle()).isTrue();
        assertThat(bob.endpoint.snapshot().idle()).isTrue();
    }

    @Test
    void wrongFingerprintFailsTheSession_RFC4975_14_4() {
        LocalEndpoint ofAlice = alice.prepare("s1", true);
        LocalEndpoint ofBob = bob.prepare("s1", true);
        bob.connect("s1", false, ofAlice);
        alice.connect("s1", true, ofBob.path(), Optional.of("sha-256 " + "00:".repeat(31) + "00"));
        assertThat(alice.events.next(SessionFailed.class).cause()).contains("certificate");
        assertThat(alice.count(MsrpCount.CERTIFICATE_REFUSED)).isEqualTo(1);
    }

    @Test
    void passiveSessionIsNotBoundByAConnectionWithAnotherCertificate() {
        LocalEndpoint ofAlice = alice.prepare("s1", true);
        LocalEndpoint ofBob = bob.prepare("s1", true);
        bob.connect("s1", false, ofAlice.path(), Optional.of("sha-256 " + "00:".repeat(31) + "00"));
        alice.connect("s1", true, ofBob);
        assertThat(alice.events.next(SessionFailed.class).cause()).contains("481");
    }

    @Test
    void sessionIdsCarryAtLeast80RandomBits_RFC4975_14_1() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String path = alice.prepare("s" + i, false).path();
            String id = path.substring(path.lastIndexOf('/') + 1, path.indexOf(";tcp"));
            assertThat(id.length() * 6).isGreaterThanOrEqualTo(80);
            ids.add(id);
        }
        assertThat(ids).hasSize(100);
    }
}
