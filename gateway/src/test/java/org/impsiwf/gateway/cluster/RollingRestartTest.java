package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three gateways, each a process, that are restarted one after the other while twenty sessions and three pagers do not pause. */
@Execution(ExecutionMode.SAME_THREAD)
class RollingRestartTest {

    private static final List<String> USERS = List.of("alice", "carol", "dave", "tom");
    private static final int SESSIONS = 20;
    private static final Duration LOOK = Duration.ofMillis(100);

    @RegisterExtension
    private final TestWatcher watcher = new TestWatcher() {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            context.publishReportEntry("the nodes said", logs);
        }
    };

    private final DeliveryLedger ledger = new DeliveryLedger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> speaking = new ArrayList<>();
    private final AtomicInteger restarting = new AtomicInteger(-1);
    private volatile boolean goesOn = true;
    private volatile boolean domainListens = true;
    private ClusterScene scene;
    private ClusterOfGateways iwf;
    private String logs = "";

    @BeforeEach
    void start(@TempDir Path directory) {
        scene = ClusterScene.of(3, directory);
        iwf = scene.iwf;
    }

    @AfterEach
    void stop() {
        goesOn = false;
        domainListens = false;
        threads.shutdownNow();
        if (scene != null) {
            logs = iwf.logs();
            scene.close();
        }
    }

    @Test
    void restartOfEachNodeUnderLoadLosesAndDoublesNoMessageAndEndsNoCall(TestReporter report) throws Exception {
        List<SipMsrpUser> users = new ArrayList<>();
        for (int i = 0; i < USERS.size(); i++) {
            users.add(iwf.user(USERS.get(i), SipTransport.UDP, iwf.node(i % iwf.size())));
        }
        threads.submit(this::domainTakesMessages);
        List<BusySession> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(new BusySession("friend" + i, users.get(i % users.size()), scene.imps, ledger));
        }
        for (BusySession session : sessions) {
            speaking.add(threads.submit(() -> {
                session.speaks(() -> goesOn);
                return null;
            }));
            speaking.add(threads.submit(() -> session.hears(() -> goesOn)));
        }
        for (SipMsrpUser user : users.subList(0, 3)) {
            speaking.add(threads.submit(() -> pages(user)));
        }

        for (int i = 0; i < iwf.size(); i++) {
            awaitMoreOfEverything();
            restarts(i, report);
        }
        awaitMoreOfEverything();
        goesOn = false;
        for (Future<?> speaker : speaking) {
            ended(speaker);
        }

        await().atMost(GatewayProcess.PATIENCE)
                .untilAsserted(() -> assertThat(ledger.lost()).as("lost").isEmpty());
        assertThat(ledger.doubled()).as("doubled").isEmpty();
        assertThat(sessions).as("each has moved at least once").allMatch(session -> session.moves() > 0);
        sessions.forEach(BusySession::ends);
        assertThat(scene.imps.sessionWasEnded())
                .as("one SSP session through all of it")
                .isFalse();
        for (String kind : List.of("sip", "imps", "page")) {
            report.publishEntry(kind, ledger.countTaken(kind) + " messages");
        }
    }

    private void domainTakesMessages() {
        while (domainListens) {
            scene.imps
                    .poll("SendMessageRequest", LOOK)
                    .ifPresent(message -> threads.submit(() -> {
                        ledger.arrived(message.content(), message.messageId());
                        scene.imps.acceptsMessage(message, 200);
                    }));
        }
    }

    /** MESSAGEs one after the other, to a node that is not being restarted: as by DNS, where that one does not answer. */
    private void pages(SipMsrpUser user) {
        for (int i = 0; goesOn; i++) {
            String text = "page " + user.uri() + " " + i;
            GatewayProcess node = iwf.node((restarting.get() + 1 + i % (iwf.size() - 1)) % iwf.size());
            SipMessage message = user.agent()
                    .newRequest("MESSAGE", ClusterScene.BOB)
                    .with("Route", "<sip:127.0.0.1:" + node.sip().getPort() + ";lr>")
                    .withBody("text/plain;charset=UTF-8", text);
            user.agent()
                    .tries(message, Duration.ofSeconds(32))
                    .filter(answer -> answer.status() / 100 == 2)
                    .ifPresent(taken -> ledger.taken(text));
        }
    }

    private void restarts(int i, TestReporter report) {
        long began = System.nanoTime();
        restarting.set(i);
        iwf.node(i).isAskedToEnd();
        assertThat(iwf.node(i).ended()).as("exit code of node " + i).isZero();
        ClusterScene.took(report, "node " + i + " handed over and ended", began);
        iwf.node(i).starts().listens();
        iwf.isWhole();
        restarting.set(-1);
    }

    private void awaitMoreOfEverything() {
        for (String kind : List.of("sip", "imps", "page")) {
            long before = ledger.countTaken(kind);
            await().atMost(GatewayProcess.PATIENCE).until(() -> {
                speaking.stream().filter(Future::isDone).forEach(RollingRestartTest::ended);
                return ledger.countTaken(kind) > before + SESSIONS;
            });
        }
    }

    /** Waits for its end; a speaker that failed says so. */
    private static void ended(Future<?> speaker) {
        try {
            speaker.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
