package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main ways of a message and of a call, on real sockets, over UDP and TCP. */
class SipEdgeTest {

    private static final Sender BOB =
            new Sender(new NameAddr(Optional.of("Bob"), new SipUri("sip:bob@imps.example.com")), false);

    private static EdgeUnderTest edge() {
        return new EdgeUnderTest("udp:127.0.0.1:0", "tcp:127.0.0.1:0");
    }

    private static WirePeer caller(Transport transport, EdgeUnderTest iwf) {
        return transport == Transport.UDP ? WirePeer.udp(iwf.on(transport)) : WirePeer.tcp(iwf.on(transport));
    }

    private static WirePeer callee(Transport transport, EdgeUnderTest iwf) {
        return transport == Transport.UDP ? WirePeer.udp(iwf.on(transport)) : WirePeer.tcpListening("127.0.0.1");
    }

    private static SipUri at(WirePeer peer) {
        return new SipUri("sip:carol@" + peer.hostPort() + ";transport="
                + peer.transportName().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void aMessageIsAnsweredAsOrderedAndItsAnswerHasNoContact_RFC3428(Transport transport) {
        try (var iwf = edge();
                var alice = caller(transport, iwf)) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.message("hello"));
            var message = iwf.await(SipEvent.MessageReceived.class);
            assertThat(message.head().originator().identity().uri().value()).isEqualTo("sip:alice@ims.example.com");
            assertThat(new String(message.body().orElseThrow().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
            iwf.edge.execute(new SipCommand.AnswerMessage(message.transaction(), Response.of(200)));
            RawMessage ok = alice.awaitFinal("MESSAGE");
            assertThat(ok.status()).isEqualTo(200);
            assertThat(ok.all("Contact")).isEmpty();
            assertThat(ok.tag("To")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void aMessageOfOursIsSentAndItsAnswerTold(Transport transport) {
        try (var iwf = edge();
                var carol = callee(transport, iwf)) {
            iwf.edge.execute(new SipCommand.SendMessage(
                    new RequestId("r1"),
                    BOB,
                    at(carol),
                    new Body("text/plain", "hi".getBytes(StandardCharsets.UTF_8)),
                    Optional.of("thread-1"),
                    Map.of("Subject", "talk")));
            RawMessage message = carol.awaitRequest("MESSAGE");
            assertThat(message.body()).isEqualTo("hi");
            assertThat(message.header("Call-ID")).isEqualTo("thread-1");
            assertThat(message.header("Subject")).isEqualTo("talk");
            assertThat(message.header("P-Asserted-Identity")).contains("sip:bob@imps.example.com");
            assertThat(message.all("Contact")).isEmpty();
            carol.send(message.answer(202, "c1", "", ""));
            var answered = iwf.await(SipEvent.MessageAnswered.class);
            assertThat(answered.request()).isEqualTo(new RequestId("r1"));
            assertThat(answered.response().status()).isEqualTo(202);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void aCallToUsRingsIsAnsweredAcknowledgedAndEndedByTheCaller(Transport transport) {
        try (var iwf = edge();
                var alice = caller(transport, iwf)) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.invite("Supported: timer\r\n"));
            assertThat(alice.await(m -> m.isResponseTo("INVITE")).status()).isEqualTo(100);
            var invite = iwf.await(SipEvent.InviteReceived.class);
            assertThat(invite.offer().orElseThrow().path()).containsExactly("msrp://127.0.0.1:7654/abc;tcp");
            iwf.edge.execute(new SipCommand.RingInvite(invite.usage()));
            assertThat(alice.await(m -> m.isResponseTo("INVITE")).status()).isEqualTo(180);
            iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
            RawMessage ok = alice.awaitFinal("INVITE");
            assertThat(ok.status()).isEqualTo(200);
            assertThat(ok.body()).contains("a=path:msrp://127.0.0.1:2855/ours;tcp");
            assertThat(ok.header("Session-Expires")).isEqualTo("1800;refresher=uac");
            alice.send(caller.ack(ok, ""));
            assertThat(iwf.await(SipEvent.AckReceived.class).answer()).isEmpty();
            alice.send(caller.inDialog("BYE", 2, ok, ""));
            assertThat(alice.awaitFinal("BYE").status()).isEqualTo(200);
            assertThat(iwf.await(SipEvent.ByeReceived.class).usage()).isEqualTo(invite.usage());
            assertThat(iwf.edge.snapshot().usages()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void aCallOfOursIsAcknowledgedAndEndedByUs(Transport transport) {
        try (var iwf = edge();
                var carol = callee(transport, iwf)) {
            var usage = new InviteUsageId("C:alice|bob#1");
            iwf.edge.execute(new SipCommand.SendInvite(
                    usage, BOB, at(carol), Requests.OUR_OFFER, List.of(), Duration.ofSeconds(60), Map.of()));
            RawMessage invite = carol.awaitRequest("INVITE");
            assertThat(invite.body()).contains("a=path:msrp://127.0.0.1:2855/ours;tcp");
            carol.send(invite.answer(180, "c1", "", ""));
            assertThat(iwf.await(SipEvent.InviteProgressed.class).status()).isEqualTo(180);
            String contact = "Contact: <" + at(carol) + ">\r\n";
            carol.send(invite.answer(200, "c1", contact + "Content-Type: application/sdp\r\n", Requests.SDP));
            RawMessage ack = carol.awaitRequest("ACK");
            assertThat(ack.tag("To")).isEqualTo("c1");
            assertThat(iwf.await(SipEvent.InviteAccepted.class).answer().port()).isEqualTo(7654);
            iwf.edge.execute(new SipCommand.EndUsage(usage, Optional.of("done")));
            RawMessage bye = carol.awaitRequest("BYE");
            assertThat(bye.header("CSeq")).isEqualTo("2 BYE");
            assertThat(bye.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
            carol.send(bye.answer(200, "", "", ""));
        }
    }

    @Test
    void cancelOfTheCallerEndsTheCallWith487_RFC3261_9_2() {
        try (var iwf = edge();
                var alice = caller(Transport.UDP, iwf)) {
            var caller = Requests.Caller.of(alice);
            String sdp = Requests.SDP;
            String headers = caller.contact() + "Content-Type: application/sdp\r\n";
            alice.send(caller.request("INVITE", "sip:bob@ims.example.com", 1, "", "z9hG4bKc1", headers, sdp));
            var invite = iwf.await(SipEvent.InviteReceived.class);
            alice.send(caller.request("CANCEL", "sip:bob@ims.example.com", 1, "", "z9hG4bKc1", "", ""));
            assertThat(alice.awaitFinal("CANCEL").status()).isEqualTo(200);
            assertThat(alice.awaitFinal("INVITE").status()).isEqualTo(487);
            assertThat(iwf.await(SipEvent.InviteCancelled.class).usage()).isEqualTo(invite.usage());
            assertThat(iwf.edge.snapshot().usages()).isZero();
        }
    }
}
