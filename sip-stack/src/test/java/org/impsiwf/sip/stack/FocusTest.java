package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our Contact as the focus of a conference, on real sockets (RFC 4579 §4, §5). */
class FocusTest {

    private static final SipUri ROOM = new SipUri("sip:/room@iwf.example.com");
    private static final String TIMER = "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n";

    private EdgeUnderTest iwf;
    private WirePeer alice;

    @BeforeEach
    void start() {
        iwf = new EdgeUnderTest("udp:127.0.0.1:0");
        alice = WirePeer.udp(iwf.on(Transport.UDP));
    }

    @AfterEach
    void stop() {
        alice.close();
        iwf.close();
    }

    private static String uriOf(RawMessage message) {
        String contact = message.header("Contact");
        return contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
    }

    private record Joined(Requests.Caller caller, InviteUsageId usage, RawMessage ok) {}

    private Joined joined() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.invite(TIMER));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(
                invite.usage(), Requests.OURS, Optional.of(ROOM), Map.of("P-Refused-URI-List", "sip:refused@a")));
        RawMessage ok = alice.awaitFinal("INVITE");
        alice.send(caller.ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);
        return new Joined(caller, invite.usage(), ok);
    }

    @Test
    void aFocusAnswersWithItsConferenceAndIsfocus_andStaysSoInRefreshes_RFC4579_4() {
        Joined call = joined();
        assertThat(call.ok().header("P-Refused-URI-List")).isEqualTo("sip:refused@a");
        assertThat(call.ok().header("Contact"))
                .startsWith("<sip:/room@127.0.0.1:")
                .endsWith(";isfocus");
        String update =
                call.caller().inDialog("UPDATE", 2, call.ok(), "").replace("Max-Forwards", TIMER + "Max-Forwards");
        alice.send(update);
        assertThat(alice.awaitFinal("UPDATE").header("Contact"))
                .isEqualTo(call.ok().header("Contact"));
        iwf.edge.execute(new SipCommand.SendReinvite(call.usage(), Requests.OUR_OFFER));
        assertThat(alice.awaitRequest("INVITE").header("Contact"))
                .isEqualTo(call.ok().header("Contact"));
    }

    @Test
    void whoAsksAtTheContactAsksForTheConference_RFC4579_5_2() {
        String uri = uriOf(joined().ok());
        var late = Requests.Caller.of(alice);
        alice.send(
                late.request("INVITE", uri, 1, "", late.contact() + "Content-Type: application/sdp\r\n", Requests.SDP));
        assertThat(iwf.await(SipEvent.InviteReceived.class).head().requestUri()).isEqualTo(ROOM);
    }

    @Test
    void aTalkBecomesAConferenceOnlyWhenTheReinviteIsAccepted_RFC4579_5_4() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.invite(""));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = alice.awaitFinal("INVITE");
        assertThat(ok.header("Contact")).doesNotContain("isfocus");
        alice.send(caller.ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);

        iwf.edge.execute(new SipCommand.SendReinvite(invite.usage(), Requests.OUR_OFFER, Optional.of(ROOM)));
        RawMessage first = alice.awaitRequest("INVITE");
        assertThat(first.header("Contact")).contains("/room@").endsWith(";isfocus");
        alice.send(first.answer(488, "", "", ""));
        assertThat(iwf.await(SipEvent.ReinviteAnswered.class).response().status())
                .isEqualTo(488);
        iwf.edge.execute(new SipCommand.SendReinvite(invite.usage(), Requests.OUR_OFFER));
        RawMessage plain =
                alice.await(m -> m.isRequest("INVITE") && m.header("CSeq").startsWith("2 "));
        assertThat(plain.header("Contact")).doesNotContain("isfocus");
        alice.send(plain.answer(200, "", caller.contact() + "Content-Type: application/sdp\r\n", Requests.SDP));
        iwf.await(SipEvent.ReinviteAnswered.class);

        iwf.edge.execute(new SipCommand.SendReinvite(invite.usage(), Requests.OUR_OFFER, Optional.of(ROOM)));
        RawMessage second =
                alice.await(m -> m.isRequest("INVITE") && m.header("CSeq").startsWith("3 "));
        alice.send(second.answer(200, "", caller.contact() + "Content-Type: application/sdp\r\n", Requests.SDP));
        iwf.await(SipEvent.ReinviteAnswered.class);
        alice.send(caller.inDialog("INVITE", 2, ok, Requests.SDP));
        var theirs = iwf.await(SipEvent.ReinviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptReinvite(invite.usage(), theirs.transaction(), Requests.OURS));
        assertThat(alice.awaitFinal("INVITE").header("Contact")).endsWith(";isfocus");
    }

    @Test
    void aFocusInvitesWithItsConferenceAsContact_RFC4579_5_5() {
        iwf.edge.execute(new SipCommand.SendInvite(
                new InviteUsageId("P:room!tom#1"),
                new Sender(NameAddr.of(ROOM), false),
                new SipUri("sip:tom@" + alice.hostPort()),
                Requests.OUR_OFFER,
                List.of(),
                Duration.ofSeconds(60),
                Map.of(),
                Optional.of(ROOM),
                Optional.empty()));
        assertThat(alice.awaitRequest("INVITE").header("Contact"))
                .startsWith("<sip:/room@127.0.0.1:")
                .endsWith(";isfocus");
    }
}
