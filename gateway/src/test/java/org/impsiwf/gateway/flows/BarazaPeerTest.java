package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.user.CpimText;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that goes about SSP as the one public server does (ssp-wire-syntax 11), against a whole gateway. */
class BarazaPeerTest {
    private static final String BOB = "wv:bob@imps.example.com";
    private static final String ALICE = "wv:alice@ims.example.com";
    private static final String BOB_AS_SIP = "sip:bob@imps.example.com";

    private RawSspPeer baraza;
    private Scene scene;
    private SipMsrpUser alice;

    @BeforeEach
    void thePeerLogsIn() throws Exception {
        baraza = RawSspPeer.start(new RawSspPeer.Settings(
                "wv:@imps.example.com", Scene.IMPS_SECRET, Scene.GATEWAY_SECRET, "SHA-1", Manner.BARAZA));
        scene = Scene.facing(
                baraza.url(), Scene.Terms.PLAIN.withPeer("connect: false, dialect: baraza, "), new ForwardTime());
        baraza.facing(scene.sspUrl()).logsIn();
        alice = scene.user("alice", SipTransport.UDP);
        isUp();
    }

    @AfterEach
    void nothingIsLeft() {
        try (Scene ended = scene) {
            ended.leavesNothing();
        } finally {
            baraza.close();
        }
    }

    private void isUp() {
        await().atMost(Scene.PATIENCE).until(() -> state() == PeerSnapshot.State.UP);
        // Answered by whoever has told the rest of the gateway before.
        baraza.asks("<KeepAliveRequest/>");
    }

    private PeerSnapshot.State state() {
        return scene.gateway().ssp().peers().getFirst().state();
    }

    @Test
    void messagesGoBothWays() throws Exception {
        var asking = CompletableFuture.supplyAsync(
                () -> alice.message(BOB_AS_SIP, "to bob").status(), Thread::startVirtualThread);
        baraza.expectsText("to bob");
        assertThat(asking.get(20, SECONDS)).isEqualTo(200);

        String transaction = baraza.sends(baraza.message(BOB, ALICE, "to alice", "m1@imps.example.com", false));
        alice.expectsMessage("to alice");
        assertThat(baraza.expectsResponse(transaction).status()).isEqualTo(200);
    }

    @Test
    void aReportOnTheSipUsersMessageComesAsAFurtherResponseAndReachesHimAsImdn() throws Exception {
        byte[] wrapped = CpimText.wantingDelivery(alice.uri(), BOB_AS_SIP, "to bob", "wanted77");
        var asking = CompletableFuture.supplyAsync(
                () -> alice.message(BOB_AS_SIP, "message/cpim", wrapped).status(), Thread::startVirtualThread);
        SspText message = baraza.expectsText("to bob");
        assertThat(asking.get(20, SECONDS)).isEqualTo(200);

        baraza.reports(message, 200);
        SipRequestReceived imdn = alice.agent().expects("MESSAGE");
        imdn.answers(200, "OK");
        assertThat(imdn.message().text()).contains("wanted77", "<delivered");
    }

    @Test
    void aReportOnTheImpsUsersMessageLeavesAsAFurtherResponseToIt() {
        String transaction = baraza.sends(baraza.message(BOB, ALICE, "to alice", "m2@imps.example.com", true));
        SipMessage wrapped = alice.expectsMessage("to alice");
        assertThat(baraza.expectsResponse(transaction).name()).isEqualTo("SendMessageResponse");

        String id = wrapped.text()
                .lines()
                .filter(line -> line.matches("(?i).*message-id:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
        String imdn = "<?xml version=\"1.0\"?><imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>" + id
                + "</message-id><datetime>2026-11-21T09:00:00Z</datetime><delivery-notification><status><delivered/>"
                + "</status></delivery-notification></imdn>";
        String body = "From: <" + alice.uri() + ">\r\nTo: <" + BOB_AS_SIP
                + ">\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: own1\r\n\r\n"
                + "Content-Type: message/imdn+xml\r\n\r\n" + imdn;
        assertThat(alice.message(BOB_AS_SIP, "message/cpim", body.getBytes(UTF_8))
                        .status())
                .isEqualTo(200);

        SspText report = baraza.expectsResponse(transaction);
        assertThat(report.name()).isEqualTo("DeliveryStatusReport");
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.messageId()).isEqualTo("m2@imps.example.com");
    }

    @Test
    void itsLogoutEndsTheSessionAndItsNextLoginOpensAnother() {
        baraza.logsOut();
        await().atMost(Scene.PATIENCE).until(() -> state() != PeerSnapshot.State.UP);
        assertThat(alice.message(BOB_AS_SIP, "anybody?").status()).isEqualTo(480);

        baraza.logsIn();
        isUp();
        String transaction = baraza.sends(baraza.message(BOB, ALICE, "back again", "m3@imps.example.com", false));
        alice.expectsMessage("back again");
        assertThat(baraza.expectsResponse(transaction).status()).isEqualTo(200);
    }
}
