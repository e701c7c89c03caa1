package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two gateways, each a process, that are one: users at either, one session pair with the IMPS domain, and one that is killed or
 * stands still. The cluster outlives the tests, since its start is most of what they would wait for.
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

    /** The living node has told the domain by HTTP that it has the request: it sees to it that it is executed. */
    @Test
    void whatWasUnderWayWhenItsNodeWasKilledArrivesOnce(TestReporter report) {
        var under = new UnderWay("dave", iwf.otherThanHolder());
        under.node.kill();
        under.arrivesOnce(report);
    }

    /** A request without an answer ends with the node that ran the transaction: whoever asked repeats it (D-25). */
    @Test
    void whatWasUnderWayWhenTheHolderOfThePeerWasKilledArrivesOnceWhenThePeerRepeatsIt(TestReporter report) {
        var under = new UnderWay("tom", iwf.holder());
        under.node.kill();
        await().atMost(GatewayProcess.PATIENCE).untilAsserted(() -> scene.imps.sends(under.unanswered, under.toUser));
        under.arrivesOnce(report);
    }

    @ParameterizedTest(name = "{0} at node {1}")
    @CsvSource({"alice, 1", "carol, 0"})
    void aNodeOfTwoThatStoodStillFor20SecondsDoesNotActWhenItWakes(String user, int node, TestReporter report) {
        scene.standsStill(user, node, report);
    }

    /** A message to the user and one from him, neither answered, and the node that works on both. */
    private final class UnderWay {

        final GatewayProcess node;
        final SipMsrpUser user;
        final String toUser;
        final String unanswered;
        private final Talk talk;
        private final ReceivedMessage first;
        private final String ours;
        private final SspText taken;

        UnderWay(String name, GatewayProcess node) {
            this.node = node;
            user = iwf.user(name, SipTransport.UDP, node);
            talk = user.invites(ClusterScene.BOB);
            scene.isTaken(talk, "before");
            talk.msrp().leavesAnswersToItsUser();
            toUser = scene.imps.message(
                    ClusterScene.BOB_IMPS,
                    "wv:" + name + "@ims.example.com",
                    "to the user",
                    "m-" + node.sip().getPort(),
                    false);
            unanswered = scene.imps.sends(toUser);
            first = talk.expectsText("to the user");
            ours = talk.msrp().sends("from the user");
            taken = scene.isAsked("from the user");
        }

        /** The node has just been killed. */
        void arrivesOnce(TestReporter report) {
            long began = System.nanoTime();
            Talk moved = user.follows(talk);
            ClusterScene.took(report, "taken over after kill -9", began, ClusterScene.AFTER_A_KILL);

            ReceivedMessage again = moved.expectsText("to the user");
            assertThat(again.messageId()).as("so that the client knows it").isEqualTo(first.messageId());
            assertThat(scene.imps.expectsResponse(unanswered).status()).isEqualTo(200);
            moved.msrp().repeats(ours, "from the user");
            SspText repeated = scene.isAsked("from the user");
            scene.imps.acceptsMessage(repeated, 200);
            assertThat(moved.msrp().expectsResponse().status()).isEqualTo(200);
            assertThat(repeated.messageId())
                    .as("so that the domain delivers it once")
                    .isEqualTo(taken.messageId());
            scene.isTaken(moved, "after");
            assertThat(moved.msrp().poll(Duration.ofMillis(500))).isEmpty();
            moved.byes();
            node.starts().listens();
            iwf.isWhole();
        }
    }
}
