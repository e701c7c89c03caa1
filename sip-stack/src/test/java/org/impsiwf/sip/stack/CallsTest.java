package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls on real sockets beyond the plain ones. */
class CallsTest {

    private static final Sender BOB =
            new Sender(new NameAddr(Optional.of("Bob"), new SipUri("sip:bob@imps.example.com")), false);
    private static final InviteUsageId OURS = new InviteUsageId("C:alice|bob#1");

    private EdgeUnderTest iwf;
    private WirePeer peer;

    @BeforeEach
    void start() {
        iwf = new EdgeUnderTest("udp:127.0.0.1:0", "tcp:127.0.0.1:0");
        peer = WirePeer.udp(iwf.on(Transport.UDP));
    }

    @AfterEach
    void stop() {
        peer.close();
        iwf.close();
    }

    private String contact() {
        return "Contact: <sip:carol@" + peer.hostPort() + ">\r\n";
    }

    private RawMessage call() {
        iwf.edge.execute(new SipCommand.SendInvite(
                OURS,
                BOB,
                new SipUri("sip:carol@" + peer.hostPort()),
                Requests.OUR_OFFER,
                List.of(),
                Duration.ofSeconds(60),
                Map.of()));
        return peer.awaitRequest("INVITE");
    }

    private String ok(RawMessage invite, String tag, String headers) {
        return invite.answer(200, tag, contact() + headers + "Content-Type: application/sdp\r\n", Requests.SDP);
    }

    /** A call of the peer's that we answered. */
    private record Answered(Requests.Caller caller, InviteUsageId usage, RawMessage ok) {}

    private Answered answered(String headers) {
        var caller = Requests.Caller.of(peer);
        peer.send(caller.invite(headers));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = peer.awaitFinal("INVITE");
        peer.send(caller.ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);
        return new Answered(caller, invite.usage(), ok);
    }

    @Test
    void a2xxIsRepeatedUntilItsAck_RFC3261_13_3_1_4() {
        var caller = Requests.Caller.of(peer);
        peer.send(caller.invite(""));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage first = peer.awaitFinal("INVITE");
        RawMessage again = peer.awaitFinal("INVITE");
        assertThat(again).isEqualTo(first);
        peer.send(caller.ack(first, ""));
        iwf.await(SipEvent.AckReceived.class);
    }

    @Test
    void anInviteWithoutOfferGetsOursInThe2xxAndAnswersInAck_RFC3261_13_2_1() {
        var caller = Requests.Caller.of(peer);
        peer.send(caller.request("INVITE", "sip:bob@ims.example.com", 1, "", caller.contact(), ""));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        assertThat(invite.offer()).isEmpty();
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OUR_OFFER));
        RawMessage ok = peer.awaitFinal("INVITE");
        assertThat(ok.body()).contains("a=setup:actpass");
        peer.send(caller.ack(ok, Requests.SDP));
        assertThat(iwf.await(SipEvent.AckReceived.class).answer().orElseThrow().port())
                .isEqualTo(7654);
    }

    @Test
    void a2xxAgainIsAcknowledgedAgain_RFC3261_13_2_2_4() {
        RawMessage invite = call();
        peer.send(ok(invite, "c1", ""));
        RawMessage ack = peer.awaitRequest("ACK");
        peer.send(ok(invite, "c1", ""));
        RawMessage second = peer.awaitRequest("ACK");
        assertThat(second.header("CSeq")).isEqualTo(ack.header("CSeq"));
        assertThat(second.tag("To")).isEqualTo("c1");
    }

    @Test
    void aLaterForkIsAcknowledgedAndEnded_RFC3261_13_2_2_4() {
        RawMessage invite = call();
        peer.send(ok(invite, "c1", ""));
        peer.awaitRequest("ACK");
        peer.send(ok(invite, "c2", ""));
        assertThat(peer.await(m -> m.isRequest("ACK")).tag("To")).isEqualTo("c2");
        RawMessage bye = peer.awaitRequest("BYE");
        assertThat(bye.tag("To")).isEqualTo("c2");
        peer.send(bye.answer(200, "", "", ""));
        iwf.await(SipEvent.InviteAccepted.class);
        iwf.edge.execute(new SipCommand.EndUsage(OURS, Optional.empty()));
        assertThat(peer.awaitRequest("BYE").tag("To")).isEqualTo("c1");
    }

    @Test
    void aCallIsTakenBackByCancelOnceItHadAProvisionalResponse_RFC3261_9_1() {
        RawMessage invite = call();
        iwf.edge.execute(new SipCommand.EndUsage(OURS, Optional.empty()));
        peer.send(invite.answer(180, "c1", "", ""));
        RawMessage cancel = peer.awaitRequest("CANCEL");
        assertThat(cancel.header("Via")).isEqualTo(invite.header("Via"));
        peer.send(cancel.answer(200, "c1", "", ""));
        peer.send(invite.answer(487, "c1", "", ""));
        assertThat(peer.awaitRequest("ACK").tag("To")).isEqualTo("c1");
    }

    @Test
    void a2xxThatCrossesOurCancelIsAcknowledgedAndEnded_RFC3261_9_1() {
        RawMessage invite = call();
        peer.send(invite.answer(180, "c1", "", ""));
        iwf.await(SipEvent.InviteProgressed.class);
        iwf.edge.execute(new SipCommand.EndUsage(OURS, Optional.empty()));
        peer.awaitRequest("CANCEL");
        peer.send(ok(invite, "c1", ""));
        peer.awaitRequest("ACK");
        assertThat(peer.awaitRequest("BYE").tag("To")).isEqualTo("c1");
    }

    @Test
    void theirReinviteIsAnsweredAsOrderedAndAcknowledged() {
        Answered call = answered("");
        peer.send(call.caller().inDialog("INVITE", 2, call.ok(), Requests.SDP));
        var reinvite = iwf.await(SipEvent.ReinviteReceived.class);
        assertThat(reinvite.usage()).isEqualTo(call.usage());
        iwf.edge.execute(new SipCommand.AcceptReinvite(call.usage(), reinvite.transaction(), Requests.OURS));
        RawMessage ok = peer.awaitFinal("INVITE");
        assertThat(ok.status()).isEqualTo(200);
        peer.send(call.caller().ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);
    }

    @Test
    void ourReinviteGoesInTheDialogAndItsAnswerIsTold() {
        Answered call = answered("");
        iwf.edge.execute(new SipCommand.SendReinvite(call.usage(), Requests.OUR_OFFER));
        RawMessage reinvite = peer.awaitRequest("INVITE");
        assertThat(reinvite.tag("To")).isEqualTo(call.caller().tag());
        assertThat(reinvite.tag("From")).isEqualTo(call.ok().tag("To"));
        peer.send(ok(reinvite, "", ""));
        assertThat(peer.awaitRequest("ACK").header("CSeq")).isEqualTo("1 ACK");
        assertThat(iwf.await(SipEvent.ReinviteAnswered.class).answer()).isPresent();
    }

    @Test
    void theirReinviteInTheMiddleOfOursGets491_RFC3261_14_2() {
        Answered call = answered("");
        iwf.edge.execute(new SipCommand.SendReinvite(call.usage(), Requests.OUR_OFFER));
        peer.awaitRequest("INVITE");
        peer.send(call.caller().inDialog("INVITE", 2, call.ok(), Requests.SDP));
        assertThat(peer.awaitFinal("INVITE").status()).isEqualTo(491);
    }

    @Test
    void aRequestOutOfOrderGets500_RFC3261_12_2_2() {
        Answered call = answered("");
        peer.send(call.caller().inDialog("OPTIONS", 9, call.ok(), ""));
        assertThat(peer.awaitFinal("OPTIONS").status()).isEqualTo(200);
        peer.send(call.caller().inDialog("INFO", 5, call.ok(), ""));
        assertThat(peer.awaitFinal("INFO").status()).isEqualTo(500);
        peer.send(call.caller().inDialog("INFO", 10, call.ok(), ""));
        assertThat(peer.awaitFinal("INFO").status()).isEqualTo(405);
    }

    @Test
    void anUpdateWithoutOfferRefreshesTheSession_RFC4028_9() {
        Answered call = answered("Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n");
        assertThat(call.ok().header("Session-Expires")).isEqualTo("600;refresher=uac");
        assertThat(call.ok().header("Require")).isEqualTo("timer");
        String update = call.caller()
                .inDialog("UPDATE", 2, call.ok(), "")
                .replace("Max-Forwards", "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\nMax-Forwards");
        peer.send(update);
        RawMessage ok = peer.awaitFinal("UPDATE");
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.header("Session-Expires")).isEqualTo("600;refresher=uac");
    }

    @Test
    void requestsOfOursFollowTheRouteSet_RFC3261_12_2_1_1() {
        var caller = Requests.Caller.of(peer);
        String route = "<sip:" + peer.hostPort() + ";lr>";
        String elsewhere = "Contact: <sip:alice@192.0.2.1:5999>\r\n";
        peer.send(caller.request(
                "INVITE",
                "sip:bob@ims.example.com",
                1,
                "",
                "Record-Route: " + route + "\r\n" + elsewhere + "Content-Type: application/sdp\r\n",
                Requests.SDP));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = peer.awaitFinal("INVITE");
        assertThat(ok.header("Record-Route")).isEqualTo(route);
        peer.send(caller.ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);
        iwf.edge.execute(new SipCommand.EndUsage(invite.usage(), Optional.empty()));
        RawMessage bye = peer.awaitRequest("BYE");
        assertThat(bye.uri()).isEqualTo("sip:alice@192.0.2.1:5999");
        assertThat(bye.header("Route")).isEqualTo(route);
    }

    @Test
    void aCallerThatCannotBeReachedOtherwiseIsReachedOverItsConnection_RFC5626_5_3() {
        try (var alice = WirePeer.tcp(iwf.on(Transport.TCP))) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.invite("")); // its Contact names the port that it connects from
            var invite = iwf.await(SipEvent.InviteReceived.class);
            iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
            RawMessage ok = alice.awaitFinal("INVITE");
            assertThat(ok.header("Contact").toLowerCase(Locale.ROOT)).contains("transport=tcp");
            alice.send(caller.ack(ok, ""));
            iwf.await(SipEvent.AckReceived.class);
            iwf.edge.execute(new SipCommand.EndUsage(invite.usage(), Optional.empty()));
            alice.awaitRequest("BYE");
        }
    }

    @Test
    void aMessageInADialogIsAMessageLikeAnyOther_RFC3428_4() {
        Answered call = answered("");
        String inside = call.caller()
                .inDialog("MESSAGE", 2, call.ok(), "")
                .replace("Content-Length: 0\r\n\r\n", "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi");
        peer.send(inside);
        var message = iwf.await(SipEvent.MessageReceived.class);
        iwf.edge.execute(new SipCommand.AnswerMessage(message.transaction(), Response.of(200)));
        assertThat(peer.awaitFinal("MESSAGE").status()).isEqualTo(200);
        peer.send(inside.replace(call.ok().tag("To"), "0123456789abcdef").replace("branch=z9hG4bK", "branch=z9hG4bKn"));
        assertThat(peer.awaitFinal("MESSAGE").status()).isEqualTo(481);
    }

    @Test
    void nothingIsLeftOfARefusedCall() {
        var caller = Requests.Caller.of(peer);
        peer.send(caller.invite(""));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.RefuseInvite(invite.usage(), Response.of(486)));
        RawMessage busy = peer.awaitFinal("INVITE");
        assertThat(busy.status()).isEqualTo(486);
        Awaitility.await().untilAsserted(() -> {
            Snapshot now = iwf.edge.snapshot();
            assertThat(now.usages()).isZero();
            assertThat(now.liveInvites()).isZero();
            assertThat(now.deadlines()).isZero();
            assertThat(now.waitingRequests()).isZero();
        });
    }

    @Test
    void ip6WorksLikeIp4() {
        try (var six = new EdgeUnderTest("udp:[::1]:0", "tcp:[::1]:0");
                var alice = WirePeer.udp(six.on(Transport.UDP));
                var carol = WirePeer.tcpListening("::1")) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.invite(""));
            var invite = six.await(SipEvent.InviteReceived.class);
            six.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
            RawMessage ok = alice.awaitFinal("INVITE");
            assertThat(ok.header("Contact")).contains("@[0:0:0:0:0:0:0:1]:");
            alice.send(caller.ack(ok, ""));
            six.await(SipEvent.AckReceived.class);
            six.edge.execute(new SipCommand.SendInvite(
                    OURS,
                    BOB,
                    new SipUri("sip:carol@" + carol.hostPort() + ";transport=tcp"),
                    Requests.OUR_OFFER,
                    List.of(),
                    Duration.ofSeconds(60),
                    Map.of()));
            assertThat(carol.awaitRequest("INVITE").header("Via")).contains("SIP/2.0/TCP [");
        }
    }
}
