package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;

/**
 * Bad input, some hundred times, next to people who talk: alice and bob in a session, carol and bob in single messages. They must
 * not notice, and nothing may be left.
 */
final class Storm implements AutoCloseable {
    private static final String ALICE = "wv:alice@ims.example.com";
    private static final int SENDERS = 4;
    private static final int READ_MILLIS = 20_000;

    /** One piece of bad input. */
    @FunctionalInterface
    interface Gust {
        void blows(int number) throws Exception;
    }

    private final Scene scene;
    private final LogWatch log = LogWatch.open();
    private final ImpsUser bob;
    private final SipMsrpUser carol;
    private final Talk talk;

    Storm() throws IOException {
        scene = Scene.open();
        bob = scene.impsUser("bob");
        carol = scene.user("carol", SipTransport.UDP);
        talk = scene.user("alice", SipTransport.TCP).invites(bob.sipUri());
    }

    Scene scene() {
        return scene;
    }

    /**
     * Blows next to the talk.
     *
     * @param counter text in the label of the counter that each gust raises
     * @param logged text of a line that the log has then
     */
    void rages(int times, Gust gust, String metric, String counter, String logged) throws Exception {
        double before = scene.metric(metric, counter);
        rages(times, gust);
        await().atMost(Scene.PATIENCE)
                .untilAsserted(() -> assertThat(scene.metric(metric, counter) - before)
                        .as("%s with %s", metric, counter)
                        .isGreaterThanOrEqualTo(times));
        log.tells(logged);
    }

    /** As above, for what nobody can count: a connection that ends is no event by itself. */
    void rages(int times, Gust gust) throws Exception {
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<Void>> gusts = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                gusts.add(senders.submit(() -> {
                    gust.blows(number);
                    return null;
                }));
            }
            int said = 0;
            do {
                theInnocentTalk(said++);
            } while (!gusts.getLast().isDone());
            ended(gusts);
        }
        theInnocentTalk(-1);
    }

    private void theInnocentTalk(int number) {
        talk.sends("from alice " + number);
        bob.expectsText("from alice " + number);
        bob.sendsTo(ALICE, "to alice " + number);
        talk.expectsText("to alice " + number);
        carol.messages(bob.sipUri(), "from carol " + number);
        bob.expectsText("from carol " + number);
    }

    private static void ended(List<Future<Void>> gusts) throws InterruptedException, TimeoutException {
        for (Future<Void> gust : gusts) {
            try {
                gust.get(Scene.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("the storm itself failed: " + e.getCause(), e.getCause());
            }
        }
    }

    /** Sends bytes over a connection of its own and gives all that comes until the other end closes. */
    static String answerTo(InetSocketAddress to, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
            socket.setSoTimeout(READ_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            hasNoSecret(answer);
            return answer;
        }
    }

    /** Sends the beginning of something over a connection of its own and is gone. */
    static void vanishesAfter(InetSocketAddress to, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }
    }

    static void hasNoSecret(String answer) {
        assertThat(answer).doesNotContain(Scene.PASSWORD, Scene.GATEWAY_SECRET, Scene.IMPS_SECRET);
    }

    /** The innocent part, and nothing is left. */
    @Override
    public void close() {
        try (scene;
                log) {
            talk.byes();
            scene.leavesNothing();
            log.isHarmless();
        }
    }
}
