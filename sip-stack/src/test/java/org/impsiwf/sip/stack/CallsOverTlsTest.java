package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages and calls over TLS, and the name that a certificate has to show (RFC 5922 §7). */
class CallsOverTlsTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Sender BOB = new Sender(NameAddr.of(new SipUri("sip:bob@imps.example.com")), false);

    private final TestAuthority authority = new TestAuthority();
    private SSLContext ours;
    private EdgeUnderTest iwf;

    @BeforeEach
    void start() throws Exception {
        ours = authority.contextFor("127.0.0.1");
        iwf = new EdgeUnderTest(
                config -> config.withTls(ours), Optional.empty(), List.of("127.0.0.1"), "tls:127.0.0.1:0");
    }

    @AfterEach
    void stop() {
        iwf.close();
    }

    private WirePeer caller() throws Exception {
        return WirePeer.overTls(authority
                .contextFor("127.0.0.1")
                .getSocketFactory()
                .createSocket(LOOPBACK, iwf.on(Transport.TLS).port()));
    }

    private static String at(WirePeer peer) {
        return "sip:carol@" + peer.hostPort() + ";transport=tls";
    }

    private void message(String id, String uri) {
        iwf.edge.execute(new SipCommand.SendMessage(
                new RequestId(id),
                BOB,
                new SipUri(uri),
                new Body("text/plain", "hi".getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                Map.of()));
    }

    @Test
    void aMessageToUsIsAnswered() throws Exception {
        try (var alice = caller()) {
            alice.send(Requests.Caller.of(alice).message("hello"));
            var message = iwf.await(SipEvent.MessageReceived.class);
            iwf.edge.execute(new SipCommand.AnswerMessage(message.transaction(), Response.of(200)));
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(200);
        }
    }

    @Test
    void aMessageOfOursIsAnswered() throws Exception {
        try (var carol = WirePeer.tlsListening("127.0.0.1", authority.contextFor("127.0.0.1"))) {
            message("r1", at(carol));
            RawMessage message = carol.awaitRequest("MESSAGE");
            assertThat(message.header("Via")).startsWith("SIP/2.0/TLS 127.0.0.1:");
            assertThat(message.body()).isEqualTo("hi");
            carol.send(message.answer(200, "c", "", ""));
            assertThat(iwf.await(SipEvent.MessageAnswered.class).response().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCallToUsIsAnsweredAcknowledgedAndEnded() throws Exception {
        try (var alice = caller()) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.invite(""));
            var invite = iwf.await(SipEvent.InviteReceived.class);
            iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
            RawMessage ok = alice.awaitFinal("INVITE");
            assertThat(ok.status()).isEqualTo(200);
            assertThat(ok.header("Contact")).contains(";transport=tls");
            alice.send(caller.ack(ok, ""));
            iwf.await(SipEvent.AckReceived.class);
            alice.send(caller.inDialog("BYE", 2, ok, ""));
            assertThat(alice.awaitFinal("BYE").status()).isEqualTo(200);
            assertThat(iwf.await(SipEvent.ByeReceived.class).usage()).isEqualTo(invite.usage());
        }
    }

    @Test
    void aCallOfOursIsAcknowledgedAndEnded() throws Exception {
        try (var carol = WirePeer.tlsListening("127.0.0.1", authority.contextFor("127.0.0.1"))) {
            var usage = new InviteUsageId("k#1");
            iwf.edge.execute(new SipCommand.SendInvite(
                    usage,
                    BOB,
                    new SipUri(at(carol)),
                    Requests.OUR_OFFER,
                    List.of(),
                    Duration.ofSeconds(60),
                    Map.of()));
            RawMessage invite = carol.awaitRequest("INVITE");
            assertThat(invite.header("Contact")).contains(";transport=tls");
            String headers = "Contact: <" + at(carol) + ">\r\nContent-Type: application/sdp\r\n";
            carol.send(invite.answer(200, "c", headers, Requests.SDP));
            assertThat(carol.awaitRequest("ACK").header("Via")).startsWith("SIP/2.0/TLS ");
            iwf.await(SipEvent.InviteAccepted.class);
            iwf.edge.execute(new SipCommand.EndUsage(usage, Optional.empty()));
            RawMessage bye = carol.awaitRequest("BYE");
            carol.send(bye.answer(200, "", "", ""));
        }
    }

    @Test
    void aPeerWhoseCertificateNamesAnotherGetsNothing_RFC5922_7_3() throws Exception {
        try (var other = WirePeer.tlsListening("127.0.0.1", authority.contextFor("other.example.com"))) {
            message("r1", at(other));
            var response = iwf.await(SipEvent.MessageAnswered.class).response();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.synthetic()).isTrue();
            assertThat(other.isQuiet()).isTrue();
        }
    }

    @Test
    void aPeerOfAnAuthorityThatWeDoNotTrustGetsNothing_RFC5922_7_3() throws Exception {
        try (var foreign = WirePeer.tlsListening("127.0.0.1", new TestAuthority().contextFor("127.0.0.1"))) {
            message("r1", at(foreign));
            assertThat(iwf.await(SipEvent.MessageAnswered.class).response().status())
                    .isEqualTo(503);
            assertThat(foreign.isQuiet()).isTrue();
        }
    }

    /** Over a connection that is gone afterwards: it would come before the contacts. */
    private void register(String contacts) throws Exception {
        try (var alice = caller()) {
            String headers = "Contact: " + contacts + "\r\nExpires: 600\r\n";
            alice.send(Requests.Caller.of(alice)
                    .request("REGISTER", "sip:ims.example.com", 1, "", headers, "")
                    .replace("To: <sip:bob@", "To: <sip:alice@"));
            assertThat(alice.awaitFinal("REGISTER").status()).isEqualTo(200);
        }
        Awaitility.await().until(() -> iwf.edge.snapshot().connections() == 0);
    }

    @Test
    void afterAWrongNameTheNextWayIsTaken_RFC3263_4_3() throws Exception {
        try (var other = WirePeer.tlsListening("127.0.0.1", authority.contextFor("other.example.com"));
                var right = WirePeer.tlsListening("127.0.0.1", authority.contextFor("127.0.0.1"))) {
            register("<" + at(other) + ">;q=1.0, <" + at(right) + ">;q=0.5");
            message("r1", "sip:alice@ims.example.com");
            RawMessage message = right.awaitRequest("MESSAGE");
            right.send(message.answer(200, "a", "", ""));
            assertThat(iwf.await(SipEvent.MessageAnswered.class).response().status())
                    .isEqualTo(200);
            assertThat(other.isQuiet()).isTrue();
        }
    }
}
