package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registered users are found, over the connection they came by, and a way that fails is followed by the next. */
class WaysTest {

    private static final Sender BOB = new Sender(NameAddr.of(new SipUri("sip:bob@imps.example.com")), true);
    private static final SipUri ALICE = new SipUri("sip:alice@ims.example.com");

    private EdgeUnderTest iwf;

    @BeforeEach
    void start() {
        iwf = new EdgeUnderTest("udp:127.0.0.1:0", "tcp:127.0.0.1:0");
    }

    @AfterEach
    void stop() {
        iwf.close();
    }

    private static void register(WirePeer peer, String contact) {
        var caller = Requests.Caller.of(peer);
        String text = caller.request(
                        "REGISTER", "sip:ims.example.com", 1, "", "Contact: " + contact + "\r\nExpires: 600\r\n", "")
                .replace("To: <sip:bob@ims.example.com>", "To: <sip:alice@ims.example.com>");
        peer.send(text);
        assertThat(peer.awaitFinal("REGISTER").status()).isEqualTo(200);
    }

    private void message(String id) {
        iwf.edge.execute(new SipCommand.SendMessage(
                new RequestId(id),
                BOB,
                ALICE,
                new Body("text/plain", "hi".getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                Map.of()));
    }

    @Test
    void aClientThatRegisteredOverAConnectionIsReachedOverIt_RFC5626_5_3() {
        try (var alice = WirePeer.tcp(iwf.on(Transport.TCP))) {
            register(alice, "<sip:alice@192.0.2.7:5999;transport=tcp>"); // nobody could connect to that
            message("r1");
            RawMessage message = alice.awaitRequest("MESSAGE");
            assertThat(message.uri()).isEqualTo("sip:alice@192.0.2.7:5999;transport=tcp");
            alice.send(message.answer(200, "a", "", ""));
            assertThat(iwf.await(SipEvent.MessageAnswered.class).response().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void privacyHidesFromAndNamesTheUserOnlyToTheTrusted_RFC3325_7() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            register(alice, "<sip:alice@" + alice.hostPort() + ">");
            message("r1");
            RawMessage message = alice.awaitRequest("MESSAGE");
            assertThat(message.header("From")).contains("anonymous@anonymous.invalid");
            assertThat(message.header("P-Asserted-Identity")).contains("sip:bob@imps.example.com");
            assertThat(message.header("Privacy")).isEqualTo("id");
            alice.send(message.answer(200, "a", "", ""));
        }
    }

    @Test
    void aContactThatCannotBeReachedIsFollowedByTheNext() throws Exception {
        int nobody;
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            nobody = taken.getLocalPort();
        }
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            register(
                    alice,
                    "<sip:alice@127.0.0.1:" + nobody + ";transport=tcp>;q=1.0, <sip:alice@" + alice.hostPort()
                            + ">;q=0.5");
            message("r1");
            RawMessage message = alice.awaitRequest("MESSAGE");
            alice.send(message.answer(200, "a", "", ""));
            assertThat(iwf.await(SipEvent.MessageAnswered.class).response().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a503IsFollowedByTheNextWayForCallsToo_RFC3263_4_3() {
        try (var busy = WirePeer.udp(iwf.on(Transport.UDP));
                var free = WirePeer.udp(iwf.on(Transport.UDP))) {
            register(busy, "<sip:alice@" + busy.hostPort() + ">;q=1.0, <sip:alice@" + free.hostPort() + ">;q=0.5");
            iwf.edge.execute(new SipCommand.SendInvite(
                    new InviteUsageId("k#1"),
                    BOB,
                    ALICE,
                    Requests.OUR_OFFER,
                    List.of(),
                    Duration.ofSeconds(60),
                    Map.of()));
            RawMessage first = busy.awaitRequest("INVITE");
            busy.send(first.answer(503, "b", "", ""));
            RawMessage second = free.awaitRequest("INVITE");
            assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
            assertThat(second.header("Via")).isNotEqualTo(first.header("Via"));
            String contact = "Contact: <sip:alice@" + free.hostPort() + ">\r\nContent-Type: application/sdp\r\n";
            free.send(second.answer(200, "f", contact, Requests.SDP));
            free.awaitRequest("ACK");
            iwf.await(SipEvent.InviteAccepted.class);
        }
    }

    @Test
    void aCalleeThatAnsweredOverAConnectionGetsTheRestOverIt_RFC5626_5_3() {
        try (var alice = WirePeer.tcp(iwf.on(Transport.TCP))) {
            String unreachable = "<sip:alice@192.0.2.7:5999;transport=tcp>";
            register(alice, unreachable);
            var usage = new InviteUsageId("k#1");
            iwf.edge.execute(new SipCommand.SendInvite(
                    usage, BOB, ALICE, Requests.OUR_OFFER, List.of(), Duration.ofSeconds(60), Map.of()));
            RawMessage invite = alice.awaitRequest("INVITE");
            String headers = "Contact: " + unreachable + "\r\nContent-Type: application/sdp\r\n";
            alice.send(invite.answer(200, "a", headers, Requests.SDP));
            alice.awaitRequest("ACK");
            iwf.await(SipEvent.InviteAccepted.class);
            iwf.edge.execute(new SipCommand.EndUsage(usage, Optional.empty()));
            RawMessage bye = alice.awaitRequest("BYE");
            assertThat(bye.uri()).isEqualTo("sip:alice@192.0.2.7:5999;transport=tcp");
            alice.send(bye.answer(200, "", "", ""));
        }
    }

    @Test
    void nobodyRegisteredIs480() {
        message("r1");
        var response = iwf.await(SipEvent.MessageAnswered.class).response();
        assertThat(response.status()).isEqualTo(480);
        assertThat(response.synthetic()).isTrue();
    }

    @Test
    void anOrderWithTheSameIdIsOneAct() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            register(alice, "<sip:alice@" + alice.hostPort() + ">");
            message("r1");
            message("r1");
            RawMessage message = alice.awaitRequest("MESSAGE");
            alice.send(message.answer(200, "a", "", ""));
            iwf.await(SipEvent.MessageAnswered.class);
            message("r1");
            message("r2");
            RawMessage next = alice.awaitRequest("MESSAGE");
            assertThat(next.header("Call-ID")).isNotEqualTo(message.header("Call-ID"));
        }
    }
}
