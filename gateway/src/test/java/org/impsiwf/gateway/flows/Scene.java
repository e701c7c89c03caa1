package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.runtime.Gateway;
import org.impsiwf.gateway.runtime.Remains;
import org.impsiwf.sip.stack.ListenOn;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.SimulatedDomain;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.user.SipMsrpUser;

/**
 * A gateway whose stores serialise all that they hold, an IMPS domain with a session pair to it, and SIP users; all on free ports
 * of loopback.
 */
final class Scene implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String GATEWAY_SECRET = "secret-of-the-gateway";
    static final String IMPS_SECRET = "secret-of-the-domain";
    static final String PASSWORD = "secret-of-the-users";
    static final String SIP_DOMAIN = "ims.example.com";
    private static final ServiceId GATEWAY = new ServiceId("wv:@iwf.example.com");
    private static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");

    /** 64·T1, as long as a usage waits for a late 2xx. */
    private static final Duration AFTER_SIP_TIMERS = Duration.ofSeconds(35);

    /** Longer than the longest memory, that for delivery reports. */
    private static final Duration AFTER_ALL_MEMORY = Duration.ofDays(4);

    /** Requests to the peer are given up after 2 s; the least with room for a machine that is busy. */
    static final String SHORT_VALIDITY = "latency: 0ms, processing: 1s, offset: 0ms, repeats: 1, ";

    /** Restored sessions within a second, so that a peer that comes back is found. */
    static final String QUICK_RECONNECT = "reconnect-min: 100ms, reconnect-max: 1s, ";

    /** Messages of IMPS users leave in sessions. */
    static final String SESSION_MODE = "conversation: { mode: session }\n";

    /**
     * What the gateway's configuration has besides the addresses.
     *
     * @param sip lines of the section sip
     * @param ssp keys of the section ssp, each with a comma behind it
     * @param peer keys of the peer, each with a comma behind it
     * @param neighbours further peers, each with a comma before it
     * @param sections whole further sections
     */
    record Terms(String sip, String msrp, String ssp, String peer, String neighbours, String sections) {
        static final Terms PLAIN = new Terms("", "", "", "", "", "");

        Terms withSip(String lines) {
            return new Terms(lines, msrp, ssp, peer, neighbours, sections);
        }

        Terms withMsrp(String keys) {
            return new Terms(sip, keys, ssp, peer, neighbours, sections);
        }

        Terms withSsp(String keys) {
            return new Terms(sip, msrp, keys, peer, neighbours, sections);
        }

        Terms withPeer(String keys) {
            return new Terms(sip, msrp, ssp, keys, neighbours, sections);
        }

        /** One more peer, to which the gateway opens its session. */
        Terms withNeighbour(String serviceId, URI url) {
            String more = ", { service-id: \"" + serviceId + "\", url: \"" + url + "\", our-password: " + GATEWAY_SECRET
                    + ", peer-password: " + IMPS_SECRET + ", connect: true }";
            return new Terms(sip, msrp, ssp, peer, neighbours + more, sections);
        }

        Terms withSections(String more) {
            return new Terms(sip, msrp, ssp, peer, neighbours, more);
        }
    }

    private final String host;
    private final ForwardTime time;
    private final Gateway gateway;
    private final List<AutoCloseable> open = new ArrayList<>();
    private SimulatedDomain domain;

    private Scene(String host, ForwardTime time, Gateway gateway, SimulatedDomain domain) {
        this.host = host;
        this.time = time;
        this.gateway = gateway;
        this.domain = domain;
    }

    static Scene open() throws IOException {
        return open("127.0.0.1", "", "");
    }

    /**
     * The session pair is open when this returns.
     *
     * @param ssp keys of the section ssp, each with a comma behind it
     * @param sections whole further sections
     */
    static Scene open(String host, String ssp, String sections) throws IOException {
        SimulatedDomain domain = domain(host + ":0");
        ForwardTime time = new ForwardTime();
        try {
            Scene scene = new Scene(
                    host,
                    time,
                    Gateway.start(
                            Config.gatewayOf(configuration(
                                    host,
                                    domain.url(),
                                    Terms.PLAIN
                                            .withSsp(ssp)
                                            .withPeer("connect: false, ")
                                            .withSections(sections))),
                            LocalStores.serialising(time),
                            time),
                    domain);
            scene.meet();
            return scene;
        } catch (ConfigException ours) {
            throw new IllegalStateException(ours);
        }
    }

    /** The gateway alone, whose peer is the caller's. */
    static Scene facing(URI peer, Terms terms, ForwardTime time) throws IOException {
        try {
            String text = configuration("127.0.0.1", peer, terms);
            return new Scene(
                    "127.0.0.1",
                    time,
                    Gateway.start(Config.gatewayOf(text), LocalStores.serialising(time), time),
                    null);
        } catch (ConfigException ours) {
            throw new IllegalStateException(ours);
        }
    }

    private static SimulatedDomain domain(String listen) throws IOException {
        return SimulatedDomain.start(
                new SimulatedDomain.Settings(IMPS, List.of(Listen.plain(listen)), List.of(), List.of()));
    }

    private static String configuration(String host, URI peer, Terms terms) {
        return """
                service-id: "%s"
                sip:
                  listen: [ "udp:%2$s:0", "tcp:%2$s:0" ]
                  domains: [ %3$s ]
                  users:
                    - { id: alice@%3$s, password: %4$s }
                    - { id: carol@%3$s, password: %4$s }
                    - { id: dave@%3$s, password: %4$s }
                    - { id: tom@%3$s, password: %4$s }
                %9$s
                msrp: { %10$s listen: "%2$s:0" }
                ssp: { listen: "%2$s:0", %11$s peers: [ { service-id: "%5$s", url: "%6$s", our-password: %7$s, %12$s
                       peer-password: %8$s } %14$s ] }
                admin: { listen: "127.0.0.1:0" }
                storage: { url: memory }
                %13$s
                """.formatted(
                        GATEWAY.value(),
                        host,
                        SIP_DOMAIN,
                        PASSWORD,
                        IMPS.value(),
                        peer,
                        GATEWAY_SECRET,
                        IMPS_SECRET,
                        terms.sip().indent(2),
                        terms.msrp(),
                        terms.ssp(),
                        terms.peer(),
                        terms.sections(),
                        terms.neighbours());
    }

    private void meet() {
        domain.addPeer(PeerSettings.of(
                        GATEWAY,
                        Optional.of(sspUrl()),
                        IMPS_SECRET,
                        GATEWAY_SECRET,
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        true)
                .speakingFor(Set.of(SIP_DOMAIN)));
        domain.expectsSession();
    }

    Gateway gateway() {
        return gateway;
    }

    URI sspUrl() {
        return URI.create(
                "http://" + host + ":" + gateway.sspAddresses().getFirst().getPort() + "/");
    }

    ImpsUser impsUser(String name) {
        return domain.user(name);
    }

    /** The domain's server dies. */
    void domainDies() {
        domain.close();
    }

    /** Another server of the domain takes its place, under the same address. */
    void domainComesBack() throws IOException {
        domain = domain(host + ":" + domain.addresses().getFirst().getPort());
        meet();
    }

    /** A user, registered. */
    SipMsrpUser user(String name, SipTransport transport) {
        SipMsrpUser user = SipMsrpUser.start(
                SipUserAgent.Settings.of(name + "@" + SIP_DOMAIN, PASSWORD, transport, sip(transport)));
        open.add(user);
        user.registers();
        return user;
    }

    InetSocketAddress sip(SipTransport transport) {
        ListenOn address = gateway.sipAddresses().stream()
                .filter(a -> a.transport().name().equals(transport.name()))
                .findFirst()
                .orElseThrow();
        return new InetSocketAddress(address.host(), address.port());
    }

    /** The sum of all samples of a metric whose labels contain that text. */
    double metric(String name, String label) {
        URI page = URI.create("http://127.0.0.1:" + gateway.adminAddress().getPort() + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name) && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new AssertionError("no metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    void forward(Duration step) {
        time.forward(step);
    }

    /** Waits until nothing runs, lets the time of SIP's timers and of all remembered ids pass, and waits until nothing is left. */
    void leavesNothing() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Remains left = gateway.remains();
            assertThat(left.conversations()).as("conversations in %s", left).isZero();
            assertThat(left.correlations()).as("correlations in %s", left).isZero();
            assertThat(left.busyMailboxes()).as("mailboxes in %s", left).isZero();
            assertThat(left.sip().waitingRequests()).as("requests in %s", left).isZero();
            assertThat(left.msrp().idle()).as("MSRP in %s", left).isTrue();
            assertThat(left.msrp().partialBytes()).as("buffers in %s", left).isZero();
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            // Time and again: what a lost message has held up begins its own 32 s later.
            time.forward(AFTER_SIP_TIMERS);
            Remains left = gateway.remains();
            assertThat(left.sip().usages()).as("INVITE usages in %s", left).isZero();
            assertThat(left.sip().liveInvites()).as("INVITEs in %s", left).isZero();
            assertThat(left.sip().deadlines()).as("SIP timers in %s", left).isZero();
        });
        time.forward(AFTER_ALL_MEMORY);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Remains left = gateway.remains();
            assertThat(left.states()).as("states in %s", left).isZero();
            assertThat(left.deadlines()).as("deadlines in %s", left).isZero();
        });
    }

    @Override
    public void close() {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError("could not close " + each, e);
            }
        }
        gateway.close();
        if (domain != null) {
            domain.close();
        }
        time.close();
    }
}
