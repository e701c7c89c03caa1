package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.store.hazelcast.HazelcastSettings;
import org.impsiwf.store.hazelcast.HazelcastStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link SharedPeerTest}, with two members of a real cluster. */
@Tag("SSP-038")
class SharedPeerInClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private HazelcastStores firstStores;
    private HazelcastStores secondStores;
    private TestDomain first;
    private TestDomain second;
    private ScriptedPeer b;

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
        firstStores.close();
        secondStores.close();
        b.close();
    }

    private static HazelcastStores member(String cluster, int port, List<Integer> ports) {
        return HazelcastStores.join(HazelcastSettings.of(
                cluster,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ports.stream().map(p -> "127.0.0.1:" + p).toList()));
    }

    private void startMembers() throws Exception {
        List<Integer> ports;
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports = List.of(one.getLocalPort(), other.getLocalPort());
        }
        String cluster = "test-" + UUID.randomUUID();
        firstStores = member(cluster, ports.get(0), ports);
        secondStores = member(cluster, ports.get(1), ports);
    }

    private TestDomain node(HazelcastStores stores) throws Exception {
        TestDomain node = new TestDomain("a.test", stores);
        node.server.addPeer(TestDomain.agreement(OddPeer.B, b.url(), false, Dialect.OMA_1_3));
        return node;
    }

    @Test
    void theSessionGoesOnWhenItsHolderHasLeftTheCluster() throws Exception {
        b = new ScriptedPeer();
        startMembers();
        first = node(firstStores);
        String name = firstStores.nodes().self();
        await().atMost(PATIENCE).until(() -> first.peer().holder().equals(Optional.of(name)));
        second = node(secondStores);
        OmaScript atFirst = new OmaScript(first, b);
        OmaScript atSecond = new OmaScript(second, b);
        atFirst.logIn("1");
        atSecond.theirSession = atFirst.theirSession;
        await().atMost(PATIENCE).until(() -> second.told(SspEvent.PeerUp.class).size() == 1);
        second.server.execute(new SspCommand.SendRequest(
                new SspRequestId("r-1"),
                OddPeer.B,
                TestDomain.message(second.id, "wv:ann@a.test", "wv:bob@b.test", "m-1")));
        b.expect("transactionID=\"r-1\"");
        first.close();
        firstStores.close();
        assertThat(b.expect("transactionID=\"r-1\"").body()).contains("sessionID=\"b-session@b.test\"");
        atSecond.answer("r-1", OddPeer.accepted("m-1"));
        await().atMost(PATIENCE).until(() -> second.outcome("r-1").isPresent());
        assertThat(second.outcome("r-1")).containsInstanceOf(SspEvent.ResponseReceived.class);
        assertThat(atSecond.ask("q-1", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-2")))
                .startsWith("HTTP/1.1 200");
        b.expect("SendMessageResponse");
        assertThat(second.count(Counted.LOGIN_STARTED)).as("no second login").isZero();
    }
}
