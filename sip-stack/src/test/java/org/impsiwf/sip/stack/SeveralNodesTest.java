package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes with their own sockets and shared stores: requests, orders and deadlines at either, and what is left when one goes. */
class SeveralNodesTest {

    private static final String[] LISTEN = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    private static final List<String> NOBODY = List.of("192.0.2.0/24");
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8");
    private static final Sender BOB =
            new Sender(new NameAddr(Optional.of("Bob"), new SipUri("sip:bob@imps.example.com")), false);
    private static final InviteUsageId OURS = new InviteUsageId("C:alice|bob#1");

    private final SharedStores shared = new SharedStores();
    private EdgeUnderTest a;
    private EdgeUnderTest b;
    private WirePeer atA;
    private WirePeer atB;

    @BeforeEach
    void start() {
        a = new EdgeUnderTest(shared.join("a"), LOOPBACK, LISTEN);
        b = new EdgeUnderTest(shared.join("b"), LOOPBACK, LISTEN); // deadlines fire here
        atA = WirePeer.udp(a.on(Transport.UDP));
        atB = WirePeer.udp(b.on(Transport.UDP));
    }

    @AfterEach
    void stop() {
        atA.close();
        atB.close();
        a.close();
        b.close();
        shared.close();
    }

    private record Answered(Requests.Caller caller, InviteUsageId usage, RawMessage ok) {}

    private Answered answered() {
        var caller = Requests.Caller.of(atA);
        atA.send(caller.invite(""));
        var invite = a.await(SipEvent.InviteReceived.class);
        a.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = atA.awaitFinal("INVITE");
        atA.send(caller.ack(ok, ""));
        a.await(SipEvent.AckReceived.class);
        return new Answered(caller, invite.usage(), ok);
    }

    /** The same caller, speaking from where it reaches the other node. */
    private Requests.Caller atB(Requests.Caller caller) {
        return new Requests.Caller(atB, caller.callId(), caller.tag());
    }

    private void kill(EdgeUnderTest node, String name) {
        node.edge.close();
        shared.kill(name);
    }

    @Test
    void anyNodeServesARequestInADialog() {
        Answered call = answered();
        atB.send(atB(call.caller()).inDialog("BYE", 2, call.ok(), ""));
        assertThat(atB.awaitFinal("BYE").status()).isEqualTo(200);
        assertThat(b.await(SipEvent.ByeReceived.class).usage()).isEqualTo(call.usage());
        Awaitility.await().until(() -> a.edge.snapshot().usages() == 0);
        assertThat(a.edge.snapshot().liveInvites()).isZero();
    }

    @Test
    void theOrdersForAnInviteMayComeFromAnyNode() {
        var caller = Requests.Caller.of(atA);
        atA.send(caller.invite(""));
        var invite = a.await(SipEvent.InviteReceived.class);
        b.edge.execute(new SipCommand.RingInvite(invite.usage()));
        atA.await(message -> message.status() == 180);
        b.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = atA.awaitFinal("INVITE");
        assertThat(ok.header("Contact")).contains(":" + a.on(Transport.UDP).port());
        assertThat(atA.awaitFinal("INVITE"))
                .as("its deadline fires at the other node")
                .isEqualTo(ok);
        atB.send(atB(caller).ack(ok, ""));
        assertThat(a.await(SipEvent.AckReceived.class).usage()).isEqualTo(invite.usage());
    }

    @Test
    void aCancelFindsItsInviteOnTheOtherNode_RFC3261_9_2() {
        var caller = Requests.Caller.of(atA);
        String invite = caller.invite("");
        atA.send(invite);
        var received = a.await(SipEvent.InviteReceived.class);
        String via = invite.lines()
                .filter(line -> line.startsWith("Via:"))
                .findFirst()
                .orElseThrow();
        atB.send("CANCEL sip:bob@ims.example.com SIP/2.0\r\n" + via + "\r\nMax-Forwards: 70\r\n"
                + "From: \"Alice\" <sip:alice@ims.example.com>;tag=" + caller.tag() + "\r\n"
                + "To: <sip:bob@ims.example.com>\r\nCall-ID: " + caller.callId()
                + "\r\nCSeq: 1 CANCEL\r\nContent-Length: 0\r\n\r\n");
        assertThat(atB.awaitFinal("CANCEL").status()).isEqualTo(200);
        assertThat(atA.awaitFinal("INVITE").status()).isEqualTo(487);
        assertThat(a.await(SipEvent.InviteCancelled.class).usage()).isEqualTo(received.usage());
    }

    @Test
    void aCancelOfNothingIsRefused_RFC3261_9_2() {
        atB.send(Requests.Caller.of(atB).request("CANCEL", "sip:bob@ims.example.com", 1, "", "", ""));
        assertThat(atB.awaitFinal("CANCEL").status()).isEqualTo(481);
    }

    @Test
    void whoHasTheInviteAnswersWhatComesInItsDialogElsewhere_RFC3261_15_1_2() {
        var caller = Requests.Caller.of(atA);
        atA.send(caller.invite(""));
        var invite = a.await(SipEvent.InviteReceived.class);
        a.edge.execute(new SipCommand.RingInvite(invite.usage()));
        RawMessage ringing = atA.await(message -> message.status() == 180);
        atB.send(atB(caller).inDialog("BYE", 2, ringing, ""));
        assertThat(atB.awaitFinal("BYE").status()).isEqualTo(200);
        assertThat(atA.awaitFinal("INVITE").status()).isEqualTo(487);
        a.await(SipEvent.InviteCancelled.class);
    }

    @Test
    void aReinviteAtTheOtherNodeIsAnsweredAndRepeatedThere_RFC3261_14_2() {
        try (WirePeer connection = WirePeer.tcp(a.on(Transport.TCP))) {
            var caller = Requests.Caller.of(connection); // whose connection ties the dialog to its node
            connection.send(caller.invite(""));
            var invite = a.await(SipEvent.InviteReceived.class);
            a.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
            RawMessage ok = connection.awaitFinal("INVITE");
            connection.send(caller.ack(ok, ""));
            a.await(SipEvent.AckReceived.class);
            var there = atB(caller);
            atB.send(there.inDialog("INVITE", 2, ok, Requests.SDP));
            var asked = a.await(SipEvent.ReinviteReceived.class);
            b.edge.execute(new SipCommand.AcceptReinvite(
                    invite.usage(), asked.transaction(), Requests.OURS, Optional.empty()));
            RawMessage again = atB.awaitFinal("INVITE");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).contains("m=message");
            assertThat(atB.awaitFinal("INVITE")).isEqualTo(again);
            atB.send(there.ack(again, ""));
            a.await(SipEvent.AckReceived.class);
        }
    }

    @Test
    void aMessageIsAnsweredByOrderOfAnyNode() {
        var caller = Requests.Caller.of(atA);
        atA.send(caller.message("hello"));
        var message = a.await(SipEvent.MessageReceived.class);
        b.edge.execute(new SipCommand.AnswerMessage(message.transaction(), Response.of(202)));
        assertThat(atA.awaitFinal("MESSAGE").status()).isEqualTo(202);
    }

    @Test
    void ourInviteIsTakenBackByOrderOfTheOtherNode() {
        call(a, atA);
        RawMessage invite = atA.awaitRequest("INVITE");
        atA.send(invite.answer(180, "c1", "", ""));
        a.await(SipEvent.InviteProgressed.class);
        b.edge.execute(new SipCommand.EndUsage(OURS, Optional.empty()));
        assertThat(atA.awaitRequest("CANCEL").header("Call-ID")).isEqualTo(invite.header("Call-ID"));
    }

    private static void call(EdgeUnderTest node, WirePeer peer) {
        node.edge.execute(new SipCommand.SendInvite(
                OURS,
                BOB,
                new SipUri("sip:carol@" + peer.hostPort()),
                Requests.OUR_OFFER,
                List.of(),
                Duration.ofSeconds(60),
                Map.of()));
    }

    private static String ok(RawMessage invite, WirePeer peer) {
        return invite.answer(
                200,
                "c1",
                "Contact: <sip:carol@" + peer.hostPort() + ">\r\nContent-Type: application/sdp\r\n",
                Requests.SDP);
    }

    @Test
    void aDialogGoesOnWhenItsNodeIsGone_andCSeqGoesUp_RFC3261_12_2_1_1() {
        call(a, atA);
        RawMessage invite = atA.awaitRequest("INVITE");
        atA.send(ok(invite, atA));
        a.await(SipEvent.InviteAccepted.class);
        a.edge.execute(new SipCommand.SendReinvite(OURS, Requests.OUR_OFFER));
        RawMessage second = atA.awaitRequest("INVITE");
        atA.send(ok(second, atA));
        a.await(SipEvent.ReinviteAnswered.class);
        kill(a, "a");
        b.edge.execute(new SipCommand.SendReinvite(OURS, Requests.OURS));
        RawMessage third = atA.awaitRequest("INVITE");
        assertThat(third.header("CSeq")).isEqualTo("3 INVITE");
        assertThat(third.header("Contact")).contains(":" + b.on(Transport.UDP).port());
        assertThat(third.tag("From")).isEqualTo(invite.tag("From"));
        assertThat(third.header("Via")).contains(":" + b.on(Transport.UDP).port());
    }

    @Test
    void theirInviteThatNobodyAnsweredEndsWithItsNode() {
        var caller = Requests.Caller.of(atA);
        atA.send(caller.invite(""));
        var invite = a.await(SipEvent.InviteReceived.class);
        kill(a, "a");
        assertThat(b.await(SipEvent.InviteCancelled.class).usage()).isEqualTo(invite.usage());
        Awaitility.await().until(() -> b.edge.snapshot().usages() == 0);
    }

    @Test
    void ourInviteThatNobodyAnsweredIsRefusedWhenItsNodeIsGone() {
        call(a, atA);
        RawMessage invite = atA.awaitRequest("INVITE");
        atA.send(invite.answer(180, "c1", "", ""));
        a.await(SipEvent.InviteProgressed.class);
        kill(a, "a");
        var refused = b.await(SipEvent.InviteRefused.class);
        assertThat(refused.usage()).isEqualTo(OURS);
        assertThat(refused.response().status()).isEqualTo(503);
    }

    @Test
    void aReinviteInFlightIsRefusedAndTheDialogGoesOnWhenItsNodeIsGone() {
        call(a, atA);
        RawMessage invite = atA.awaitRequest("INVITE");
        atA.send(ok(invite, atA));
        a.await(SipEvent.InviteAccepted.class);
        a.edge.execute(new SipCommand.SendReinvite(OURS, Requests.OURS));
        RawMessage second = atA.await(
                message -> message.isRequest("INVITE") && message.header("CSeq").startsWith("2 "));
        kill(a, "a");
        assertThat(b.await(SipEvent.ReinviteAnswered.class).response().status()).isEqualTo(503);
        b.edge.execute(new SipCommand.SendReinvite(OURS, Requests.OUR_OFFER));
        RawMessage third = atA.await(
                message -> message.isRequest("INVITE") && message.header("CSeq").startsWith("3 "));
        assertThat(version(third)).as("the lost one may have been taken").isGreaterThan(version(second));
        atB.send(ok(third, atA));
        assertThat(b.await(SipEvent.ReinviteAnswered.class).response().status()).isEqualTo(200);
    }

    private static long version(RawMessage description) {
        String origin = description
                .body()
                .lines()
                .filter(line -> line.startsWith("o="))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(origin.split(" ")[2]);
    }

    @Test
    void theAckOfADeadNodes2xxConfirmsTheDialog() {
        var caller = Requests.Caller.of(atA);
        atA.send(caller.invite(""));
        var invite = a.await(SipEvent.InviteReceived.class);
        a.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = atA.awaitFinal("INVITE");
        kill(a, "a");
        atB.send(atB(caller).ack(ok, ""));
        assertThat(b.await(SipEvent.AckReceived.class).usage()).isEqualTo(invite.usage());
    }

    @Test
    void aRequestThatWasHandedOverIsAnsweredWhenThatNodeIsGone() {
        var caller = Requests.Caller.of(atA);
        atA.send(caller.invite(""));
        var invite = a.await(SipEvent.InviteReceived.class);
        a.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = atA.awaitFinal("INVITE");
        // The 2xx has no ACK yet, so the re-INVITE belongs there, and nobody there answers it.
        atB.send(atB(caller).inDialog("INVITE", 2, ok, Requests.SDP));
        a.await(SipEvent.ReinviteReceived.class);
        kill(a, "a");
        assertThat(atB.awaitFinal("INVITE").status()).isEqualTo(500);
    }

    @Test
    void whoRegisteredByAConnectionIsReachedByIt_RFC5626() {
        try (WirePeer connection = WirePeer.tcp(a.on(Transport.TCP))) {
            var caller = Requests.Caller.of(connection);
            connection.send(caller.request(
                    "REGISTER",
                    "sip:ims.example.com",
                    1,
                    "",
                    "Contact: <sip:bob@192.0.2.7:5060;transport=tcp>;expires=600\r\n",
                    ""));
            assertThat(connection.awaitFinal("REGISTER").status()).isEqualTo(200);
            b.edge.execute(new SipCommand.SendMessage(
                    new RequestId("m1"),
                    BOB,
                    new SipUri("sip:bob@ims.example.com"),
                    new Body("text/plain", "hello".getBytes(StandardCharsets.UTF_8)),
                    Optional.empty(),
                    Map.of()));
            RawMessage message = connection.awaitRequest("MESSAGE");
            connection.send(message.answer(200, "t", "", ""));
            assertThat(a.await(SipEvent.MessageAnswered.class).request()).isEqualTo(new RequestId("m1"));
        }
    }

    @Test
    void aNonceOfOneNodeIsGoodAtTheOther_RFC7616() {
        try (var strangers = new Strangers()) {
            var caller = Requests.Caller.of(strangers.atC);
            strangers.atC.send(caller.message("hello"));
            RawMessage challenge = strangers.atC.awaitFinal("MESSAGE");
            assertThat(challenge.status()).isEqualTo(401);
            var there = new Requests.Caller(strangers.atD, caller.callId(), caller.tag());
            strangers.atD.send(there.request(
                    "MESSAGE",
                    "sip:bob@ims.example.com",
                    2,
                    "",
                    "Content-Type: text/plain\r\nAuthorization: "
                            + DigestFor.alice(
                                    challenge.header("WWW-Authenticate"), "MESSAGE", "sip:bob@ims.example.com")
                            + "\r\n",
                    "hello"));
            var message = strangers.d.await(SipEvent.MessageReceived.class);
            assertThat(message.head().originator().identity().uri().value()).isEqualTo("sip:alice@ims.example.com");
        }
    }

    /** Two more nodes, which trust nobody here. */
    private final class Strangers implements AutoCloseable {
        final EdgeUnderTest c = new EdgeUnderTest(shared.join("c"), NOBODY, LISTEN);
        final EdgeUnderTest d = new EdgeUnderTest(shared.join("d"), NOBODY, LISTEN);
        final WirePeer atC = WirePeer.udp(c.on(Transport.UDP));
        final WirePeer atD = WirePeer.udp(d.on(Transport.UDP));

        @Override
        public void close() {
            atC.close();
            atD.close();
            c.close();
            d.close();
        }
    }

    @Test
    void contactNamesAllNodesAndViaThisOne_RFC3261_18_2_2() {
        try (var c = new EdgeUnderTest(shared.join("c"), config -> config.withContact("iwf.example.com"), LISTEN)) {
            call(c, atA);
            RawMessage invite = atA.awaitRequest("INVITE");
            assertThat(invite.header("Contact")).isEqualTo("<sip:bob@iwf.example.com>");
            assertThat(invite.header("Via"))
                    .contains("127.0.0.1:" + c.on(Transport.UDP).port());
        }
    }

    @Test
    void whoIsCutOffRefuses() {
        shared.isCutOff("a");
        atA.send(Requests.Caller.of(atA).message("hello"));
        RawMessage refusal = atA.awaitFinal("MESSAGE");
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.header("Retry-After")).isNotEmpty();
        assertThat(a.events).isEmpty();
    }

    @Test
    void whatComesInWhileANodeMayBeTakenForDeadIsServedOnceItIsNot() throws InterruptedException {
        Answered answered = answered();
        shared.lapses("a");
        atA.send(answered.caller().inDialog("BYE", 2, answered.ok(), ""));
        shared.awaitWaiting("a");
        assertThat(a.events).noneMatch(SipEvent.ByeReceived.class::isInstance);

        shared.lapseIsOver("a");

        assertThat(atA.awaitFinal("BYE").status()).isEqualTo(200);
        assertThat(a.await(SipEvent.ByeReceived.class).usage()).isEqualTo(answered.usage());
    }
}
