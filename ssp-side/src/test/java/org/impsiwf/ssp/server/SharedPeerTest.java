package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.WallTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes share one peer: it sees one server, with one session pair, as long as one of them lives. */
@Tag("SSP-038")
class SharedPeerTest {

    private final WallTime time = new WallTime();
    private final FakeCluster cluster = new FakeCluster(LocalStores.serialising(time));
    private final List<TestDomain> nodes = new ArrayList<>();
    private ScriptedPeer b;

    @BeforeEach
    void start() throws Exception {
        b = new ScriptedPeer();
    }

    @AfterEach
    void stop() throws Exception {
        nodes.forEach(TestDomain::close);
        b.close();
        time.close();
    }

    private TestDomain node(String name, boolean connect) throws Exception {
        TestDomain node = new TestDomain("a.test", cluster.join(name));
        nodes.add(node);
        node.server.addPeer(TestDomain.agreement(OddPeer.B, b.url(), connect, Dialect.OMA_1_3));
        return node;
    }

    private TestDomain holder(String name) throws Exception {
        TestDomain holder = node(name, false);
        await().until(() -> holder.peer().holder().equals(Optional.of(name)));
        return holder;
    }

    /** A node that holds the peer, with a session open, and one that stands by. */
    private final class Pair {
        private final TestDomain holder = holder("first");
        private final TestDomain other = node("second", false);
        private final OmaScript atHolder = new OmaScript(holder, b);
        private final OmaScript atOther = new OmaScript(other, b);

        private Pair() throws Exception {
            atHolder.logIn("1");
            atOther.theirSession = atHolder.theirSession;
            await().until(() -> holder.told(SspEvent.PeerUp.class).size() == 1);
            await().until(() -> other.told(SspEvent.PeerUp.class).size() == 1);
        }
    }

    private static void order(TestDomain node, String request) {
        node.server.execute(new SspCommand.SendRequest(
                new SspRequestId(request),
                OddPeer.B,
                TestDomain.message(node.id, "wv:ann@a.test", "wv:bob@b.test", "m-" + request)));
    }

    private static String message(String id) {
        return OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", id);
    }

    @Test
    @Tag("SSP-133")
    void twoNodesThatStartAtOnceLogInOnce() throws Exception {
        TestDomain first = node("first", true);
        TestDomain second = node("second", true);
        b.expect("SendSecretToken");
        await().during(Duration.ofMillis(500)).until(() -> !b.has("SendSecretToken"));
        assertThat(first.count(Counted.LOGIN_STARTED) + second.count(Counted.LOGIN_STARTED))
                .isEqualTo(1);
        assertThat(first.peer().holder()).isEqualTo(second.peer().holder()).isPresent();
    }

    @Test
    @Tag("tx:SendMessage")
    void aRequestThatIsOrderedBesideTheHolderLeavesThereAndEndsWhereItWasOrdered() throws Exception {
        Pair pair = new Pair();
        order(pair.other, "r-1");
        assertThat(b.expect("SendMessageRequest").body())
                .contains("sessionID=\"b-session@b.test\"")
                .contains("transactionID=\"r-1\"");
        pair.atOther.answer("r-1", OddPeer.accepted("m-r-1"));
        await().until(() -> pair.other.outcome("r-1").isPresent());
        assertThat(pair.other.outcome("r-1")).containsInstanceOf(SspEvent.ResponseReceived.class);
        assertThat(pair.holder.outcome("r-1")).isEmpty();
    }

    @Test
    void requestsOrderedBesideTheHolderLeaveInTheirOrder() throws Exception {
        Pair pair = new Pair();
        for (int i = 0; i < 300; i++) {
            order(pair.other, "r-" + i);
        }
        StringBuilder all = new StringBuilder();
        while (!all.toString().contains("transactionID=\"r-299\"")) {
            all.append(b.expect("SendMessageRequest").body());
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            places.add(all.indexOf("transactionID=\"r-" + i + "\""));
        }
        assertThat(places).isSorted().doesNotContain(-1);
    }

    @Test
    @Tag("tx:SendMessage")
    void whatIsPostedToANodeBesideTheHolderIsExecutedByTheHolder() throws Exception {
        Pair pair = new Pair();
        assertThat(pair.atOther.ask("q-1", message("m-1"))).startsWith("HTTP/1.1 200");
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"q-1\"");
        assertThat(pair.holder.told(SspEvent.RequestReceived.class)).hasSize(1);
        assertThat(pair.other.told(SspEvent.RequestReceived.class)).isEmpty();
    }

    @Test
    @Tag("SSP-143")
    void aLoginWhoseStepsGoToDifferentNodesSucceeds() throws Exception {
        TestDomain holder = holder("first");
        TestDomain other = node("second", false);
        OmaScript atHolder = new OmaScript(holder, b);
        OmaScript atOther = new OmaScript(other, b);
        atOther.upToStep8("1");
        atHolder.completePair("1");
        atHolder.refuseNegotiation();
        await().until(() -> other.told(SspEvent.PeerUp.class).size() == 1);
        assertThat(holder.peer().incomingConnections()).isZero();
    }

    @Test
    @Tag("SSP-143")
    void theStepsOfALoginThatNameNobodyFindTheirLoginFromAnyNode() throws Exception {
        TestDomain holder = holder("first");
        TestDomain other = node("second", false);
        OmaScript atHolder = new OmaScript(holder, b);
        OmaScript atOther = new OmaScript(other, b);
        atHolder.upToStep8("1");
        atOther.completePair("1");
        atOther.refuseNegotiation();
        await().until(() -> holder.told(SspEvent.PeerUp.class).size() == 1);
    }

    @Test
    void aMessageForASessionThatNobodyKnowsIsRefusedByEveryNode() throws Exception {
        Pair pair = new Pair();
        String session = pair.atOther.theirSession;
        pair.atOther.theirSession = "no-such-session@a.test";
        assertThat(pair.atOther.ask("q-1", "<KeepAliveRequest/>")).startsWith("HTTP/1.1 404");
        pair.atOther.theirSession = session;
        assertThat(pair.atOther.ask("q-2", "<KeepAliveRequest/>")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aStrangerIsNoBetterTrustedForPostingBesideTheHolder() throws Exception {
        Pair pair = new Pair();
        String forged = pair.atOther.inSession("b-session@b.test", "Request", "forged", "<LogoutRequest/>");
        ScriptedPeer.sendFrom("127.0.0.2", pair.other.url(), ScriptedPeer.asPost(forged));
        await().until(() -> pair.holder.count(Counted.SESSION_UNKNOWN) == 1);
        pair.atOther.ask("q-1", message("m-1"));
        b.expect("SendMessageResponse");
        assertThat(pair.holder.told(SspEvent.PeerDown.class)).isEmpty();
    }

    @Test
    @Tag("SSP-184")
    void theSessionOutlivesItsHolder() throws Exception {
        Pair pair = new Pair();
        pair.holder.close();
        cluster.kill("first");
        await().until(() -> pair.other.count(Counted.SESSION_TAKEN_OVER) == 1);
        String first = b.expect("sessionID=\"b-session@b.test\"").body();
        assertThat(first)
                .as("its connection is kept alive from its first moment")
                .contains("KeepAliveRequest");
        pair.atOther.ask("q-1", message("m-1"));
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"q-1\"");
        order(pair.other, "r-1");
        b.expect("transactionID=\"r-1\"");
        pair.atOther.answer("r-1", OddPeer.accepted("m-r-1"));
        await().until(() -> pair.other.outcome("r-1").isPresent());
        assertThat(pair.other.count(Counted.LOGIN_STARTED))
                .as("no second login")
                .isZero();
        assertThat(pair.other.told(SspEvent.PeerDown.class)).isEmpty();
    }

    @Test
    @Tag("SSP-184")
    void theSessionOutlivesItsHolderThoughTheStoreRefusesAtFirst() throws Exception {
        Pair pair = new Pair();
        cluster.trouble("second").refuses(5);
        pair.holder.close();
        cluster.kill("first");
        await().until(() -> pair.other.count(Counted.SESSION_TAKEN_OVER) == 1);
    }

    @Test
    @Tag("SSP-184")
    void theSessionIsGoneOnWithThoughTheStoreDidNotSayThatItWasTaken() throws Exception {
        Pair pair = new Pair();
        cluster.trouble("second").losesAnswers(1);
        pair.holder.close();
        cluster.kill("first");
        await().until(() -> pair.other.count(Counted.SESSION_TAKEN_OVER) == 1);
        assertThat(b.expect("sessionID=\"b-session@b.test\"").body()).contains("KeepAliveRequest");
    }

    @Test
    @Tag("SSP-107")
    void aRequestThatTheDeadHolderHadSentIsRepeatedUnderItsId() throws Exception {
        Pair pair = new Pair();
        order(pair.other, "r-1");
        b.expect("transactionID=\"r-1\"");
        pair.holder.close();
        cluster.kill("first");
        b.expect("transactionID=\"r-1\"");
        pair.atOther.answer("r-1", OddPeer.accepted("m-r-1"));
        await().until(() -> pair.other.outcome("r-1").isPresent());
        assertThat(pair.other.outcome("r-1")).containsInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    void aTransactionThatTheDeadHolderHadAnsweredIsNotExecutedAgain_D25() throws Exception {
        Pair pair = new Pair();
        pair.atHolder.ask("q-1", message("m-1"));
        b.expect("SendMessageResponse");
        pair.holder.close();
        cluster.kill("first");
        await().until(() -> pair.other.count(Counted.SESSION_TAKEN_OVER) == 1);
        pair.atOther.ask("q-1", message("m-1"));
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"q-1\"");
        assertThat(pair.other.told(SspEvent.RequestReceived.class)).isEmpty();
    }

    @Test
    void aPostThatComesWhileTheHolderIsDeadWaitsForTheNextOne() throws Exception {
        Pair pair = new Pair();
        pair.holder.close();
        Thread.ofVirtual().start(() -> {
            await().until(() -> pair.other.told(SspEvent.PeerDown.class).isEmpty());
            cluster.kill("first");
        });
        assertThat(pair.atOther.ask("q-1", message("m-1"))).startsWith("HTTP/1.1 200");
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"q-1\"");
    }

    @Test
    @Tag("SSP-183")
    void aNodeThatLeavesHandsThePeerOverAndTheLastOneLogsOut() throws Exception {
        Pair pair = new Pair();
        drain(pair.holder);
        await().until(() -> pair.other.peer().holder().equals(Optional.of("second")));
        assertThat(b.has("LogoutRequest")).isFalse();
        assertThat(b.has("Disconnect")).isFalse();
        pair.holder.close();
        cluster.kill("first");
        pair.atOther.ask("q-1", message("m-1"));
        b.expect("SendMessageResponse");
        Thread leaving = drain(pair.other);
        b.expect("LogoutRequest");
        leaving.join();
        assertThat(pair.other.count(Counted.LOGIN_STARTED)).isZero();
    }

    private static Thread drain(TestDomain node) {
        return Thread.ofVirtual().start(() -> node.server.drain(Duration.ofSeconds(1)));
    }

    @Test
    void aHolderThatIsCutOffNeitherAnswersNorSends() throws Exception {
        Pair pair = new Pair();
        cluster.cutOff("first");
        order(pair.holder, "r-1");
        assertThat(pair.atHolder.ask("q-1", message("m-1"))).startsWith("HTTP/1.1 503");
        assertThat(b.has("r-1")).isFalse();
        assertThat(pair.holder.told(SspEvent.RequestReceived.class)).isEmpty();
    }

    @Test
    void aHolderThatWakesUpLateIsOneThatStandsBy() throws Exception {
        Pair pair = new Pair();
        cluster.cutOff("first");
        order(pair.holder, "r-1");
        cluster.bury("first");
        await().until(() -> pair.other.count(Counted.SESSION_TAKEN_OVER) == 1);
        cluster.wake("first");
        String request = b.expect("transactionID=\"r-1\"").body();
        assertThat(request).contains("SendMessageRequest");
        await().until(() -> pair.holder.peer().holder().equals(Optional.of("second")));
        pair.atHolder.answer("r-1", OddPeer.accepted("m-r-1"));
        await().until(() -> pair.holder.outcome("r-1").isPresent());
        assertThat(pair.holder.outcome("r-1")).containsInstanceOf(SspEvent.ResponseReceived.class);
        assertThat(pair.holder.count(Counted.LOGIN_STARTED))
                .as("that of the beginning")
                .isEqualTo(1);
        assertThat(pair.other.count(Counted.LOGIN_STARTED)).isZero();
    }

    @Test
    void aHolderThatMayHaveBeenTakenForDeadBeginsFromWhatIsStored() throws Exception {
        Pair pair = new Pair();
        order(pair.other, "r-1");
        b.expect("transactionID=\"r-1\"");
        cluster.lapse("first");
        assertThat(b.expect("transactionID=\"r-1\"").body())
                .as("given again to the same holder, in the same session")
                .contains("sessionID=\"b-session@b.test\"");
        pair.atHolder.answer("r-1", OddPeer.accepted("m-r-1"));
        await().until(() -> pair.other.outcome("r-1").isPresent());
        assertThat(pair.holder.count(Counted.SESSION_TAKEN_OVER)).isEqualTo(1);
        assertThat(pair.holder.count(Counted.LOGIN_STARTED))
                .as("that of the beginning")
                .isEqualTo(1);
    }

    @Test
    void aRequestIsRefusedTruthfullyWhenThereIsNoSessionAnywhere() throws Exception {
        holder("first");
        TestDomain other = node("second", false);
        order(other, "r-1");
        await().until(() -> other.outcome("r-1").isPresent());
        assertThat(other.outcome("r-1"))
                .hasValueSatisfying(outcome ->
                        assertThat(((SspEvent.RequestFailed) outcome).cause()).isEqualTo(SspEvent.Cause.NO_SESSION));
    }
}
