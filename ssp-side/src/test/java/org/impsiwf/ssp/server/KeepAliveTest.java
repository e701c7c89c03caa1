package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ServiceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 9.2.4 on a clock that the test moves: lifetimes end, and KeepAlive prevents it. */
class KeepAliveTest {

    private static final ServiceId B = new ServiceId("wv:@b.test");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
    private TestDomain a;
    private ScriptedPeer b;
    private OmaScript script;

    @BeforeEach
    void start() throws Exception {
        a = new TestDomain("a.test", UnaryOperator.identity(), clock());
        b = new ScriptedPeer();
        script = new OmaScript(a, b);
        a.server.addPeer(TestDomain.agreement(B, b.url(), false, Dialect.OMA_1_3));
        script.logIn("1");
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1);
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
    }

    private InstantSource clock() {
        return now::get;
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    @Tag("SSP-169")
    @Tag("SSP-200")
    @Tag("SSP-201")
    @Tag("tx:KeepAlive")
    @Tag("IMPS-SSP-SAP-S-014")
    void keepsEachConnectionAliveAndProposesTheLifetime() throws Exception {
        pass(Duration.ofSeconds(31));
        String request = b.expect("KeepAliveRequest").body();
        assertThat(request).contains("timeToLive=\"86400\"");
        script.answer(
                ScriptedPeer.value(request, "transactionID"),
                "<KeepAliveResponse timeToLive=\"30\"><Status code=\"200\"/></KeepAliveResponse>");
        await().until(() -> a.peer().openRequests() == 0);
        pass(Duration.ofSeconds(11));
        b.expect("KeepAliveRequest");
    }

    @Test
    @Tag("SSP-176")
    @Tag("SSP-198")
    void keepsEveryConnectionOfTheSessionAlive() throws Exception {
        try (TestDomain wide = new TestDomain("a.test", UnaryOperator.identity(), clock());
                ScriptedPeer peer = new ScriptedPeer()) {
            OmaScript steps = new OmaScript(wide, peer);
            wide.server.addPeer(TestDomain.agreement(B, peer.url(), false, Dialect.OMA_1_3)
                    .withLimits(PeerLimits.DEFAULT.withConnectionPairs(3)));
            steps.logIn("1");
            await().until(() -> wide.peer().outgoingConnections() == 3);
            pass(Duration.ofSeconds(31));
            Set<String> asked = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                asked.add(ScriptedPeer.value(peer.expect("KeepAliveRequest").body(), "transactionID"));
            }
            assertThat(asked).hasSize(3);
        }
    }

    @Test
    void takesARefusedKeepAliveAsProofOfLife() throws Exception {
        pass(Duration.ofSeconds(31));
        String request = b.expect("KeepAliveRequest").body();
        script.answer(ScriptedPeer.value(request, "transactionID"), "<Status code=\"405\"/>");
        await().until(() -> a.peer().openRequests() == 0);
        assertThat(a.up()).isTrue();
    }

    @Test
    @Tag("SSP-171")
    @Tag("SSP-172")
    @Tag("SSP-174")
    void changesTheIntervalWhileTheSessionIsOpen_SSP174() throws Exception {
        a.server.keepAlive(B, Duration.ofSeconds(5), Optional.of(Duration.ofSeconds(60)));
        assertThat(b.expect("KeepAliveRequest").body()).contains("timeToLive=\"60\"");
    }

    @Test
    @Tag("SSP-170")
    @Tag("SSP-175")
    @Tag("SSP-194")
    @Tag("SSP-196")
    @Tag("SSP-197")
    @Tag("status:600")
    @Tag("tx:Disconnect")
    @Tag("IMPS-SSP-SAP-S-013")
    void disconnectsAPeerThatIsSilentLongerThanItsLifetime_SSP197() throws Exception {
        a.server.keepAlive(B, Duration.ofDays(1), Optional.empty());
        // The peer asked for 600 s in its LoginRequest.
        pass(Duration.ofSeconds(599));
        script.ask("k", "<KeepAliveRequest timeToLive=\"700\"/>");
        b.expect("KeepAliveResponse");
        pass(Duration.ofSeconds(699));
        assertThat(a.up()).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(b.expect("Disconnect").body())
                .as("of the session that we provide")
                .contains("code=\"600\"")
                .contains("sessionID=\"" + script.theirSession);
        assertThat(b.expect("LogoutRequest").body())
                .as("of the session that the peer provides")
                .contains("sessionID=\"b-session@b.test");
        await().until(() -> a.told(SspEvent.PeerDown.class).size() == 1);
    }
}
