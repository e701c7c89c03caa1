package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.session.DigestScheme;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Byte for byte what the public server sends, from its captures, played by bare sockets; sections A and F. */
class BarazaCaptureTest {

    private static final Path CAPTURES = Path.of(System.getProperty("iwf.root", "."), "..", "shared", "ssp-captures")
            .normalize();
    private static final ServiceId BARAZA = new ServiceId("wv:@baraza.test");

    private TestDomain domain;
    private ScriptedPeer baraza;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isDirectory(CAPTURES), "no captures at " + CAPTURES);
        domain = new TestDomain("peer.test");
        baraza = new ScriptedPeer();
    }

    @AfterEach
    void stop() throws Exception {
        if (domain != null) {
            domain.close();
            baraza.close();
        }
    }

    private void agree(boolean connect) {
        domain.server.addPeer(
                PeerSettings.of(BARAZA, Optional.of(baraza.url()), "", "", DigestScheme.MD5, Dialect.BARAZA, connect)
                        .withSession(TestDomain.QUICK));
    }

    private static String capture(String number) throws Exception {
        try (var files = Files.list(CAPTURES)) {
            Path file = files.filter(f -> f.getFileName().toString().startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        }
    }

    /** What the server says, with our ids instead of those of the recorded test peer. */
    private void barazaPosts(String body) throws Exception {
        assertThat(ScriptedPeer.post(domain.url(), body)).contains("200");
    }

    private void barazaProves(String ourToken, String captured, String ids) throws Exception {
        String digest = Base64.getEncoder()
                .encodeToString(DigestScheme.MD5
                        .proof(ourToken, "", Dialect.DigestOrder.TOKEN_THEN_PASSWORD)
                        .bytes());
        barazaPosts(captured.replace("uNNU5S33EOWUhgIOgQPZfA==", digest)
                .replace("UHqBa4eyGg1S/lr50OYRuw==", digest)
                .replace("peer-tid-9", ids));
    }

    /** Section A: 001 to 006. */
    private void barazaLogsIn() throws Exception {
        barazaPosts(capture("001"));
        String token = baraza.expect("SendSecretToken").body();
        assertThat(token).contains("mode=\"Response\"").contains("serviceID=\"wv:@peer.test\"");
        barazaProves(ScriptedPeer.text(token, "SecretToken"), capture("003"), "");
        String login = baraza.expect("LoginRequest").body();
        assertThat(login).contains("mode=\"Response\"").contains("transactionID=\"4\"");
        assertThat(ScriptedPeer.text(login, "PasswordDigest")).isEqualTo("FOC7GEH7Zywt7eIsF9Q4Kg==");
        barazaPosts(capture("005"));
        String accepted = baraza.expect("LoginResponse").body();
        assertThat(accepted)
                .contains("mode=\"Response\"")
                .contains("transactionID=\"4\"")
                .contains("code=\"200\"");
        assertThat(ScriptedPeer.value(accepted, "sessionID")).endsWith("@peer.test");
        await().until(domain::up);
    }

    @Test
    void takesALoginOfTheCapturedServer_sectionA() throws Exception {
        agree(false);
        barazaLogsIn();
        await().untilAsserted(
                        () -> assertThat(domain.told(SspEvent.PeerUp.class)).hasSize(1));
    }

    @Test
    void opensASessionWithTheCapturedServer_sectionF() throws Exception {
        agree(true);
        String token = baraza.expect("SendSecretToken").body();
        assertThat(token).contains("mode=\"Request\"");
        String ours = ScriptedPeer.value(token, "transactionID");
        barazaPosts(capture("177"));
        String login = baraza.expect("LoginRequest").body();
        assertThat(login).contains("mode=\"Request\"").contains("transactionID=\"" + ours + "\"");
        // The captured server sends step 6 only when it has seen step 10.
        String step10 = baraza.expect("LoginResponse").body();
        assertThat(step10).contains("mode=\"Request\"").contains("transactionID=\"" + ours + "\"");
        assertThat(domain.up()).as("open before the server has proved itself").isFalse();
        barazaProves(ScriptedPeer.text(token, "SecretToken"), capture("180"), ours);
        barazaPosts(capture("181").replace("peer-tid-9", ours));
        await().until(domain::up);
    }

    @Test
    void answersUnderOurOwnSessionIdAndReportsUnderTheIdOfTheOriginalMessage() throws Exception {
        agree(false);
        barazaLogsIn();
        barazaPosts(capture("007"));
        ScriptedPeer.Received answer = baraza.expect("SendMessageResponse");
        assertThat(answer.body()).contains("mode=\"Response\"").contains("transactionID=\"0000000004-0\"");
        assertThat(ScriptedPeer.value(answer.body(), "sessionID")).endsWith("@peer.test");
        assertThat(answer.headers()).containsEntry("x-wv-sessionid", "4@baraza.test");

        var original = (ImPrimitive.SendMessageRequest)
                domain.told(SspEvent.RequestReceived.class).getFirst().request();
        assertThat(original.content().map(Content::data).orElseThrow().asUtf8()).isEqualTo("Hello there");
        var report = new ImPrimitive.DeliveryStatusReport(
                MetaInformation.ofServer(domain.id), Status.of(200), Optional.empty(), original.messageInfo());
        domain.server.execute(new SspCommand.SendRequest(new SspRequestId("report-1"), BARAZA, report));
        ScriptedPeer.Received sent = baraza.expect("DeliveryStatusReport");
        assertThat(sent.body()).contains("mode=\"Response\"").contains("transactionID=\"0000000004-0\"");
        // No Status will come: the HTTP answer ends it.
        await().until(() -> domain.outcome("report-1").isPresent());
        assertThat(domain.outcome("report-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    void sendsRequestsUnderOurOwnSessionIdWithTheObservedHeaders() throws Exception {
        agree(false);
        barazaLogsIn();
        domain.server.execute(new SspCommand.SendRequest(
                new SspRequestId("r-1"),
                BARAZA,
                TestDomain.message(domain.id, "wv:bob@peer.test", "wv:alice@baraza.test", "m-1")));
        ScriptedPeer.Received request = baraza.expect("SendMessageRequest");
        String session = ScriptedPeer.value(request.body(), "sessionID");
        assertThat(session).endsWith("@peer.test");
        assertThat(request.headers())
                .containsEntry("", "POST / HTTP/1.1")
                .containsEntry("content-type", "application/vnd.wv.ssp+xml")
                .containsEntry("connection", "keep-alive")
                .containsEntry("x-wv-transactionid", "r-1")
                .containsEntry("x-wv-sessionid", session)
                .containsKeys("user-agent", "host", "content-length");
        barazaPosts(capture("011").replace("p102", "r-1"));
        await().until(() -> domain.outcome("r-1").isPresent());
        assertThat(domain.outcome("r-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    void neverSendsCancelInviteRequest_whichStopsThatServer() throws Exception {
        agree(false);
        barazaLogsIn();
        var cancel = new InvitationPrimitive.CancelInviteRequest(
                MetaInformation.ofUser(domain.id, new UserId("wv:bob@peer.test")),
                new InviteId("i-1"),
                User.of("wv:bob@peer.test"),
                User.of("wv:alice@baraza.test"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        domain.server.execute(new SspCommand.SendRequest(new SspRequestId("c-1"), BARAZA, cancel));
        await().until(() -> domain.outcome("c-1").isPresent());
        assertThat(domain.outcome("c-1").get())
                .isEqualTo(new SspEvent.ResponseReceived(
                        BARAZA, new SspRequestId("c-1"), Status.of(405, "not understood by this peer")));
        assertThat(baraza.has("CancelInviteRequest")).isFalse();
    }

    @Test
    void saysGoodbyeByTheResetThatThisServerUnderstands() throws Exception {
        agree(false);
        barazaLogsIn();
        domain.server.drain(Duration.ofSeconds(1));
        String reset = baraza.expect("LoginResponse").body();
        assertThat(reset)
                .contains("transactionID=\"4\"")
                .contains("mode=\"Response\"")
                .contains("code=\"604\"");
        assertThat(reset).doesNotContain("sessionID");
    }

    @Test
    void retriesALegWhenTheServerHangsUpBecauseItHasNotCommittedYet() throws Exception {
        var hangUps = new AtomicInteger(2);
        baraza.httpAnswer = received -> received.body().contains("LoginRequest") && hangUps.getAndDecrement() > 0
                ? ScriptedPeer.HANG_UP
                : ScriptedPeer.OK;
        agree(true);
        baraza.expect("SendSecretToken");
        barazaPosts(capture("177"));
        baraza.expect("LoginRequest");
        baraza.expect("LoginRequest");
        baraza.expect("LoginRequest");
    }
}
