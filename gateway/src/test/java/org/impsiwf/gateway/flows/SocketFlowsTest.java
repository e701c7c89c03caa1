package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.impsiwf.gateway.demo.Stage;
import org.impsiwf.gateway.runtime.Remains;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.testkit.domain.ArrivedMessage;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.Script;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One conversation across the gateway on real sockets, undisturbed and disturbed. */
class SocketFlowsTest {
    private static final String ALICE = "wv:alice@ims.example.com";
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private Stage stage;
    private SipMsrpUser alice;
    private ImpsUser bob;

    @BeforeEach
    void open() throws IOException {
        stage = Stage.open();
        alice = stage.sipUser("alice", SipTransport.UDP);
        bob = stage.impsUser("bob");
        alice.registers();
    }

    @AfterEach
    void close() {
        alice.close();
        stage.close();
    }

    @Test
    void aSessionCarriesTextBothWaysAndLeavesNothing() {
        Talk talk = alice.invites(bob.sipUri());
        talk.sends("one");
        bob.expectsText("one");
        bob.sendsTo(ALICE, "two");
        talk.expectsText("two");
        talk.byes();
        nothingIsLeft();
    }

    @Test
    void aLargeMessageArrivesByteForByteBothWays() {
        String large = "äöü0123456789".repeat(7_000);
        Talk talk = alice.invites(bob.sipUri());
        talk.sends(large);
        assertThat(bob.expectsMessage().text()).isEqualTo(large);
        bob.sendsTo(ALICE, large);
        talk.expectsText(large);
        talk.byes();
    }

    @Test
    void aMessageThatTheNetworkLostOrDoubledArrivesOnce() {
        alice.agent().leaving.loseNext(m -> m.method().equals("MESSAGE"));
        alice.agent().leaving.doubleNext(m -> m.method().equals("MESSAGE"));
        alice.messages(bob.sipUri(), "once");
        bob.expectsText("once");
        assertThat(bob.poll(A_MOMENT)).isEmpty();
    }

    @Test
    void aLostAnswerToAMessageDoesNotMakeItArriveTwice() {
        alice.agent().arriving.loseNext(m -> m.status() == 200 && m.method().equals("MESSAGE"));
        alice.messages(bob.sipUri(), "once");
        bob.expectsText("once");
        assertThat(bob.poll(A_MOMENT)).isEmpty();
    }

    @Test
    void aMessageFromImpsIsTakenOnlyWhenTheSipUserTookIt() {
        ImpsUser.Sent sent = bob.sends(ALICE, "hello", false);
        var request = alice.agent().expects("MESSAGE");
        assertThat(sent.isAnsweredWithin(A_MOMENT)).isFalse();
        request.answers(200, "OK");
        assertThat(sent.expectsStatus()).isEqualTo(200);
    }

    @Test
    void aRefusalOfTheSipUserReachesTheImpsUser() {
        ImpsUser.Sent sent = bob.sends(ALICE, "hello", false);
        alice.refusesMessage(486, "Busy Here");
        assertThat(sent.expectsStatus()).isEqualTo(533);
    }

    @Test
    void aRefusalOfTheImpsUserReachesTheSipUser() {
        bob.follows(Script.refusing(532));
        assertThat(alice.message(bob.sipUri(), "hello").status()).isEqualTo(403);
    }

    @Test
    void unknownUsersAreToldOnBothSides() {
        assertThat(alice.message("sip:nobody@imps.example.com", "hello").status())
                .isEqualTo(404);
        assertThat(bob.sends("wv:nobody@ims.example.com", "hello", false).expectsStatus())
                .isNotEqualTo(200);
    }

    @Test
    void theSameMessageOfImpsTwiceIsOneAct() {
        MessageId id = new MessageId("twice@imps.example.com");
        ImpsUser.Sent first = bob.sends(ALICE, Content.text("once"), false, id);
        alice.expectsMessage("once");
        assertThat(first.expectsStatus()).isEqualTo(200);
        assertThat(bob.sends(ALICE, Content.text("once"), false, id).expectsStatus())
                .isEqualTo(200);
        assertThat(alice.agent().poll("MESSAGE", A_MOMENT)).isEmpty();
    }

    @Test
    void aSecondInviteOfThePairGivesAWorkingSession() {
        alice.invites(bob.sipUri()).sends("first");
        bob.expectsText("first");
        Talk second = alice.invites(bob.sipUri());
        second.sends("second");
        bob.expectsText("second");
        bob.sendsTo(ALICE, "to the second");
        second.expectsText("to the second");
    }

    @Test
    void aClientThatVanishesInTheMiddleOfAMessageLeavesNothing() {
        Talk talk = alice.invites(bob.sipUri());
        talk.msrp()
                .sendRaw(("MSRP cut1 SEND\r\nTo-Path: "
                                + talk.call().remoteSdp().path().getFirst() + "\r\nFrom-Path: "
                                + talk.msrp().path()
                                + "\r\nMessage-ID: cutshort\r\nByte-Range: 1-*/1000\r\nContent-Type: text/plain\r\n\r\nhalf a mess")
                        .getBytes(UTF_8));
        talk.msrp().vanishes();
        talk.call().expectsBye();
        assertThat(bob.poll(A_MOMENT)).isEmpty();
        nothingIsLeft();
    }

    @Test
    void malformedFramesEndTheirOwnConnectionOnly() {
        Talk talk = alice.invites(bob.sipUri());
        try (SipMsrpUser carol = stage.sipUser("carol", SipTransport.TCP)) {
            carol.registers();
            Talk other = carol.invites(bob.sipUri());
            for (int i = 0; i < 50; i++) {
                carol.agent().sendRaw("\r\n\r\n".getBytes(UTF_8));
                alice.agent().sendRaw(("MESSAGE sip:x SIP/2.0\r\nVia: ???" + i + "\r\n\r\n").getBytes(UTF_8));
            }
            other.msrp().sendRaw("this is not MSRP\r\n\r\n".repeat(100).getBytes(UTF_8));
            talk.sends("still here");
            bob.expectsText("still here");
            talk.byes();
        }
        nothingIsLeft();
    }

    @Test
    void aSilentImpsUserIsNotCalledAcceptance() {
        bob.follows(Script.silent());
        CompletableFuture<Integer> asking = CompletableFuture.supplyAsync(
                () -> alice.message(bob.sipUri(), "anybody?").status(),
                task -> Thread.ofVirtual().start(task));
        ArrivedMessage held = bob.expectsText("anybody?");
        assertThat(asking).isNotDone();
        bob.answers(held, 200);
        assertThat(asking.join()).isEqualTo(200);
    }

    /** No call, session, connection to a vanished client or message on its way; what is kept against repeats may stay. */
    private void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(45)).untilAsserted(() -> {
            Remains remains = stage.gateway().remains();
            assertThat(remains.conversations()).isZero();
            assertThat(remains.busyMailboxes()).isZero();
            assertThat(remains.correlations()).isZero();
            assertThat(remains.msrp().sessions()).isZero();
            assertThat(remains.msrp().partialBytes()).isZero();
            assertThat(remains.sip().usages()).isZero();
        });
    }
}
