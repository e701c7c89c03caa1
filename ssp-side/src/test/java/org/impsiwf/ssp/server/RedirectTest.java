package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.session.RedirectTerms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 9.1.1, 9.2.1: redirect lists and the mesh of redirect connection pairs, as giver and as taker. */
@Tag("IMPS-SSP-SESSION-S-002")
@Tag("IMPS-SSP-SAP-S-011")
class RedirectTest {

    /** Six logins in a row, on a machine that takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestDomain a;
    private TestDomain b;

    private static ConditionFactory eventually() {
        return await().atMost(PATIENCE);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    /** @param hosts besides the Host-ID, which is always the first port */
    private static TestDomain domain(String name, int hosts) throws Exception {
        List<Listen> ports = new ArrayList<>();
        IntStream.rangeClosed(0, hosts)
                .forEach(i -> ports.add(Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))));
        return new TestDomain(
                name,
                s -> new SspSettings(
                        s.self(),
                        ports,
                        s.peers(),
                        s.connectWith(),
                        s.http(),
                        s.xml(),
                        s.ioThreads(),
                        s.acceptedContentTypes(),
                        s.dnsTimeout()),
                InstantSource.system());
    }

    private static List<String> hosts(TestDomain domain) {
        return domain.server.addresses().stream()
                .skip(1)
                .map(address -> "127.0.0.1:" + address.getPort())
                .toList();
    }

    private static String hostId(TestDomain domain) {
        return "127.0.0.1:" + domain.port();
    }

    private static RedirectTerms giving(TestDomain domain) {
        return new RedirectTerms(hosts(domain), true, hostId(domain));
    }

    private void agree(RedirectTerms ofA, RedirectTerms ofB) {
        a.server.addPeer(a.agreement(b, true).withRedirect(ofA));
        b.server.addPeer(b.agreement(a, false).withRedirect(ofB));
        eventually().until(() -> a.up() && b.up());
    }

    private void start(int hostsOfA, int hostsOfB) throws Exception {
        a = domain("a.test", hostsOfA);
        b = domain("b.test", hostsOfB);
    }

    private static List<HostPair> pairs(TestDomain domain) {
        return domain.peer().redirectPairs().stream()
                .map(pair -> new HostPair(Optional.of(pair.ours()), pair.peers()))
                .toList();
    }

    private void carries(String request) {
        a.send(b, request);
        b.send(a, request);
        eventually()
                .until(() ->
                        a.outcome(request).isPresent() && b.outcome(request).isPresent());
        assertThat(a.outcome(request)).containsInstanceOf(SspEvent.ResponseReceived.class);
        assertThat(b.outcome(request)).containsInstanceOf(SspEvent.ResponseReceived.class);
    }

    private void nobodySawAnEnd() {
        assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
        assertThat(b.told(SspEvent.PeerDown.class)).isEmpty();
        assertThat(a.count(Counted.SESSION_OPENED) + b.count(Counted.SESSION_OPENED))
                .isEqualTo(2);
    }

    @Test
    @Tag("SSP-031")
    @Tag("SSP-044")
    @Tag("SSP-047")
    @Tag("SSP-074")
    @Tag("SSP-075")
    @Tag("SSP-160")
    @Tag("SSP-161")
    @Tag("SSP-162")
    @Tag("SSP-166")
    void twoHostsAndThreeMakeSixPairsAndTheMasterPairIsLeft() throws Exception {
        start(2, 3);
        agree(giving(a), giving(b));
        eventually().until(() -> pairs(a).size() == 6 && pairs(b).size() == 6);
        for (String ours : hosts(a)) {
            for (String theirs : hosts(b)) {
                assertThat(a.peer().redirectPairs()).contains(new PeerSnapshot.Redirected(ours, theirs));
                assertThat(b.peer().redirectPairs()).contains(new PeerSnapshot.Redirected(theirs, ours));
            }
        }
        eventually().until(() -> a.peer().outgoingConnections() == 6 && b.peer().outgoingConnections() == 6);
        for (int i = 0; i < 200; i++) {
            a.send(b, "r-" + i);
            b.send(a, "r-" + i);
        }
        eventually()
                .until(() -> a.told(SspEvent.ResponseReceived.class).size() == 200
                        && b.told(SspEvent.ResponseReceived.class).size() == 200);
        assertThat(a.count(Counted.ANSWER_OVER_ANOTHER_PAIR) + b.count(Counted.ANSWER_OVER_ANOTHER_PAIR))
                .as("SSP 6.2: a transaction keeps to its pair")
                .isZero();
        nobodySawAnEnd();
    }

    @Test
    @Tag("SSP-158")
    void whoHasNoListButFollowsTheOthersGivesItsHostId() throws Exception {
        start(0, 2);
        agree(new RedirectTerms(List.of(), true, hostId(a)), giving(b));
        eventually().until(() -> pairs(a).size() == 2 && pairs(b).size() == 2);
        assertThat(pairs(b)).allMatch(pair -> pair.peers().equals(hostId(a)));
        carries("r");
        nobodySawAnEnd();
    }

    @Test
    @Tag("SSP-155")
    @Tag("SSP-156")
    @Tag("SSP-159")
    void withOneListOnlyTheMasterPairStays() throws Exception {
        start(0, 2);
        agree(RedirectTerms.NONE, new RedirectTerms(hosts(b), false, ""));
        carries("r");
        assertThat(pairs(a)).isEmpty();
        assertThat(pairs(b)).isEmpty();
        assertThat(a.peer().outgoingConnections()).isEqualTo(1);
    }

    @Test
    @Tag("SSP-181")
    @Tag("SSP-182")
    void aPairThatIsLostKeepsTheSessionTheLastOneEndsBoth() throws Exception {
        start(1, 0);
        // The hosts of b are relays that can be cut off.
        try (Relay first = new Relay(b.port());
                Relay second = new Relay(b.port())) {
            a.server.addPeer(a.agreement(b, true).withRedirect(giving(a)));
            b.server.addPeer(b.agreement(a, false)
                    .withRedirect(new RedirectTerms(
                            List.of("127.0.0.1:" + first.port(), "127.0.0.1:" + second.port()), true, hostId(b))));
            eventually().until(() -> a.up() && b.up() && pairs(a).size() == 2);
            eventually().until(() -> a.peer().outgoingConnections() == 2);
            first.cut();
            eventually().until(() -> pairs(a).size() == 1);
            carries("r-1");
            nobodySawAnEnd();
            second.cut();
            eventually().until(() -> !a.told(SspEvent.PeerDown.class).isEmpty());
        }
    }

    /** The peer has logged in, and both have given a list; its own has this one host. */
    private OmaScript loggedIn(ScriptedPeer peer, String host) throws Exception {
        a.server.addPeer(TestDomain.agreement(OddPeer.B, peer.url(), false, Dialect.OMA_1_3)
                .withRedirect(giving(a)));
        OmaScript script = new OmaScript(a, peer);
        script.redirectTo = redirectList(host);
        script.logInOnly("1");
        return script;
    }

    private static String redirectList(String host) {
        return "<RedirectList><RedirectHost hostID=\"" + host + "\"/></RedirectList>";
    }

    @Test
    @Tag("SSP-167")
    void nothingIsNegotiatedWhilePairsAreSetUp() throws Exception {
        start(1, 0);
        try (ScriptedPeer peer = new ScriptedPeer()) {
            OmaScript script = loggedIn(peer, "127.0.0.1:" + peer.port());
            script.ask(
                    "sn",
                    "<ServiceNegotiation><MetaInfo clientOriginated=\"No\"><Requestor serviceID=\"wv:@b.test\"/></MetaInfo>"
                            + "<DesiredServiceList><Services><SAPFeature/></Services></DesiredServiceList></ServiceNegotiation>");
            assertThat(peer.expect("transactionID=\"sn\"").body()).contains("code=\"503\"");
        }
    }

    @Test
    @Tag("SSP-157")
    @Tag("SSP-163")
    @Tag("SSP-189")
    @Tag("status:607")
    void aPairToAHostOfNoListIsRefusedAndTheSessionGoesOn() throws Exception {
        start(1, 0);
        try (ScriptedPeer peer = new ScriptedPeer()) {
            String host = "127.0.0.1:" + peer.port();
            OmaScript script = loggedIn(peer, host);
            assertThat(script.addPair("2", "127.0.0.1:1"))
                    .contains("code=\"607\"")
                    .doesNotContain("sessionID");
            String accepted = script.addPair("3", host);
            assertThat(accepted).contains("code=\"200\"").contains("sessionID=\"" + script.theirSession + "\"");
            assertThat(accepted).as("SSP-165: no list on a redirect pair").doesNotContain("RedirectList");
            script.completePair("3");
            eventually().until(() -> pairs(a).size() == 1);
            assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
        }
    }

    @Test
    @Tag("SSP-165")
    void aListOverARedirectPairAddsNoHost() throws Exception {
        start(1, 0);
        try (ScriptedPeer peer = new ScriptedPeer()) {
            String host = "127.0.0.1:" + peer.port();
            OmaScript script = loggedIn(peer, host);
            assertThat(script.addPair("2", host)).contains("code=\"200\"").doesNotContain("RedirectList");
            script.redirectTo = redirectList("127.0.0.1:1");
            script.completePair("2");
            eventually().until(() -> pairs(a).size() == 1);
            assertThat(script.addPair("3", "127.0.0.1:1"))
                    .as("a host of a list that did not count")
                    .contains("code=\"607\"");
            assertThat(pairs(a)).extracting(HostPair::peers).containsExactly(host);
            assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
        }
    }

    @Test
    @Tag("SSP-164")
    @Tag("SSP-033")
    void moreHostsAreAddedByANewExchangeOfListsWithinTheSession() throws Exception {
        start(1, 2);
        RedirectTerms oneOfB = new RedirectTerms(hosts(b).subList(0, 1), true, hostId(b));
        agree(giving(a), oneOfB);
        eventually().until(() -> pairs(a).size() == 1 && pairs(b).size() == 1);
        b.server.redirect(a.id, giving(b));
        eventually().until(() -> pairs(a).size() == 2 && pairs(b).size() == 2);
        carries("r");
        nobodySawAnEnd();
    }

    @Test
    @Tag("SSP-183")
    @Tag("SSP-078")
    void theEndOfTheSessionClosesEveryPair() throws Exception {
        start(2, 2);
        agree(giving(a), giving(b));
        eventually().until(() -> a.peer().outgoingConnections() == 4 && b.peer().outgoingConnections() == 4);
        assertThat(a.server.drain(PATIENCE)).isTrue();
        eventually().until(() -> b.peer().incomingConnections() == 0 && b.peer().outgoingConnections() == 0);
        assertThat(pairs(b)).isEmpty();
    }
}
