package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With several listening points, what Via and Contact say is where the peer can answer to. */
class SeveralPointsTest {

    private static final Sender BOB = new Sender(NameAddr.of(new SipUri("sip:bob@imps.example.com")), false);

    private static void invite(EdgeUnderTest iwf, String uri) {
        iwf.edge.execute(new SipCommand.SendInvite(
                new InviteUsageId("k#1"),
                BOB,
                new SipUri(uri),
                Requests.OUR_OFFER,
                List.of(),
                Duration.ofSeconds(60),
                Map.of()));
    }

    private static void message(EdgeUnderTest iwf, String id, String uri) {
        iwf.edge.execute(new SipCommand.SendMessage(
                new RequestId(id),
                BOB,
                new SipUri(uri),
                new Body("text/plain", "hi".getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                Map.of()));
    }

    private static ListenOn point(EdgeUnderTest iwf, Transport transport, String host) {
        return iwf.edge.listening().stream()
                .filter(on -> on.transport() == transport && on.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    private static String hostPort(ListenOn on, String host) {
        return (host.indexOf(':') >= 0 ? '[' + host.replace("::1", "0:0:0:0:0:0:0:1") + ']' : host) + ':' + on.port();
    }

    private static WirePeer peer(Transport transport, ListenOn at) {
        return transport == Transport.UDP ? WirePeer.udp(at) : WirePeer.tcpListening(at.host());
    }

    private static String sentBy(RawMessage message) {
        String via = message.header("Via");
        return via.substring(via.indexOf(' ') + 1, via.indexOf(';'));
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void aCallLeavesFromThePointOfThePeersFamilyAndSaysSo(Transport transport) {
        String name = transport.name().toLowerCase(Locale.ROOT);
        for (String host : List.of("127.0.0.1", "::1")) {
            try (var iwf = new EdgeUnderTest(name + ":127.0.0.1:0", name + ":[::1]:0");
                    var carol = peer(transport, point(iwf, transport, host))) {
                String ours = hostPort(point(iwf, transport, host), host);
                invite(iwf, "sip:carol@" + carol.hostPort() + ";transport=" + name);
                RawMessage invite = carol.awaitRequest("INVITE");
                assertThat(sentBy(invite)).isEqualTo(ours);
                assertThat(invite.header("Contact")).contains('@' + ours);
                carol.send(invite.answer(486, "c", "", ""));
                iwf.await(SipEvent.InviteRefused.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aPointOnAllAddressesSaysTheOneThatThePeerSees(String host) {
        try (var iwf = new EdgeUnderTest("udp:0.0.0.0:0")) {
            ListenOn point = iwf.on(Transport.UDP);
            try (var carol = WirePeer.udp(new ListenOn(Transport.UDP, host, point.port()))) {
                invite(iwf, "sip:carol@" + carol.hostPort());
                RawMessage invite = carol.awaitRequest("INVITE");
                assertThat(sentBy(invite)).isEqualTo(hostPort(point, host));
                assertThat(invite.header("Contact")).contains('@' + hostPort(point, host));
                carol.send(invite.answer(486, "c", "", ""));
                iwf.await(SipEvent.InviteRefused.class);
            }
        }
    }

    @Test
    void theOwnAddressOfThePeersNetGoesBeforeAllAddresses() {
        try (var iwf = new EdgeUnderTest("udp:0.0.0.0:0", "udp:127.0.0.1:0")) {
            ListenOn loopback = point(iwf, Transport.UDP, "127.0.0.1");
            try (var carol = WirePeer.udp(loopback)) {
                message(iwf, "r1", "sip:carol@" + carol.hostPort());
                RawMessage message = carol.awaitRequest("MESSAGE");
                assertThat(sentBy(message)).isEqualTo(hostPort(loopback, "127.0.0.1"));
                carol.send(message.answer(200, "c", "", ""));
            }
        }
    }

    @Test
    void aConnectionIsUsedFromThePointThatAcceptedIt_RFC5626_5_3() {
        try (var iwf = new EdgeUnderTest("tcp:127.0.0.1:0", "tcp:127.0.0.1:0")) {
            ListenOn second = iwf.edge.listening().get(1);
            try (var alice = WirePeer.tcp(second)) {
                String headers = "Contact: <sip:alice@192.0.2.7:5999;transport=tcp>\r\nExpires: 600\r\n";
                alice.send(Requests.Caller.of(alice)
                        .request("REGISTER", "sip:ims.example.com", 1, "", headers, "")
                        .replace("To: <sip:bob@", "To: <sip:alice@"));
                assertThat(alice.awaitFinal("REGISTER").status()).isEqualTo(200);
                for (String id : List.of("r1", "r2")) {
                    message(iwf, id, "sip:alice@ims.example.com");
                    RawMessage message = alice.awaitRequest("MESSAGE");
                    assertThat(sentBy(message)).isEqualTo(hostPort(second, "127.0.0.1"));
                    alice.send(message.answer(200, "a", "", ""));
                    assertThat(iwf.await(SipEvent.MessageAnswered.class)
                                    .response()
                                    .status())
                            .isEqualTo(200);
                }
                Awaitility.await().until(() -> iwf.edge.snapshot().connections() == 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gw.example.net", "192.0.2.10", "2001:db8::10", "[2001:db8::10]"})
    void theAdvertisedHostStandsInViaAndContactBothWays(String advertised) {
        String said = advertised.startsWith("2001") ? '[' + advertised + ']' : advertised;
        try (var iwf = new EdgeUnderTest(
                        config -> config.withAdvertisedHost(advertised),
                        Optional.empty(),
                        List.of("127.0.0.1"),
                        "udp:127.0.0.1:0");
                var peer = WirePeer.udp(iwf.on(Transport.UDP))) {
            int port = iwf.on(Transport.UDP).port();
            invite(iwf, "sip:carol@" + peer.hostPort());
            RawMessage invite = peer.awaitRequest("INVITE");
            assertThat(sentBy(invite)).isEqualTo(said + ':' + port);
            assertThat(invite.header("Contact")).contains('@' + said + ':' + port);
            peer.send(invite.answer(486, "c", "", ""));
            iwf.await(SipEvent.InviteRefused.class);
            peer.send(Requests.Caller.of(peer).invite(""));
            var usage = iwf.await(SipEvent.InviteReceived.class).usage();
            iwf.edge.execute(new SipCommand.AcceptInvite(usage, Requests.OURS));
            assertThat(peer.awaitFinal("INVITE").header("Contact")).contains('@' + said + ':' + port);
        }
    }
}
