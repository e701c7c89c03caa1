package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three gateways, each a process, of which two are enough: one stands still for a while, and each is restarted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class ThreeGatewaysTest {

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
        scene = ClusterScene.of(3, directory);
        iwf = scene.iwf;
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    @Order(1)
    void aSessionOutlivesTheRestartOfEachNode(TestReporter report) {
        SipMsrpUser tom = iwf.user("tom", SipTransport.UDP, iwf.node(0));
        Talk talk = tom.invites(ClusterScene.BOB);
        scene.isTaken(talk, "before all restarts");
        for (int i = 0; i < iwf.size(); i++) {
            GatewayProcess node = iwf.node(i);
            boolean serves = node.serves(talk);
            long began = System.nanoTime();
            node.isAskedToEnd();
            if (serves) {
                talk = tom.follows(talk);
            }
            scene.isTaken(talk, "while node " + i + " ends");
            scene.arrives("tom", talk, "to tom, while node " + i + " ends");
            assertThat(node.ended()).as("exit code of node " + i).isZero();
            ClusterScene.took(report, "node " + i + " handed over and ended", began);
            node.starts().listens();
            iwf.isWhole();
            scene.isTaken(talk, "after the restart of node " + i);
            scene.arrives("tom", talk, "to tom, after the restart of node " + i);
        }
        assertThat(scene.imps.sessionWasEnded())
                .as("one SSP session through all of it")
                .isFalse();
        talk.byes();
    }

    @Test
    @Order(2)
    void aNodeThatStoodStillFor20SecondsDoesNotActWhenItWakes(TestReporter report) {
        scene.standsStill("carol", 1, report);
    }

    /** Without the oldest the others agree first on who tells them who is a member. */
    @Test
    @Order(3)
    void theOldestNodeStoodStillFor20SecondsAndDoesNotActWhenItWakes(TestReporter report) {
        scene.standsStill("alice", 0, report);
    }
}
