package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.impsiwf.ssp.transaction.UnknownTransactions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a peer asks, well or badly: each gets its answer, is counted, and harms nobody else. */
class OddRequestsTest extends OddPeer {

    @Test
    void agreesOnTheCommonPartOfTheServiceTrees_SSP226() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask(
                "n-1",
                "<ServiceNegotiation timeToLive=\"60\"><MetaInfo clientOriginated=\"No\"><Requestor serviceID=\"wv:@b.test\"/>"
                        + "</MetaInfo><DesiredServiceList><Services><IMFeature><DeliveryReport/><Blocking/></IMFeature>"
                        + "<GroupFeature/></Services></DesiredServiceList></ServiceNegotiation>");
        String agreement = b.expect("ServiceAgreement").body();
        assertThat(agreement)
                .contains("<DeliveryReport/>")
                .doesNotContain("Blocking")
                .doesNotContain("GroupFeature");
        assertThat(a.told(SspEvent.RequestReceived.class)).isEmpty();
    }

    @Test
    @Tag("SSP-038")
    void executesADoubledRequestOnceAndAnswersItTwice_D25() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        String request = OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1");
        script.ask("q-1", request);
        b.expect("SendMessageResponse");
        script.ask("q-1", request);
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"q-1\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).hasSize(1);
    }

    private static final String GET_BLOCKED =
            "<GetBlockedRequest>" + OmaScript.meta("wv:@b.test", "wv:bob@b.test") + "</GetBlockedRequest>";

    @Test
    @Tag("SSP-432")
    @Tag("status:100")
    void saysContinueToARepeatOfWhatIsStillBeingExecuted() throws Exception {
        a.answers = request -> Optional.empty();
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("q-1", GET_BLOCKED);
        script.ask("q-1", GET_BLOCKED);
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("<Status code=\"100\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).hasSize(1);
    }

    @Test
    @Tag("SSP-137")
    void aTransactionThatIsNotComplementaryGetsItsFinalAnswerOnly() throws Exception {
        a.answers = request -> Optional.empty();
        loggedIn(TransactionTiming.DEFAULT);
        String request = OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1");
        script.ask("q-1", request);
        script.ask("q-1", request);
        await().until(() -> a.count(Counted.TRANSACTION_DUPLICATE) == 1);
        var received = a.told(SspEvent.RequestReceived.class).getFirst();
        a.server.execute(new SspCommand.Answer(received.transaction(), Status.of(StatusCode.STARTED)));
        a.server.execute(new SspCommand.Answer(received.transaction(), Status.of(StatusCode.UNKNOWN_USER)));
        assertThat(b.expect("mode=\"Response\"").body())
                .as("the first answer")
                .contains("transactionID=\"q-1\"")
                .contains("code=\"531\"");
    }

    @Test
    @Tag("SSP-433")
    @Tag("SSP-430")
    @Tag("status:102")
    void aComplementaryTransactionMayBeStartedAndThenEnds() throws Exception {
        a.answers = request -> Optional.empty();
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("q-1", GET_BLOCKED);
        await().until(() -> a.told(SspEvent.RequestReceived.class).size() == 1);
        var received = a.told(SspEvent.RequestReceived.class).getFirst();
        a.server.execute(new SspCommand.Answer(received.transaction(), Status.of(StatusCode.STARTED)));
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("code=\"102\"");
        a.server.execute(new SspCommand.Answer(received.transaction(), Status.of(StatusCode.UNKNOWN_USER)));
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("code=\"531\"");
    }

    @Test
    @Tag("SSP-113")
    @Tag("status:504")
    void answers504WhenNobodyHereAnswersInTime() throws Exception {
        a.answers = request -> Optional.empty();
        loggedIn(SHORT);
        script.ask("q-1", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1"));
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("code=\"504\"");
        await().until(() -> a.peer().openTransactions() == 0);
    }

    @Test
    @Tag("SSP-097")
    @Tag("SSP-098")
    @Tag("SSP-105")
    @Tag("SSP-127")
    @Tag("status:427")
    @Tag("status:606")
    void refusesAPeerThatSpeaksForAForeignDomain_D03() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("q-1", OmaScript.sendMessage("wv:@b.test", "wv:eve@c.test", "m-1"));
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("code=\"427\"");
        script.ask("q-2", OmaScript.sendMessage("wv:@c.test", "wv:bob@b.test", "m-2"));
        assertThat(b.expect("transactionID=\"q-2\"").body()).contains("code=\"606\"");
        script.ask("q-3", OmaScript.sendMessage("wv:x@b.test", "wv:bob@b.test", "m-3"));
        assertThat(b.expect("transactionID=\"q-3\"").body()).contains("code=\"606\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).isEmpty();
        assertThat(a.count(Counted.TRANSACTION_REFUSED)).isEqualTo(3);
    }

    @Test
    void keepsTheSessionThroughTenRefusedRequestsInARow() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        for (int i = 0; i < 10; i++) {
            script.ask("bad-" + i, "<SendMessageRequest deliveryReport=\"Perhaps\"/>");
            assertThat(b.expect("transactionID=\"bad-" + i + "\"").body()).contains("code=\"40");
        }
        script.ask("good", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1"));
        b.expect("SendMessageResponse");
        assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
    }

    @Test
    @Tag("SSP-131")
    @Tag("SSP-132")
    void endsBothSessionsWhenUnknownTransactionsAreFrequent_SSP131() throws Exception {
        a.server.addPeer(TestDomain.agreement(B, b.url(), false, Dialect.OMA_1_3)
                .withUnknownTransactions(new UnknownTransactions.Frequency(2, Duration.ofMinutes(1))));
        script.logIn("1");
        for (int i = 0; i < 3; i++) {
            script.ask("bad-" + i, "<SendMessageRequest deliveryReport=\"Perhaps\"/>");
        }
        b.expect("LogoutRequest");
        await().until(() -> a.told(SspEvent.PeerDown.class).size() == 1);
    }

    @Test
    @Tag("SSP-110")
    @Tag("SSP-126")
    @Tag("SSP-130")
    @Tag("status:402")
    void answersEveryTransactionOfAMessageAlsoWhenOneIsWrong() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        String both = script.inSession(
                        script.theirSession, "Request", "bad", "<SendMessageRequest deliveryReport=\"Perhaps\"/>")
                .replace(
                        "</Session>",
                        "<Transaction mode=\"Request\" transactionID=\"good\">"
                                + OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1")
                                + "</Transaction></Session>");
        script.post(both);
        String answers = b.expect("transactionID=\"bad\"").body();
        assertThat(answers)
                .as("together, as they came, in the session that they came in")
                .contains("transactionID=\"good\"")
                .contains("sessionID=\"" + script.theirSession + "\"");
    }

    @Test
    @Tag("SSP-079")
    @Tag("status:620")
    void refusesWhatNamesNoSessionOfOurs_620() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        assertThat(script.post(script.inSession(
                        "guess@elsewhere.test",
                        "Request",
                        "q",
                        OmaScript.sendMessage("wv:@x.test", "wv:x@x.test", "m"))))
                .contains("404");
        script.post(script.inSession(
                "guess@b.test", "Request", "q-2", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m")));
        assertThat(b.expect("transactionID=\"q-2\"").body()).contains("code=\"620\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).isEmpty();
    }

    @Test
    @Tag("SSP-203")
    void answersKeepAliveWithTheLifetimeOfThatConnection_SSP203() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("k-1", "<KeepAliveRequest timeToLive=\"300\"/>");
        assertThat(b.expect("KeepAliveResponse").body())
                .contains("timeToLive=\"300\"")
                .contains("code=\"200\"");
    }

    @Test
    @Tag("SSP-177")
    @Tag("SSP-178")
    @Tag("SSP-195")
    @Tag("tx:Logout")
    @Tag("IMPS-SSP-SAP-S-012")
    void answersLogoutWithDisconnectAndLeavesTheOtherSessionToo_SSP194() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("bye", "<LogoutRequest/>");
        assertThat(b.expect("Disconnect").body())
                .contains("transactionID=\"bye\"")
                .contains("mode=\"Response\"");
        await().until(() -> a.told(SspEvent.PeerDown.class).size() == 1);
        await().until(() -> a.peer().outgoingConnections() == 0 && a.peer().incomingConnections() == 0);
        script.ask("bye", "<LogoutRequest/>");
        assertThat(a.told(SspEvent.PeerDown.class)).as("D-36: ended once").hasSize(1);
    }
}
