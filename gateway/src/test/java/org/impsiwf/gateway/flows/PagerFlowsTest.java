package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.Script;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pager mode over real sockets, and peers that are silent, gone and back. */
class PagerFlowsTest {
    private static final String ALICE = "wv:alice@ims.example.com";

    private Scene scene;

    @AfterEach
    void nothingIsLeft() {
        try (Scene ended = scene) {
            ended.leavesNothing();
        }
    }

    @Test
    void singleMessagesAndASessionTravelOverIpv6() throws Exception {
        scene = Scene.open("[::1]", "", "");
        SipMsrpUser alice = scene.user("alice", SipTransport.UDP);
        ImpsUser bob = scene.impsUser("bob");

        alice.messages(bob.sipUri(), "over six");
        bob.expectsText("over six");
        ImpsUser.Sent back = bob.sends(ALICE, "and back", false);
        alice.expectsMessage("and back");
        assertThat(back.expectsStatus()).isEqualTo(200);
        Talk talk = alice.invites(bob.sipUri());
        talk.sends("in a session");
        bob.expectsText("in a session");
        talk.byes();
    }

    @Test
    void aSilentPeerIsGivenUpWith504AsRfc4320Wants() throws Exception {
        scene = Scene.open("127.0.0.1", Scene.SHORT_VALIDITY, "");
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        bob.follows(Script.silent());
        assertThat(alice.message(bob.sipUri(), "hello?").status()).isEqualTo(504);
    }

    @Test
    void aPeerThatDiesAndComesBackIsReachedAgain() throws Exception {
        scene = Scene.open("127.0.0.1", Scene.SHORT_VALIDITY + Scene.QUICK_RECONNECT, "");
        SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
        ImpsUser bob = scene.impsUser("bob");

        scene.domainDies();
        assertThat(alice.message(bob.sipUri(), "are you there?").status()).isIn(480, 504);
        scene.domainComesBack();
        ImpsUser again = scene.impsUser("bob");
        // The domain may know of the session a moment before the gateway does.
        await().atMost(Scene.PATIENCE)
                .until(() -> alice.message(again.sipUri(), "welcome back").status() == 200);
        again.expectsText("welcome back");
    }
}
