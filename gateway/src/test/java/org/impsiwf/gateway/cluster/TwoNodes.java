package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.runtime.Gateway;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.SimulatedDomain;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.user.SipMsrpUser;

/** Two nodes of one gateway on loopback, an IMPS domain that has a session with them, and SIP users who talk to either node. */
final class TwoNodes implements AutoCloseable {

    static final Duration BOUND = Duration.ofSeconds(60);

    private static final ServiceId GATEWAY = new ServiceId("wv:@iwf.example.com");
    private static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");
    private static final String SIP_DOMAIN = "ims.example.com";
    private static final String PASSWORD = "a-password";

    private final SimulatedDomain domain;
    private final Gateway a;
    private final Gateway b;
    private final List<SipMsrpUser> users = new ArrayList<>();

    private TwoNodes(SimulatedDomain domain, Gateway a, Gateway b) {
        this.domain = domain;
        this.a = a;
        this.b = b;
    }

    /** @param sspAt which of the two the IMPS domain has its session with: 0 or 1 */
    static TwoNodes open(int sspAt) throws IOException, ConfigException {
        SimulatedDomain domain = SimulatedDomain.start(
                new SimulatedDomain.Settings(IMPS, List.of(Listen.plain("127.0.0.1:0")), List.of(), List.of()));
        String cluster = "test-" + UUID.randomUUID();
        List<InetSocketAddress> members = freeAddresses(2);
        Gateway a = Gateway.start(Config.gatewayOf(configuration(domain.url(), cluster, members, 0)));
        Gateway b = Gateway.start(Config.gatewayOf(configuration(domain.url(), cluster, members, 1)));
        TwoNodes nodes = new TwoNodes(domain, a, b);
        domain.addPeer(towards((sspAt == 0 ? a : b).sspAddresses().getFirst()));
        domain.expectsSession();
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(List.of(a, b))
                        .allSatisfy(node -> assertThat(node.ssp().peers())
                                .extracting(PeerSnapshot::state)
                                .containsExactly(PeerSnapshot.State.UP)));
        return nodes;
    }

    private static PeerSettings towards(InetSocketAddress ssp) {
        return PeerSettings.of(
                        GATEWAY,
                        Optional.of(URI.create("http://127.0.0.1:" + ssp.getPort() + "/")),
                        "imps-secret",
                        "gateway-secret",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        true)
                .speakingFor(Set.of(SIP_DOMAIN));
    }

    private static String configuration(URI impsUrl, String cluster, List<InetSocketAddress> members, int self) {
        return """
                service-id: "%s"
                sip:
                  listen: [ "udp:127.0.0.1:0", "tcp:127.0.0.1:0" ]
                  domains: [ %s ]
                  users:
                    - { id: alice@%2$s, password: %3$s, name: Alice }
                    - { id: carol@%2$s, password: %3$s, name: Carol }
                msrp: { listen: "127.0.0.1:0" }
                ssp:
                  listen: "127.0.0.1:0"
                  peers:
                    - { service-id: "%4$s", url: "%5$s", our-password: gateway-secret, peer-password: imps-secret, connect: false }
                admin: { listen: "127.0.0.1:0" }
                storage: { url: memory }
                cluster:
                  mode: hazelcast
                  name: %6$s
                  listen: "%7$s"
                  members: [ "%8$s", "%9$s" ]
                  silence: 60s
                """.formatted(
                        GATEWAY.value(),
                        SIP_DOMAIN,
                        PASSWORD,
                        IMPS.value(),
                        impsUrl,
                        cluster,
                        text(members.get(self)),
                        text(members.get(0)),
                        text(members.get(1)));
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Kept open together, so that they differ. */
    private static List<InetSocketAddress> freeAddresses(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            addresses.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }

    Gateway a() {
        return a;
    }

    Gateway b() {
        return b;
    }

    ImpsUser impsUser(String name) {
        return domain.user(name);
    }

    /** A user whose client sends to that node. */
    SipMsrpUser sipUserAt(Gateway node, String name) {
        SipMsrpUser user = SipMsrpUser.start(
                SipUserAgent.Settings.of(name + "@" + SIP_DOMAIN, PASSWORD, SipTransport.UDP, udp(node)));
        users.add(user);
        return user;
    }

    static InetSocketAddress udp(Gateway node) {
        return node.sipAddresses().stream()
                .filter(address -> address.transport().name().equals("UDP"))
                .findFirst()
                .map(address -> new InetSocketAddress(address.host(), address.port()))
                .orElseThrow();
    }

    @Override
    public void close() {
        users.forEach(SipMsrpUser::close);
        a.close();
        b.close();
        domain.close();
    }
}
