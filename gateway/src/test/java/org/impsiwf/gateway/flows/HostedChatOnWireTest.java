package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.util.List;
import org.impsiwf.testkit.msrp.MsrpEndpoint;
import org.impsiwf.testkit.sip.SipCall;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipRequestSent;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chat flow of the SIMPLE change request over sockets: Alice hosts, Tom and Carol come, and Alice leaves. */
class HostedChatOnWireTest {

    @Test
    @Tag("CHAT-02")
    @Tag("CHAT-03")
    @Tag("CHAT-04")
    @Tag("CHAT-07")
    @Tag("CHAT-08")
    @Tag("CHAT-16")
    @Tag("CHAT-17")
    @Tag("CHAT-18")
    @Tag("CHAT-19")
    @Tag("CHAT-20")
    @Tag("CHAT-21")
    void hostsByeIsAnsweredAndEachInviteeAnswersOurs() throws Exception {
        try (Scene scene = Scene.open();
                MsrpEndpoint room = MsrpEndpoint.listen(InetAddress.getLoopbackAddress())) {
            SipMsrpUser alice = scene.user("alice", SipTransport.UDP);
            SipMsrpUser tom = scene.user("tom", SipTransport.UDP);
            SipMsrpUser carol = scene.user("carol", SipTransport.UDP);
            SipRequestSent invite =
                    alice.hostsChat("sip:conference@iwf.example.com", room, List.of(tom.uri(), carol.uri()));
            SipRequestReceived toTom = tom.agent().expects("INVITE");
            assertThat(toTom.message().text())
                    .as("who else is invited (RFC 5366 §5.2)")
                    .contains("recipient-list-history", tom.uri(), carol.uri());
            Talk ofTom = tom.answers(toTom);
            SipCall withTom = SipCall.accepted(alice.agent(), invite, invite.expects(200));
            Talk ofCarol = carol.answersInvite();
            SipCall withCarol = SipCall.accepted(alice.agent(), invite, invite.expects(200));
            assertThat(withTom.remoteSdp().path())
                    .as("no hop of ours")
                    .containsExactly(ofTom.msrp().path());
            ofCarol.sends("I am in");
            room.expectsText("I am in");

            assertThat(withTom.asks(withTom.newRequest("BYE")).status()).isEqualTo(200);
            withCarol.expectsBye();
            answersByeLate(ofTom);
            answersByeLate(ofCarol);
            scene.leavesNothing();
        }
    }

    /** The gateway repeats it until it is answered; it keeps no transaction of it then. */
    private static void answersByeLate(Talk talk) {
        SipRequestReceived bye = talk.call().expects("BYE");
        await().atMost(Scene.PATIENCE).until(() -> bye.repeats() > 0);
        bye.answers(200, "OK");
        talk.close();
    }
}
