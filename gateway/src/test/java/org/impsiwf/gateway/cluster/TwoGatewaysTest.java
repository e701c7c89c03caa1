package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.impsiwf.testkit.msrp.ReceivedMessage;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two gateways, each a process, that are one: users at either, one session pair with the IMPS domain, and one that is killed. The
 * cluster outlives the tests, since its start is most of what they would wait for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class TwoGatewaysTest {

    @RegisterExtension
    private final TestWatcher watcher = new TestWatcher() {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            context.publishReportEntry("the nodes said", iwf.logs());
        }
    };

    private ClusterScene scene;
    private ClusterOfGateways iwf;

    @BeforeAll
    void start(@TempDir Path directory) {
        scene = ClusterScene.of(2, directory);
        iwf = scene.iwf;
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void usersOfEitherNodeTalkWithOneDomain_andHangUpAtTheOther() {
        SipMsrpUser alice = iwf.user("alice", SipTransport.UDP, iwf.node(0));
        SipMsrpUser carol = iwf.user("carol", SipTransport.TCP, iwf.node(1));
        Talk ofAlice = alice.invites(ClusterScene.BOB);
        Talk ofCarol = carol.invites(ClusterScene.BOB);
        scene.isTaken(ofAlice, "from alice");
        scene.isTaken(ofCarol, "from carol");
        scene.arrives("alice", ofAlice, "to alice");
        scene.arrives("carol", ofCarol, "to carol");

        hangsUpAt(iwf.node(1), alice, ofAlice);
        hangsUpAt(iwf.node(0), carol, ofCarol);
        assertThat(scene.imps.sessionWasEnded()).isFalse();
    }

    private static void hangsUpAt(GatewayProcess node, SipMsrpUser user, Talk talk) {
        String route = "<sip:" + node.sip().getHostString() + ":" + node.sip().getPort() + ";lr>";
        var bye = talk.call().newRequest("BYE").with("Route", route);
        assertThat(user.agent().ask(bye).status()).isEqualTo(200);
        talk.msrp().expectsEnd();
        talk.close();
    }

    @Test
    void whatWasUnderWayWhenItsNodeWasKilledArrivesOnce(TestReporter report) {
        SipMsrpUser dave = iwf.user("dave", SipTransport.UDP, iwf.node(1));
        Talk talk = dave.invites(ClusterScene.BOB);
        scene.isTaken(talk, "before");
        talk.msrp().leavesAnswersToItsUser();
        String toDave = scene.imps.message(ClusterScene.BOB_IMPS, "wv:dave@ims.example.com", "to dave", "m-1", false);
        String unanswered = scene.imps.sends(toDave);
        ReceivedMessage first = talk.expectsText("to dave");
        String ours = talk.msrp().sends("from dave");
        SspText taken = scene.imps.expects("SendMessageRequest");

        long began = System.nanoTime();
        iwf.node(1).kill();
        Talk moved = dave.follows(talk);
        ClusterScene.took(report, "taken over after kill -9", began);

        // D-25: as a peer does that has had no answer; its request may have gone with the node.
        scene.imps.sends(unanswered, toDave);
        ReceivedMessage again = moved.expectsText("to dave");
        assertThat(again.messageId()).as("so that the client knows it").isEqualTo(first.messageId());
        assertThat(scene.imps.expectsResponse(unanswered).status()).isEqualTo(200);
        moved.msrp().repeats(ours, "from dave");
        SspText repeated = scene.imps.expects("SendMessageRequest");
        scene.imps.acceptsMessage(repeated, 200);
        assertThat(moved.msrp().expectsResponse().status()).isEqualTo(200);
        assertThat(repeated.messageId())
                .as("so that the domain delivers it once")
                .isEqualTo(taken.messageId());
        scene.isTaken(moved, "after");
        assertThat(moved.msrp().poll(Duration.ofMillis(500))).isEmpty();
        moved.byes();
        iwf.node(1).starts().listens();
        iwf.isWhole();
    }
}
