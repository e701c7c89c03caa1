package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.store.Stores;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.WallTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that answered a peer dies; another one of the same domain, with the same stores, goes on. */
@Tag("SSP-038")
class TakeOverTest {

    private static final String HEAP = "stores in the heap";
    private static final String FAR = "stores beyond it";

    private final WallTime time = new WallTime();
    private TestDomain node;
    private ScriptedPeer b;
    private OmaScript script;

    @AfterEach
    void stop() throws Exception {
        node.close();
        b.close();
        time.close();
    }

    private void startNode(Stores stores) throws Exception {
        node = new TestDomain("a.test", stores);
        node.server.addPeer(TestDomain.agreement(OddPeer.B, b.url(), false, Dialect.OMA_1_3));
        script = new OmaScript(node, b);
    }

    private void logIn(String round) throws Exception {
        script.logIn(round);
        await().until(() -> node.told(SspEvent.PeerUp.class).size() == 1);
    }

    /** In the heap the session does not outlive the node, and the peer logs in anew; beyond it the next node goes on with it. */
    private void firstNodeThenAnother(String where, Between between) throws Exception {
        b = new ScriptedPeer();
        Stores local = LocalStores.serialising(time);
        FakeCluster cluster = new FakeCluster(local);
        boolean far = where.equals(FAR);
        startNode(far ? cluster.join("first") : local);
        logIn("1");
        between.happens();
        String session = script.theirSession;
        node.close();
        if (far) {
            cluster.kill("first");
            startNode(cluster.join("second"));
            script.theirSession = session;
            script.refuseNegotiation();
        } else {
            startNode(local);
            logIn("2");
        }
    }

    private interface Between {
        void happens() throws Exception;
    }

    private List<SspEvent.RequestReceived> executed() {
        return node.told(SspEvent.RequestReceived.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {HEAP, FAR})
    void aRepeatToAnotherNodeGetsTheSameAnswerAndIsNotExecutedAgain_D25(String where) throws Exception {
        String request = OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1");
        firstNodeThenAnother(where, () -> {
            script.ask("q-1", request);
            b.expect("SendMessageResponse");
        });
        node.answers = again -> Optional.of(Status.of(500));
        script.ask("q-1", request);
        assertThat(b.expect("transactionID=\"q-1\"").body())
                .contains("SendMessageResponse")
                .contains("code=\"200\"");
        assertThat(executed()).isEmpty();
        script.ask("q-2", request);
        b.expect("transactionID=\"q-2\"");
        assertThat(executed()).as("another transaction").hasSize(1);
    }

    @ParameterizedTest
    @Tag("IMPS-SSP-TRANS-S-001")
    @Tag("tx:ServerInitiatedLeaveGroup")
    @ValueSource(strings = {HEAP, FAR})
    void aRepeatedOneWayTransactionIsNotExecutedAgain(String where) throws Exception {
        String indication = "<LeaveGroupIndication groupID=\"wv:team@b.test\">"
                + OmaScript.meta("wv:@b.test", "wv:bob@b.test")
                        .replace("clientOriginated=\"Yes\"", "clientOriginated=\"No\"")
                        .replaceAll("<User userID=\"[^\"]*\"/>", "")
                + "</LeaveGroupIndication>";
        firstNodeThenAnother(where, () -> {
            script.ask("one-way", indication);
            await().until(() -> executed().size() == 1);
        });
        script.ask("one-way", indication);
        await().until(() -> node.count(Counted.TRANSACTION_DUPLICATE) == 1);
        assertThat(executed()).isEmpty();
    }

    @ParameterizedTest
    @Tag("IMPS-SSP-TRANS-S-003")
    @ValueSource(strings = {HEAP, FAR})
    void anotherNodeAnswersAnInvitationUnderTheTransactionIdThatBroughtIt_D10(String where) throws Exception {
        String invitation = "<InviteRequest inviteID=\"i-1\" inviteType=\"IM\">"
                + OmaScript.meta("wv:@b.test", "wv:bob@b.test")
                + "<Inviting><User userID=\"wv:bob@b.test\"/></Inviting>"
                + "<Invited><User userID=\"wv:ann@a.test\"/></Invited></InviteRequest>";
        firstNodeThenAnother(where, () -> {
            script.ask("brought-it", invitation);
            assertThat(b.expect("transactionID=\"brought-it\"").body()).contains("code=\"200\"");
        });
        node.server.execute(new SspCommand.SendRequest(
                new SspRequestId("later"),
                OddPeer.B,
                new InvitationPrimitive.InviteResponse(
                        Status.of(200),
                        new InviteId("i-1"),
                        User.of("wv:bob@b.test"),
                        true,
                        User.of("wv:ann@a.test"),
                        Optional.empty(),
                        Optional.empty())));
        assertThat(b.expect("InviteResponse").body()).contains("transactionID=\"brought-it\"");
    }

    /** Our own transactions are repeated by whoever takes over the conversation that ordered them. */
    @ParameterizedTest
    @ValueSource(strings = {HEAP, FAR})
    @Tag("SSP-107")
    void anOrderThatIsGivenAgainOnAnotherNodeRepeatsTheTransaction(String where) throws Exception {
        firstNodeThenAnother(where, () -> {
            order();
            assertThat(b.expect("SendMessageRequest").body()).contains("transactionID=\"order-1\"");
        });
        order();
        assertThat(b.expect("SendMessageRequest").body()).contains("transactionID=\"order-1\"");
    }

    private void order() {
        node.server.execute(new SspCommand.SendRequest(
                new SspRequestId("order-1"),
                OddPeer.B,
                TestDomain.message(node.id, "wv:ann@a.test", "wv:bob@b.test", "m-1")));
    }
}
