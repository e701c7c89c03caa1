package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
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

/**
 * Three gateways, each a process on a machine of its own, of which two are enough, and a network that is cut between one and the other
 * two while users write to the IMPS domain and it to them.
 */
@Execution(ExecutionMode.SAME_THREAD)
class CutGatewayTest {

    private static final int NODES = 3;
    private static final int MORE = 10;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration BETWEEN_PAGES = Duration.ofMillis(50);
    private static final Duration NO_ANSWER = Duration.ofSeconds(15);

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
    private final List<BusySession> sessions = new ArrayList<>();
    private volatile boolean goesOn = true;
    private volatile boolean domainListens = true;
    private Machines machines;
    private ClusterScene scene;
    private ClusterOfGateways iwf;
    private String logs = "";

    @BeforeEach
    void start(@TempDir Path directory) {
        try {
            machines = new Machines(NODES);
        } catch (IOException refused) {
            abort("no network namespaces here: " + refused.getMessage());
        }
        scene = ClusterScene.of(NODES, directory, machines);
        iwf = scene.iwf;
        threads.submit(this::domainTakesMessages);
    }

    @AfterEach
    void stop() throws IOException {
        goesOn = false;
        domainListens = false;
        threads.shutdownNow();
        if (scene != null) {
            logs = iwf.logs();
            scene.close();
        }
        if (machines != null) {
            machines.close();
        }
    }

    /** Users and the domain still reach it, and it holds the session pair: what it may not do any more it says to all of them. */
    @Test
    void aNodeThatIsCutOffFromTheOthersRefusesUntilTheyMeet_andLosesAndDoublesNoMessage(TestReporter report)
            throws Exception {
        GatewayProcess alone = iwf.holder();
        int place = iwf.indexOf(alone);
        SipMsrpUser alice = iwf.user("alice", SipTransport.UDP, alone);
        SipMsrpUser dave = iwf.user("dave", SipTransport.UDP, iwf.node((place + 1) % NODES));
        SipMsrpUser tom = iwf.user("tom", SipTransport.UDP, alone);
        speakInSession("one", alice);
        speakInSession("two", alice);
        speakInSession("three", dave);
        speaking.add(threads.submit(() -> pages(dave)));
        speaking.add(threads.submit(() -> pages(tom)));
        awaitMoreOfEverything();

        long began = System.nanoTime();
        machines.cut(place, "inside");
        awaitTakeOver(report, "taken over after a cut", began);
        awaitMoreOfEverything();
        refusesNewWork(alone, alice);

        began = System.nanoTime();
        machines.joins(place, "inside");
        iwf.isWhole();
        ClusterScene.took(report, "whole again after a cut", began);
        takesNewWork(alice);
        nothingIsLostOrDoubled(report);
    }

    /** What its users sent into the dark reaches it when it is back, and is somebody else's by then. */
    @Test
    void aNodeThatIsCutOffFromEverybodyDoesNotActWhenItIsBack_andLosesAndDoublesNoMessage(TestReporter report)
            throws Exception {
        GatewayProcess alone = iwf.otherThanHolder();
        int place = iwf.indexOf(alone);
        SipMsrpUser carol = iwf.user("carol", SipTransport.UDP, alone);
        SipMsrpUser dave = iwf.user("dave", SipTransport.UDP, iwf.holder());
        speakInSession("one", carol);
        speakInSession("two", carol);
        speaking.add(threads.submit(() -> pages(dave)));
        awaitMoreOfEverything();

        long began = System.nanoTime();
        machines.cut(place, "inside");
        machines.cut(place, "outside");
        awaitTakeOver(report, "taken over after a node has vanished", began);
        awaitMoreOfEverything();

        began = System.nanoTime();
        machines.joins(place, "outside");
        machines.joins(place, "inside");
        iwf.isWhole();
        ClusterScene.took(report, "whole again after a node had vanished", began);
        takesNewWork(carol);
        nothingIsLostOrDoubled(report);
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

    private void speakInSession(String friend, SipMsrpUser user) {
        var session = new BusySession(friend, user, scene.imps, ledger);
        sessions.add(session);
        speaking.add(threads.submit(() -> {
            session.speaks(() -> goesOn);
            return null;
        }));
        speaking.add(threads.submit(() -> session.hears(() -> goesOn)));
    }

    /** MESSAGEs one after the other; one that is refused, or has no answer, is not sent again. */
    private void pages(SipMsrpUser user) {
        for (int i = 0; goesOn; i++) {
            String text = "page " + user.uri() + " " + i;
            SipMessage message =
                    user.agent().newRequest("MESSAGE", ClusterScene.BOB).withBody("text/plain;charset=UTF-8", text);
            user.agent()
                    .tries(message, NO_ANSWER)
                    .filter(answer -> answer.status() / 100 == 2)
                    .ifPresent(taken -> ledger.taken(text));
            LockSupport.parkNanos(BETWEEN_PAGES.toNanos());
        }
    }

    private void awaitTakeOver(TestReporter report, String what, long began) {
        await().atMost(GatewayProcess.PATIENCE).pollInterval(LOOK).until(() -> {
            speaking.stream().filter(Future::isDone).forEach(CutGatewayTest::ended);
            return sessions.stream().limit(2).allMatch(session -> session.moves() > 0);
        });
        ClusterScene.took(report, what, began, ClusterScene.AFTER_SILENCE);
    }

    private void awaitMoreOfEverything() {
        for (String kind : List.of("sip", "imps", "page")) {
            long before = ledger.countTaken(kind);
            await().atMost(GatewayProcess.PATIENCE).until(() -> {
                speaking.stream().filter(Future::isDone).forEach(CutGatewayTest::ended);
                return ledger.countTaken(kind) > before + MORE;
            });
        }
    }

    private void refusesNewWork(GatewayProcess alone, SipMsrpUser user) {
        assertThat(alone.isReady()).as("ready").isFalse();
        SipMessage ofMessage = user.message(ClusterScene.BOB, "refused");
        assertThat(ofMessage.status()).isEqualTo(503);
        assertThat(ofMessage.header("Retry-After")).isPresent();
        SipMessage ofInvite = user.isRefusedInviting(ClusterScene.BOB);
        assertThat(ofInvite.status()).isEqualTo(503);
        assertThat(ofInvite.header("Retry-After")).isPresent();
        String request = scene.imps.message(
                ClusterScene.BOB_IMPS, "wv:alice@ims.example.com", "refused", "refused-by-one", false);
        assertThat(scene.imps.offersTo(alone.ssp(), "refused-by-one", request)).isEqualTo(503);
    }

    private void takesNewWork(SipMsrpUser user) {
        assertThat(user.message(ClusterScene.BOB, "after the cut").status() / 100)
                .isEqualTo(2);
        Talk talk = user.invites("sip:another@imps.example.com");
        assertThat(talk.tries("in a session after the cut")).isEqualTo(200);
        talk.byes();
    }

    private void nothingIsLostOrDoubled(TestReporter report) {
        awaitMoreOfEverything();
        goesOn = false;
        speaking.forEach(CutGatewayTest::ended);
        await().atMost(GatewayProcess.PATIENCE)
                .untilAsserted(() -> assertThat(ledger.lost()).as("lost").isEmpty());
        assertThat(ledger.doubled()).as("doubled").isEmpty();
        sessions.forEach(BusySession::ends);
        assertThat(scene.imps.sessionWasEnded()).as("the SSP session has ended").isFalse();
        for (String kind : List.of("sip", "imps", "page")) {
            report.publishEntry(kind, ledger.countTaken(kind) + " messages");
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
