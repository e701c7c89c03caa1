package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionFactory;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.WallTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 9.2.1: the peer has connection pairs with a host of every node, so the session lives as long as one of them does. */
@Tag("IMPS-SSP-SESSION-S-002")
class SharedRedirectTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WallTime time = new WallTime();
    private final FakeCluster cluster = new FakeCluster(LocalStores.serialising(time));
    private TestDomain first;
    private TestDomain second;
    private TestDomain b;

    private static ConditionFactory eventually() {
        return await().atMost(PATIENCE);
    }

    /** Each listens at its Host-ID and at one redirect host. */
    @BeforeEach
    void start() throws Exception {
        first = new TestDomain("a.test", twoPorts(), cluster.join("first"));
        second = new TestDomain("a.test", twoPorts(), cluster.join("second"));
        b = new TestDomain("b.test", twoPorts(), InstantSource.system());
        first.server.addPeer(first.agreement(b, true).withRedirect(giving(first)));
        eventually().until(() -> first.peer().holder().equals(Optional.of("first")));
        second.server.addPeer(second.agreement(b, true).withRedirect(giving(second)));
        b.server.addPeer(TestDomain.agreement(first.id, url(first), false, Dialect.OMA_1_3)
                .withRedirect(giving(b)));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        b.close();
        time.close();
    }

    private static UnaryOperator<SspSettings> twoPorts() {
        Listen any = Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return s -> new SspSettings(
                s.self(),
                List.of(any, any),
                s.peers(),
                s.connectWith(),
                s.http(),
                s.xml(),
                s.ioThreads(),
                s.acceptedContentTypes(),
                s.dnsTimeout());
    }

    private static String host(TestDomain node) {
        return "127.0.0.1:" + node.server.addresses().get(1).getPort();
    }

    private static RedirectTerms giving(TestDomain node) {
        return new RedirectTerms(List.of(host(node)), true, "127.0.0.1:" + node.port());
    }

    private static URI url(TestDomain node) {
        return URI.create("http://127.0.0.1:" + node.port() + "/");
    }

    private List<String> hostsThatBSees() {
        return b.peer().redirectPairs().stream()
                .map(PeerSnapshot.Redirected::peers)
                .sorted()
                .toList();
    }

    private void everyNodeHasAPair() {
        eventually()
                .until(() -> hostsThatBSees().containsAll(List.of(host(first), host(second)))
                        && first.peer().redirectPairs().size() == 2);
    }

    private void answered(TestDomain from, TestDomain to, String request) {
        from.server.execute(new SspCommand.SendRequest(
                new SspRequestId(request),
                to.id,
                TestDomain.message(from.id, "wv:ann@" + from.id.domain(), "wv:bob@" + to.id.domain(), request)));
        eventually().until(() -> from.outcome(request).isPresent());
        assertThat(from.outcome(request)).containsInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    @Tag("SSP-160")
    @Tag("SSP-166")
    void theRedirectListNamesAHostOfEveryNode() {
        everyNodeHasAPair();
        answered(first, b, "r-1");
        answered(second, b, "r-2");
        for (int i = 0; i < 20; i++) {
            answered(b, first, "b-" + i);
        }
        assertThat(b.told(SspEvent.PeerDown.class)).isEmpty();
        assertThat(b.count(Counted.SESSION_OPENED)).isEqualTo(1);
    }

    @Test
    @Tag("SSP-181")
    void theSessionGoesOnOverThePairsOfTheNodesThatLive() {
        everyNodeHasAPair();
        first.close();
        cluster.kill("first");
        eventually().until(() -> second.count(Counted.SESSION_TAKEN_OVER) == 1);
        answered(second, b, "r-1");
        answered(b, second, "b-1");
        eventually().until(() -> hostsThatBSees().equals(List.of(host(second))));
        answered(b, second, "b-2");
        assertThat(b.told(SspEvent.PeerDown.class)).isEmpty();
        assertThat(b.count(Counted.SESSION_OPENED))
                .as("the one of the beginning")
                .isEqualTo(1);
    }

    @Test
    @Tag("SSP-181")
    void aNodeThatIsGoneTakesItsPairsWithItAndNothingElse() {
        everyNodeHasAPair();
        second.close();
        cluster.kill("second");
        eventually().until(() -> first.peer().redirectPairs().size() == 1);
        eventually().until(() -> hostsThatBSees().equals(List.of(host(first))));
        answered(first, b, "r-1");
        answered(b, first, "b-1");
        assertThat(b.told(SspEvent.PeerDown.class)).isEmpty();
    }
}
