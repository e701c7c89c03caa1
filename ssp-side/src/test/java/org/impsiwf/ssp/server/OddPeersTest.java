package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.impsiwf.ssp.transaction.UnknownTransactions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that break the rules: each gets its answer, is counted, and harms nobody else. */
class OddPeersTest {

    private static final ServiceId B = new ServiceId("wv:@b.test");
    private static final TransactionTiming SHORT = new TransactionTiming(
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            1,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));

    private TestDomain a;
    private ScriptedPeer b;
    private OmaScript script;

    @BeforeEach
    void start() throws Exception {
        a = new TestDomain("a.test");
        b = new ScriptedPeer();
        script = new OmaScript(a, b);
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
    }

    private void agree(boolean connect, TransactionTiming timing) {
        a.server.addPeer(
                TestDomain.agreement(B, b.url(), connect, Dialect.OMA_1_3).withTiming(timing));
    }

    private void loggedIn(TransactionTiming timing) throws Exception {
        agree(false, timing);
        script.logIn("1");
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1);
    }

    private void order(String request) {
        a.server.execute(new SspCommand.SendRequest(
                new SspRequestId(request),
                B,
                TestDomain.message(a.id, "wv:ann@a.test", "wv:bob@b.test", "m-" + request)));
    }

    private static String accepted(String message) {
        return "<SendMessageResponse messageID=\"" + message + "\"><Status code=\"200\"/></SendMessageResponse>";
    }

    // Login.

    @Test
    void takesTheStepsInTheirOrderAsInitiator_SSP152() throws Exception {
        agree(true, TransactionTiming.DEFAULT);
        String token = b.expect("SendSecretToken").body();
        String ours = ScriptedPeer.value(token, "transactionID");
        script.post(OmaScript.token("b-1", "wv:@b.test", "token-of-b"));
        assertThat(b.expect("LoginRequest").body()).contains("transactionID=\"b-1\"");
        script.post(OmaScript.loginRequest(ours, "wv:@b.test", ScriptedPeer.text(token, "SecretToken"), "secret"));
        script.post(OmaScript.loginResponse("b-1", "b-session@b.test"));
        String step10 = b.expect("LoginResponse").body();
        assertThat(step10).contains("transactionID=\"" + ours + "\"");
        assertThat(ScriptedPeer.value(step10, "sessionID")).endsWith("@a.test");
        await().until(a::up);
    }

    @Test
    void refusesAWrongDigestWith608AndNoSessionId_D05() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        script.post(OmaScript.token("t", "wv:@b.test", "token-of-b"));
        String token = b.expect("SendSecretToken").body();
        script.post(OmaScript.loginRequest(
                ScriptedPeer.value(token, "transactionID"),
                "wv:@b.test",
                ScriptedPeer.text(token, "SecretToken"),
                "wrong"));
        String refused = b.expect("LoginResponse").body();
        assertThat(refused).contains("code=\"608\"").doesNotContain("sessionID");
        assertThat(a.up()).isFalse();
        await().until(() -> a.peer().outgoingConnections() == 0 && a.peer().incomingConnections() == 0);
        assertThat(a.count(Counted.LOGIN_REFUSED)).isEqualTo(1);
    }

    @Test
    void refusesADigestThatWasRecordedInAnEarlierLogin() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.post(OmaScript.token("t-2", "wv:@b.test", "token-of-b"));
        String token = b.expect("SendSecretToken").body();
        script.post(OmaScript.loginRequest(
                ScriptedPeer.value(token, "transactionID"), "wv:@b.test", "an earlier token of a", "secret"));
        assertThat(b.expect("LoginResponse").body()).contains("code=\"608\"");
        assertThat(a.up()).as("the session that was open before").isTrue();
        order("r-1");
        b.expect("SendMessageRequest");
    }

    @Test
    void hangsUpOnOurOwnTokenReflected() throws Exception {
        agree(true, TransactionTiming.DEFAULT);
        String token = b.expect("SendSecretToken").body();
        script.post(OmaScript.token("b-1", "wv:@b.test", ScriptedPeer.text(token, "SecretToken")));
        await().until(() -> a.count(Counted.POST_REFUSED) == 1);
        assertThat(b.has("LoginRequest")).isFalse();
    }

    @Test
    void hangsUpOnAnUnknownServiceIdWithoutAWord_SSP142() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        assertThat(script.post(OmaScript.token("t", "wv:@nobody.test", "x"))).isEqualTo("closed");
        assertThat(script.post(OmaScript.loginResponse("never-begun", "x@b.test")))
                .isEqualTo("closed");
        assertThat(b.waiting()).isZero();
    }

    @Test
    void replacesTheSessionWhenThePeerLogsInAgain() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        String first = script.theirSession;
        script.logIn("2");
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 2);
        assertThat(script.theirSession).isNotEqualTo(first);
        assertThat(a.told(SspEvent.PeerDown.class))
                .as("one session in another's place")
                .isEmpty();
        script.post(
                script.inSession(first, "Request", "old", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "x")));
        assertThat(b.expect("transactionID=\"old\"").body()).contains("code=\"620\"");
    }

    @Test
    void survivesALoginThatSomebodyElseBeginsInThePeersName() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.post(OmaScript.token("forged", "wv:@b.test", "x"));
        b.expect("SendSecretToken");
        order("r-1");
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        script.answer(id, accepted("m-r-1"));
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }

    // Transactions of the peer.

    @Test
    void executesADoubledRequestOnceAndAnswersItTwice_D25() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        String request = OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1");
        script.ask("q-1", request);
        b.expect("SendMessageResponse");
        script.ask("q-1", request);
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"q-1\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).hasSize(1);
    }

    @Test
    void saysContinueToARepeatOfWhatIsStillBeingExecuted() throws Exception {
        a.answers = request -> Optional.empty();
        loggedIn(TransactionTiming.DEFAULT);
        String request = OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1");
        script.ask("q-1", request);
        script.ask("q-1", request);
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("<Status code=\"100\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).hasSize(1);
    }

    @Test
    void answers504WhenNobodyHereAnswersInTime() throws Exception {
        a.answers = request -> Optional.empty();
        loggedIn(SHORT);
        script.ask("q-1", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1"));
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("code=\"504\"");
        await().until(() -> a.peer().openTransactions() == 0);
    }

    @Test
    void refusesAPeerThatSpeaksForAForeignDomain_D03() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("q-1", OmaScript.sendMessage("wv:@b.test", "wv:eve@c.test", "m-1"));
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("code=\"427\"");
        script.ask("q-2", OmaScript.sendMessage("wv:@c.test", "wv:bob@b.test", "m-2"));
        assertThat(b.expect("transactionID=\"q-2\"").body()).contains("code=\"606\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).isEmpty();
        assertThat(a.count(Counted.TRANSACTION_REFUSED)).isEqualTo(2);
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
        assertThat(answers).as("together, as they came").contains("transactionID=\"good\"");
    }

    @Test
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
    void answersKeepAliveWithTheLifetimeOfThatConnection_SSP203() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("k-1", "<KeepAliveRequest timeToLive=\"300\"/>");
        assertThat(b.expect("KeepAliveResponse").body())
                .contains("timeToLive=\"300\"")
                .contains("code=\"200\"");
    }

    @Test
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

    // Transactions of ours.

    @Test
    void repeatsAnUnansweredRequestUnderItsIdThenFailsItAndEndsTheSession_SSP122() throws Exception {
        loggedIn(SHORT);
        order("r-1");
        String first = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        String second = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        assertThat(second).isEqualTo(first);
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1"))
                .contains(new SspEvent.RequestFailed(B, new SspRequestId("r-1"), SspEvent.Cause.NO_ANSWER));
        b.expect("LogoutRequest");
        await().until(() -> a.told(SspEvent.PeerDown.class).size() == 1);
    }

    @Test
    void takesTheFirstOfContradictoryAnswersAndCountsTheRest() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        order("r-1");
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        script.answer("another-" + id, accepted("m-r-1"));
        script.answer(id, accepted("m-r-1"));
        script.answer(id, "<Status code=\"531\"/>");
        await().until(() -> a.count(Counted.ANSWER_UNEXPECTED) == 2);
        assertThat(a.told(SspEvent.ResponseReceived.class)).hasSize(1);
        assertThat(a.up()).isTrue();
    }

    @Test
    void treatsAnAnswerThatBreaksTheRulesLikeNone_SSP135() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        order("r-1");
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        script.answer(id, "<SendMessageResponse messageID=\"x\"><Status code=\"not a number\"/></SendMessageResponse>");
        assertThat(b.expect("SendMessageRequest").body()).as("repeated").contains(id);
        script.answer(id, accepted("m-r-1"));
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    void waitsOnThrough1xx_D29() throws Exception {
        loggedIn(SHORT);
        order("r-1");
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        script.answer(id, "<Status code=\"102\"/>");
        script.answer(id, accepted("m-r-1"));
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
        assertThat(a.told(SspEvent.ResponseReceived.class)).hasSize(1);
    }

    @Test
    void opensAnotherConnectionWhenThePeerSaysServerQueued_104() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        order("r-1");
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        script.answer(id, "<Status code=\"104\"/>");
        await().until(() -> a.peer().outgoingConnections() == 2);
    }

    @Test
    void refusesTruthfullyWhatThePeersHttpServerRefuses() throws Exception {
        b.httpAnswer = received -> received.body().contains("SendMessageRequest")
                ? "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"
                : ScriptedPeer.OK;
        loggedIn(TransactionTiming.DEFAULT);
        order("r-1");
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1").get().toString()).contains("540");
    }

    @Test
    void readsAnAnswerThatComesInTheHttpAnswer() throws Exception {
        b.httpAnswer = received -> {
            if (!received.body().contains("SendMessageRequest")) {
                return ScriptedPeer.OK;
            }
            String id = ScriptedPeer.value(received.body(), "transactionID");
            String body = script.inSession("b-session@b.test", "Response", id, accepted("m-r-1"));
            return "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wv.ssp+xml\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
        };
        loggedIn(TransactionTiming.DEFAULT);
        order("r-1");
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }

    @Test
    void refusesARequestAtOnceWhenThePeerIsKnownToBeDown() throws Exception {
        b.close();
        agree(true, TransactionTiming.DEFAULT);
        await().until(() -> a.count(Counted.LOGIN_FAILED) > 0);
        order("r-1");
        await().atMost(Duration.ofSeconds(2)).until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1"))
                .contains(new SspEvent.RequestFailed(B, new SspRequestId("r-1"), SspEvent.Cause.NO_SESSION));
    }

    @Test
    void refusesRequestsBeyondTheLimitAsOverload() throws Exception {
        a.server.addPeer(TestDomain.agreement(B, b.url(), false, Dialect.OMA_1_3)
                .withLimits(PeerLimits.DEFAULT.withOpenRequests(5)));
        script.logIn("1");
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1);
        List.of("1", "2", "3", "4", "5", "6").forEach(this::order);
        await().until(() -> a.outcome("6").isPresent());
        assertThat(a.outcome("6"))
                .contains(new SspEvent.RequestFailed(B, new SspRequestId("6"), SspEvent.Cause.OVERLOAD));
    }
}
