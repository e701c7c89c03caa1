package org.impsiwf.testkit.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The domain against a peer that shares no code with it. */
class SimulatedDomainTest {
    private static final String ALICE = "wv:alice@ims.example.com";

    private RawSspPeer peer;
    private SimulatedDomain domain;
    private ImpsUser bob;

    @BeforeEach
    void start() throws IOException {
        peer = RawSspPeer.start(new RawSspPeer.Settings(
                "wv:@ims.example.com", "peer-secret", "domain-secret", "SHA-1", Manner.OMA_1_3));
        PeerSettings towardsPeer = PeerSettings.of(
                new ServiceId("wv:@ims.example.com"),
                Optional.of(peer.url()),
                "domain-secret",
                "peer-secret",
                DigestScheme.SHA,
                Dialect.OMA_1_3,
                false);
        domain = SimulatedDomain.start(new SimulatedDomain.Settings(
                new ServiceId("wv:@imps.example.com"),
                List.of(Listen.plain("127.0.0.1:0")),
                List.of(towardsPeer),
                List.of()));
        bob = domain.user("bob");
        peer.facing(domain.url()).logsIn();
        domain.expectsSession();
    }

    @AfterEach
    void stop() {
        domain.close();
        peer.close();
    }

    @Test
    void userTakesAMessageAndReportsItsDelivery() {
        String message = peer.message(ALICE, bob.id().value(), "hi bob", "m1", true);
        assertThat(peer.asks(message).status()).isEqualTo(200);
        assertThat(bob.expectsText("hi bob").sender()).isEqualTo(ALICE);
        SspText report = peer.expects("DeliveryStatusReport");
        assertThat(report.messageId()).isEqualTo("m1");
        assertThat(report.status()).isEqualTo(200);
    }

    @Test
    void userRefusesAsScripted() {
        bob.follows(Script.refusing(532));
        assertThat(peer.sendsText(ALICE, bob.id().value(), "hi").status()).isEqualTo(532);
    }

    @Test
    void echoComesBack() {
        bob.follows(Script.echoing());
        peer.sendsText(ALICE, bob.id().value(), "anybody there?");
        assertThat(peer.expectsText("anybody there?").role("Recipient")).isEqualTo(ALICE);
    }

    @Test
    void nobodyElseIsKnown_531() {
        assertThat(peer.sendsText(ALICE, "wv:zoe@imps.example.com", "hi").status())
                .isEqualTo(531);
    }

    @Test
    void userInvitesAndLearnsTheAnswer() {
        CompletableFuture<Boolean> accepted = CompletableFuture.supplyAsync(
                () -> bob.expectsAcceptance(bob.invites(ALICE)),
                task -> Thread.ofVirtual().start(task));
        peer.answersInvite(peer.expects("InviteRequest"), true);
        assertThat(accepted.join()).isTrue();
    }
}
