package org.impsiwf.gateway.cluster;

import java.nio.file.Path;
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

/** Three gateways, each a process, of which two are enough, and of which one stands still for a while. */
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
    void aNodeThatStoodStillFor20SecondsDoesNotActWhenItWakes(TestReporter report) {
        scene.standsStill("carol", 1, report);
    }

    /** Without the oldest the others agree first on who tells them who is a member. */
    @Test
    @Order(2)
    void theOldestNodeStoodStillFor20SecondsAndDoesNotActWhenItWakes(TestReporter report) {
        scene.standsStill("alice", 0, report);
    }
}
