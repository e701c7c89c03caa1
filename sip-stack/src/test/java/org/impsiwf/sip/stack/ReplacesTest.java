package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.sip.stack.ConferenceRequests.invite;
import static org.impsiwf.sip.stack.ConferenceRequests.list;
import static org.impsiwf.sip.stack.ConferenceRequests.listPart;
import static org.impsiwf.sip.stack.ConferenceRequests.sdpPart;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replaces both ways, on real sockets (RFC 3891). */
class ReplacesTest {

    @AutoClose
    private final EdgeUnderTest iwf = new EdgeUnderTest("udp:127.0.0.1:0", "tcp:127.0.0.1:0");

    @AutoClose
    private final WirePeer alice = WirePeer.tcp(iwf.on(Transport.TCP));

    private record Talk(Requests.Caller caller, InviteUsageId usage, RawMessage ok) {

        /** As we read it: our tag is the one that requests to us carry in To. */
        String replaces() {
            return caller.callId() + ";to-tag=" + ok.tag("To") + ";from-tag=" + caller.tag();
        }
    }

    private Talk talk() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.invite(""));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = alice.awaitFinal("INVITE");
        alice.send(caller.ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);
        return new Talk(caller, invite.usage(), ok);
    }

    private int refusal(String replaces) {
        alice.send(Requests.Caller.of(alice).invite(replaces));
        int status = alice.awaitFinal("INVITE").status();
        assertThat(iwf.events).isEmpty();
        assertThat(iwf.edge.snapshot().waitingRequests()).isZero();
        return status;
    }

    @Test
    void theUsageOfTheReplacedDialogIsNamed_RFC3891_3() {
        Talk talk = talk();
        alice.send(Requests.Caller.of(alice).invite("Require: replaces\r\nReplaces: " + talk.replaces() + "\r\n"));
        assertThat(iwf.await(SipEvent.InviteReceived.class).conferencing().replaces())
                .contains(talk.usage());
    }

    @Test
    void theDialogThatAListEntryComesFromIsNamedAsWell_RFC4579_5_10() {
        Talk talk = talk();
        String escaped = talk.replaces().replace("@", "%40").replace(";", "%3B").replace("=", "%3D");
        String bob = "<entry uri=\"sip:bob@ims.example.com?Replaces=" + escaped + "\"/>";
        alice.send(invite(Requests.Caller.of(alice), "", sdpPart(), listPart(list(bob))));
        assertThat(iwf.await(SipEvent.InviteReceived.class).conferencing().replaces())
                .contains(talk.usage());
        String elsewhere = bob.replace("%3Bto-tag", "x%3Bto-tag");
        alice.send(invite(Requests.Caller.of(alice), "", sdpPart(), listPart(list(elsewhere))));
        assertThat(iwf.await(SipEvent.InviteReceived.class).conferencing().replaces())
                .isEmpty();
    }

    @Test
    void anotherUsersDialogIsNotReplaced_RFC3891_3() {
        Talk talk = talk();
        String mallory = "P-Asserted-Identity: <sip:mallory@ims.example.com>\r\n";
        assertThat(refusal(mallory + "Replaces: " + talk.replaces() + "\r\n")).isEqualTo(403);
    }

    @Test
    void aConfirmedDialogIsNoEarlyOne_RFC3891_3() {
        assertThat(refusal("Replaces: " + talk().replaces() + ";early-only\r\n"))
                .isEqualTo(486);
    }

    @Test
    void anEarlyDialogOfTheirsIsNotReplaced_RFC3891_3() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.invite(""));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.RingInvite(invite.usage()));
        RawMessage ringing = alice.await(m -> m.status() == 180);
        assertThat(refusal("Replaces: " + new Talk(caller, invite.usage(), ringing).replaces() + "\r\n"))
                .isEqualTo(481);
    }

    @Test
    void aDialogThatHasEndedIsDeclined_RFC3891_3() {
        Talk talk = talk();
        alice.send(talk.caller().inDialog("BYE", 2, talk.ok(), ""));
        assertThat(alice.awaitFinal("BYE").status()).isEqualTo(200);
        iwf.await(SipEvent.ByeReceived.class);
        assertThat(refusal("Replaces: " + talk.replaces() + "\r\n")).isEqualTo(603);
    }

    @ParameterizedTest
    @ValueSource(strings = {"callId", "to-tag", "from-tag"})
    void aDialogOfWhichAnythingIsDifferentIsUnknown_RFC3891_3(String what) {
        String replaces = talk().replaces();
        String other = what.equals("callId") ? "x" + replaces : replaces.replace(what + "=", what + "=x");
        assertThat(refusal("Replaces: " + other + "\r\n")).isEqualTo(481);
    }

    @Test
    void withAListADialogOfOthersIsTheMappingsMatter_RFC4579_5_10() {
        String foreign = "Replaces: x@elsewhere;to-tag=1;from-tag=2\r\n";
        String bob = ConferenceRequests.entry("sip:bob@ims.example.com", "to");
        alice.send(invite(Requests.Caller.of(alice), foreign, sdpPart(), listPart(list(bob))));
        var received = iwf.await(SipEvent.InviteReceived.class);
        assertThat(received.conferencing().replaces()).isEmpty();
        assertThat(received.head().header("replaces")).contains("x@elsewhere;to-tag=1;from-tag=2");
    }

    @Test
    void twoOfThemAre400_RFC3891_3() {
        String one = "Replaces: " + talk().replaces() + "\r\n";
        assertThat(refusal(one + one)).isEqualTo(400);
    }

    @Test
    void oneThatNamesNoDialogIs400() {
        assertThat(refusal("Replaces: nothing\r\n")).isEqualTo(400);
    }

    @Test
    void inAnotherRequestItIs400_RFC3891_3() {
        String replaces = "Replaces: " + talk().replaces() + "\r\n";
        var caller = Requests.Caller.of(alice);
        alice.send(caller.request("OPTIONS", "sip:bob@ims.example.com", 1, "", replaces, ""));
        assertThat(alice.awaitFinal("OPTIONS").status()).isEqualTo(400);
    }

    private void send(InviteUsageId usage, WirePeer target, Optional<InviteUsageId> replaces) {
        iwf.edge.execute(new SipCommand.SendInvite(
                usage,
                new Sender(NameAddr.of(new SipUri("sip:/room@iwf.example.com")), false),
                new SipUri("sip:alice@" + target.hostPort()),
                Requests.OUR_OFFER,
                List.of(),
                Duration.ofSeconds(60),
                Map.of(),
                Optional.empty(),
                replaces));
    }

    @Test
    void ourInviteNamesTheReplacedDialogAsItsTargetHasIt_RFC3891_4() {
        try (var phone = WirePeer.udp(iwf.on(Transport.UDP))) {
            Talk talk = talk();
            send(new InviteUsageId("P:room!alice#1"), phone, Optional.of(talk.usage()));
            RawMessage invite = phone.awaitRequest("INVITE");
            assertThat(invite.header("Replaces"))
                    .isEqualTo(talk.caller().callId() + ";to-tag="
                            + talk.caller().tag() + ";from-tag=" + talk.ok().tag("To"));
            assertThat(invite.header("Require")).isEqualTo("replaces");
        }
    }

    @Test
    void ourInviteForADialogThatIsGoneIsRefusedHere() {
        var usage = new InviteUsageId("P:room!alice#2");
        send(usage, alice, Optional.of(new InviteUsageId("0123456789abcdef")));
        var refused = iwf.await(SipEvent.InviteRefused.class);
        assertThat(refused.usage()).isEqualTo(usage);
        assertThat(refused.response().status()).isEqualTo(481);
    }
}
