package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.Script;
import org.impsiwf.testkit.msrp.MsrpEndpoint;
import org.impsiwf.testkit.msrp.MsrpFrame;
import org.impsiwf.testkit.sip.MessageSdp;
import org.impsiwf.testkit.sip.SipCall;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Session mode over real sockets: INVITE, MSRP and BYE on one side, SendMessageRequest on the other. */
class SessionFlowsTest {
    private static final String ALICE = "wv:alice@ims.example.com";
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private Scene scene;

    @AfterEach
    void nothingIsLeft() {
        try (Scene ended = scene) {
            ended.leavesNothing();
        }
    }

    @Test
    void aSipUserInvitesAndBothTalkUntilHeLeaves() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        Talk talk = alice.invites(bob.sipUri());
        talk.sends("hello");
        assertThat(bob.expectsText("hello").sender()).isEqualTo(ALICE);
        bob.sendsTo(ALICE, "hello yourself");
        talk.expectsText("hello yourself");
        talk.byes();
    }

    @Test
    void anImpsUserWritesFirstInSessionModeAndTheSipUserIsInvited() throws Exception {
        scene = Scene.open("127.0.0.1", "", Scene.SESSION_MODE);
        SipMsrpUser alice = scene.user("alice", SipTransport.UDP);
        ImpsUser bob = scene.impsUser("bob");

        ImpsUser.Sent one = bob.sends(ALICE, "one", false);
        SipRequestReceived invite = alice.agent().expects("INVITE");
        ImpsUser.Sent two = bob.sends(ALICE, "two", false);
        assertThat(one.isAnsweredWithin(A_MOMENT))
                .as("accepted before the client had it")
                .isFalse();
        Talk talk = alice.answers(invite);
        talk.expectsText("one");
        talk.expectsText("two");
        assertThat(one.expectsStatus()).isEqualTo(200);
        assertThat(two.expectsStatus()).isEqualTo(200);
        talk.sends("three");
        bob.expectsText("three");
        talk.byes();
    }

    @Test
    void aMessageTooLongForPagerModeOpensASession() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");
        String text = "Ein langer Text — ".repeat(1_000);

        ImpsUser.Sent sent = bob.sends(ALICE, text, false);
        Talk talk = alice.answersInvite();
        assertThat(talk.msrp().expectsMessage().text()).isEqualTo(text);
        assertThat(sent.expectsStatus()).isEqualTo(200);
        talk.sends(text);
        bob.expectsText(text);
        talk.byes();
    }

    @Test
    void aSuccessReportTellsTheSipUserThatTheImpsUserHasIt() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        Talk talk = alice.invites(bob.sipUri());
        String id = talk.sendsWantingReport("did you get this?");
        bob.expectsText("did you get this?");
        talk.expectsReport(id, 200);
        talk.byes();
    }

    @Test
    void aDeliveryReportTellsTheImpsUserThatTheSipUserHasIt() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        Talk talk = alice.invites(bob.sipUri());
        ImpsUser.Sent sent = bob.sends(ALICE, "and this?", true);
        talk.expectsText("and this?");
        assertThat(sent.expectsStatus()).isEqualTo(200);
        assertThat(bob.expectsReport(sent.messageId())).isEqualTo(200);
        talk.byes();
    }

    @Test
    void aRefusedMessageIsRefusedInTheSessionAndTheSessionGoesOn() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        Talk talk = alice.invites(bob.sipUri());
        bob.follows(Script.refusing(532));
        assertThat(talk.tries("are you there?")).isBetween(400, 499);
        bob.follows(Script.accepting());
        talk.sends("now?");
        bob.expectsText("now?");
        talk.byes();
    }

    @Test
    void anInvitationThatTheSipUserRefusesEndsTheMessageThatCausedIt() throws Exception {
        scene = Scene.open("127.0.0.1", "", Scene.SESSION_MODE);
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);

        ImpsUser.Sent sent = scene.impsUser("bob").sends(ALICE, "hello", false);
        alice.refusesInvite(486, "Busy Here");
        assertThat(sent.expectsStatus()).isEqualTo(533);
    }

    @Test
    void anInvitationThatNobodyAnswersIsCancelledInTime() throws Exception {
        scene = Scene.open("127.0.0.1", "", "conversation: { mode: session, invitation-wait: 1s, connect-wait: 1s }\n");
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);

        ImpsUser.Sent sent = scene.impsUser("bob").sends(ALICE, "hello", false);
        SipRequestReceived invite = alice.agent().expects("INVITE");
        invite.answers(180, "Ringing");
        alice.agent().expects("CANCEL").answers(200, "OK");
        invite.answers(487, "Request Terminated");
        assertThat(sent.expectsStatus()).isEqualTo(504);
    }

    @Test
    void aSessionThatIsNeverConnectedIsEnded() throws Exception {
        scene = Scene.open("127.0.0.1", "", "conversation: { mode: session, connect-wait: 1s }\n");
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        try (var msrp = MsrpEndpoint.listen(alice.agent().address().getAddress())) {
            var invite = alice.invite(bob.sipUri(), msrp, Map.of());
            SipMessage ok = invite.expectsFinal();
            assertThat(ok.status()).isEqualTo(200);
            SipCall.accepted(alice.agent(), invite, ok).expectsBye();
        }
    }

    @Test
    void theSecondInviteOfAPairReplacesTheFirst() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        Talk first = alice.invites(bob.sipUri());
        Talk second = alice.invites(bob.sipUri());
        first.expectsBye();
        second.sends("on the new one");
        bob.expectsText("on the new one");
        bob.sendsTo(ALICE, "so am I");
        second.expectsText("so am I");
        second.byes();
    }

    @Test
    void twoInvitationsThatCrossLeaveTheUsersAndTheMessageArrivesOnce() throws Exception {
        scene = Scene.open("127.0.0.1", "", Scene.SESSION_MODE);
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        ImpsUser.Sent sent = bob.sends(ALICE, "crossing", false);
        SipRequestReceived ours = alice.agent().expects("INVITE");
        ours.answers(180, "Ringing");
        Talk talk = alice.invites(bob.sipUri());
        alice.agent().expects("CANCEL").answers(200, "OK");
        ours.answers(487, "Request Terminated");
        talk.expectsText("crossing");
        assertThat(sent.expectsStatus()).isEqualTo(200);
        assertThat(talk.msrp().poll(A_MOMENT)).as("a second copy").isEmpty();
        talk.byes();
    }

    @Test
    void aReinviteRefreshesTheSession() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.UDP);
        ImpsUser bob = scene.impsUser("bob");

        Talk talk = alice.invites(bob.sipUri());
        String offer = MessageSdp.of(talk.msrp().path(), Optional.of("actpass")).text(2);
        assertThat(talk.call().reinvites(offer).status()).isEqualTo(200);
        talk.sends("still here");
        bob.expectsText("still here");
        talk.byes();
    }

    @Test
    void theSameMsrpMessageTwiceIsOneMessage() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        Talk talk = alice.invites(bob.sipUri());
        byte[] text = "just once".getBytes(UTF_8);
        for (int time = 0; time < 2; time++) {
            MsrpFrame send = talk.msrp()
                    .send("m4711")
                    .with("Byte-Range", "1-" + text.length + "/" + text.length)
                    .with("Content-Type", "text/plain")
                    .withBody(text, '$');
            assertThat(talk.msrp().expectsResponse(talk.msrp().sendFrame(send)).status())
                    .isEqualTo(200);
        }
        talk.sends("and the next");
        bob.expectsText("just once");
        assertThat(bob.expectsMessage().text()).isEqualTo("and the next");
        talk.byes();
    }

    @Test
    void aClientThatVanishesInMidMessageLeavesNoHalfMessage() throws Exception {
        scene = Scene.open();
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        Talk talk = alice.invites(bob.sipUri());
        MsrpFrame half = talk.msrp()
                .send("half1")
                .with("Byte-Range", "1-5/100")
                .with("Content-Type", "text/plain")
                .withBody("first".getBytes(UTF_8), '+');
        assertThat(talk.msrp().expectsResponse(talk.msrp().sendFrame(half)).status())
                .isEqualTo(200);
        talk.msrp().vanishes();
        talk.expectsBye();
        assertThat(bob.poll(A_MOMENT)).as("half a message").isEmpty();
    }
}
