package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.transport.HttpLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A peer that goes and comes back: the session returns, and every request has exactly one truthful outcome. */
class RestartTest {

    private TestDomain a;
    private TestDomain b;
    private int portOfB;

    @BeforeEach
    void listen() throws Exception {
        a = new TestDomain("a.test");
        b = new TestDomain("b.test");
        portOfB = b.port();
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    private void agree(boolean aConnects) {
        a.server.addPeer(a.agreement(b, aConnects));
        b.server.addPeer(b.agreement(a, !aConnects));
    }

    private void bothUp() {
        await().until(() -> a.up() && b.up());
    }

    private void restartB() throws Exception {
        b.close();
        b = new TestDomain("b.test", "127.0.0.1", portOfB, UnaryOperator.identity(), InstantSource.system());
    }

    @Test
    @Tag("SSP-180")
    @Tag("SSP-184")
    void comesBackAfterTheSecondaryWasKilledAndRestarted() throws Exception {
        agree(true);
        bothUp();
        restartB();
        b.server.addPeer(b.agreement(a, false));
        bothUp();
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 2);
        a.send(b, "after");
        await().until(() -> a.outcome("after").isPresent());
        assertThat(a.outcome("after").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    void comesBackAfterTheInitiatorWasKilledAndRestarted() throws Exception {
        agree(false);
        bothUp();
        restartB();
        b.server.addPeer(b.agreement(a, true));
        bothUp();
        a.send(b, "after");
        await().until(() -> a.outcome("after").isPresent());
        assertThat(a.outcome("after").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    void repeatsWhatWasInFlightInTheNextSessionUnderTheSameTransactionId() throws Exception {
        b.answers = request -> Optional.empty();
        agree(true);
        bothUp();
        a.send(b, "in-flight");
        await().until(() -> b.told(SspEvent.RequestReceived.class).size() == 1);
        String before =
                b.told(SspEvent.RequestReceived.class).getFirst().transaction().transactionId();
        restartB();
        b.server.addPeer(b.agreement(a, false));
        await().until(() -> a.outcome("in-flight").isPresent());
        assertThat(a.outcome("in-flight").get()).isInstanceOf(SspEvent.ResponseReceived.class);
        assertThat(b.told(SspEvent.RequestReceived.class)
                        .getFirst()
                        .transaction()
                        .transactionId())
                .isEqualTo(before);
    }

    @Test
    void givesEveryRequestOneOutcomeWhenThePeerIsKilledInAStormAndReturns() throws Exception {
        agree(true);
        bothUp();
        int requests = 2000;
        for (int i = 0; i < requests; i++) {
            a.send(b, "r-" + i);
            if (i == requests / 2) {
                restartB();
                b.server.addPeer(b.agreement(a, false));
            }
        }
        await().atMost(Duration.ofSeconds(40))
                .until(() -> a.told(SspEvent.ResponseReceived.class).size()
                                + a.told(SspEvent.RequestFailed.class).size()
                        == requests);
        assertThat(a.peer().openRequests()).isZero();
        await().until(() -> b.peer().openTransactions() == 0);
        bothUp();
    }

    @Test
    @Tag("SSP-184")
    void comesBackAfterThePeerLoggedOut() {
        agree(true);
        bothUp();
        b.server.removePeer(a.id);
        await().until(() -> a.told(SspEvent.PeerDown.class).size() == 1);
        await().until(() -> b.server.peers().isEmpty());
        b.server.addPeer(b.agreement(a, false));
        bothUp();
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 2);
    }

    @Test
    @Tag("SSP-177")
    @Tag("SSP-183")
    void drainsRefusesNewWorkFinishesOldAndLogsOut() throws Exception {
        AtomicInteger held = new AtomicInteger();
        b.answers = request -> {
            held.incrementAndGet();
            return Optional.empty();
        };
        agree(true);
        bothUp();
        a.send(b, "old");
        await().until(() -> held.get() == 1);
        Thread drain = Thread.ofVirtual().start(() -> a.server.drain(Duration.ofSeconds(10)));
        await().until(() -> {
            a.send(b, "new");
            return a.outcome("new").isPresent();
        });
        assertThat(a.outcome("new").get()).isInstanceOf(SspEvent.RequestFailed.class);
        assertThat(a.outcome("old")).isEmpty();
        var open = b.told(SspEvent.RequestReceived.class).getFirst();
        b.server.execute(new SspCommand.Answer(
                open.transaction(), TestDomain.accept(open.request()).orElseThrow()));
        await().until(() -> a.outcome("old").isPresent());
        assertThat(a.outcome("old").get()).isInstanceOf(SspEvent.ResponseReceived.class);
        drain.join();
        a.send(b, "after");
        await().until(() -> a.outcome("after").isPresent());
        assertThat(a.peer().state()).isEqualTo(PeerSnapshot.State.CLOSED);
        await().until(() -> b.told(SspEvent.PeerDown.class).size() == 1);
        assertThat(b.told(SspEvent.PeerDown.class).getFirst().cause()).contains("logged out");
    }

    @Test
    void logsInAnewOverWhatAnEarlierLifeLeftInTheStore() {
        var old = Session.opened(
                new SessionId("old@a.test"),
                new SessionId("old@b.test"),
                Optional.empty(),
                Optional.empty(),
                Instant.parse("2026-11-20T08:00:00Z"));
        a.leaveBehind(b.id, new PairState.Open(old));
        b.leaveBehind(a.id, new PairState.Open(old));
        agree(true);
        bothUp();
        assertThat(a.storedPairs()).isEqualTo(1);
    }

    @Test
    void givesUpAPeerThatTakesConnectionsAndSaysNothing() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        HttpLimits impatient = new HttpLimits(
                1 << 20,
                8192,
                100,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(10));
        try (var c = new TestDomain("c.test", s -> s.withHttp(impatient), InstantSource.system());
                var silent = new ScriptedPeer()) {
            silent.httpAnswer = received -> {
                try {
                    silence.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return ScriptedPeer.HANG_UP;
            };
            c.server.addPeer(TestDomain.agreement(b.id, silent.url(), true, Dialect.OMA_1_3));
            await().until(() -> c.count(Counted.LOGIN_FAILED) > 0);
            assertThat(c.peer().lastError().orElseThrow()).contains("no HTTP answer in time");
            silence.countDown();
        }
    }

    @Test
    void spreadsPeersAndConnectionsOverSeveralEventLoops() throws Exception {
        UnaryOperator<SspSettings> threeLoops = s -> new SspSettings(
                s.self(),
                s.listen(),
                s.peers(),
                s.connectWith(),
                s.http(),
                s.xml(),
                3,
                s.acceptedContentTypes(),
                s.dnsTimeout());
        try (var c = new TestDomain("c.test", threeLoops, InstantSource.system());
                var d = new TestDomain("d.test", threeLoops, InstantSource.system())) {
            c.server.addPeer(c.agreement(d, true).withLimits(PeerLimits.DEFAULT.withConnectionPairs(2)));
            c.server.addPeer(c.agreement(a, true));
            d.server.addPeer(d.agreement(c, true).withLimits(PeerLimits.DEFAULT.withConnectionPairs(2)));
            a.server.addPeer(a.agreement(c, false));
            await().until(() -> c.server.peers().stream().allMatch(p -> p.state() == PeerSnapshot.State.UP) && d.up());
            for (int i = 0; i < 500; i++) {
                c.send(d, "c-" + i);
                d.send(c, "d-" + i);
                a.send(c, "a-" + i);
            }
            await().until(() -> c.told(SspEvent.ResponseReceived.class).size() == 500
                    && d.told(SspEvent.ResponseReceived.class).size() == 500
                    && a.told(SspEvent.ResponseReceived.class).size() == 500);
        }
    }

    @Test
    void mayBeDrainedAndClosedMoreThanOnce() {
        agree(true);
        bothUp();
        assertThat(a.server.drain(Duration.ofSeconds(5))).isTrue();
        a.server.close();
        a.server.close();
        assertThat(a.server.drain(Duration.ofSeconds(5))).isTrue();
        assertThat(a.server.peers()).isEmpty();
        a.send(b, "late");
        assertThat(a.outcome("late")).isPresent();
    }

    @Test
    @Tag("SSP-140")
    void logsInWithMd5AndEmptyPasswords() {
        a.server.addPeer(weak(a.agreement(b, true)));
        b.server.addPeer(weak(b.agreement(a, false)));
        bothUp();
    }

    private static PeerSettings weak(PeerSettings settings) {
        return PeerSettings.of(
                        settings.serviceId(),
                        settings.url(),
                        "",
                        "",
                        DigestScheme.MD5,
                        settings.dialect(),
                        settings.connect())
                .withSession(settings.session());
    }

    @Test
    @Tag("SSP-096")
    void doesNotLogInWhenThePasswordsDiffer() {
        a.server.addPeer(a.agreement(b, true));
        b.server.addPeer(weak(b.agreement(a, false)));
        await().until(() -> b.count(Counted.LOGIN_REFUSED) > 0 && a.count(Counted.LOGIN_FAILED) > 0);
        assertThat(a.up() || b.up()).isFalse();
    }

    @Test
    void speaksIpv6LikeIpv4() throws Exception {
        try (var c = new TestDomain("c.test", "::1", 0, UnaryOperator.identity(), InstantSource.system());
                var d = new TestDomain("d.test", "::1", 0, UnaryOperator.identity(), InstantSource.system())) {
            c.server.addPeer(c.agreement(d, true));
            d.server.addPeer(d.agreement(c, false));
            await().until(() -> c.up() && d.up());
        }
    }

    @Test
    @Tag("SSP-044")
    @Tag("SSP-046")
    void carriesOneSessionPairOverSeveralConnectionPairs_SSP044() {
        a.server.addPeer(a.agreement(b, true).withLimits(PeerLimits.DEFAULT.withConnectionPairs(3)));
        b.server.addPeer(b.agreement(a, false).withLimits(PeerLimits.DEFAULT.withConnectionPairs(3)));
        bothUp();
        await().until(() -> a.peer().outgoingConnections() == 3 && a.peer().incomingConnections() == 3);
        for (int i = 0; i < 300; i++) {
            a.send(b, "r-" + i);
        }
        await().until(() -> a.told(SspEvent.ResponseReceived.class).size() == 300);
    }
}
