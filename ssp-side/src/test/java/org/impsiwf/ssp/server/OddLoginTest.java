package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 9.1.1 with a peer that follows the steps, or does not. */
class OddLoginTest extends OddPeer {

    @Test
    @Tag("SSP-071")
    @Tag("SSP-141")
    @Tag("SSP-145")
    @Tag("SSP-150")
    @Tag("SSP-152")
    @Tag("SSP-187")
    @Tag("IMPS-SSP-SAP-S-009")
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
    @Tag("SSP-146")
    @Tag("SSP-148")
    @Tag("SSP-152")
    void takesTheStepsInTheirOrderAsSecondary() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        script.post(OmaScript.token("t", "wv:@b.test", "token-of-b"));
        String token = b.expect("SendSecretToken").body();
        String ours = ScriptedPeer.value(token, "transactionID");
        script.post(OmaScript.loginRequest(ours, "wv:@b.test", ScriptedPeer.text(token, "SecretToken"), "secret"));
        String step6 = b.expect("LoginRequest").body();
        byte[] digest = MessageDigest.getInstance("SHA-1").digest("token-of-bsecret".getBytes(StandardCharsets.UTF_8));
        assertThat(step6)
                .contains("transactionID=\"t\"")
                .contains("serviceID=\"wv:@a.test\"")
                .contains(Base64.getEncoder().encodeToString(digest));
        // What comes to the peer's own port comes over connection 2.
        String step8 = b.expect("LoginResponse").body();
        assertThat(step8).contains("transactionID=\"" + ours + "\"").contains("code=\"200\"");
        assertThat(ScriptedPeer.value(step8, "sessionID")).endsWith("@a.test");
        assertThat(a.up()).as("before step 10").isFalse();
        script.post(OmaScript.loginResponse("t", "b-session@b.test"));
        await().until(a::up);
    }

    /** Step 10 and what follows it may come over two connections, and be read by two threads. */
    @Test
    void theSessionIsKnownAsSoonAsThePeerHasItsId() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        script.upToStep8("1");
        assertThat(script.ask("early", "<KeepAliveRequest/>")).contains("200");
        assertThat(b.expect("transactionID=\"early\"").body())
                .as("before step 10")
                .contains("code=\"620\"");
        script.completePair("1");
        await().until(a::up);
        assertThat(script.ask("in-time", "<KeepAliveRequest/>")).contains("200");
        assertThat(b.expect("<KeepAliveResponse").body()).contains("transactionID=\"in-time\"");
    }

    @Test
    @Tag("SSP-149")
    @Tag("status:608")
    void asInitiatorItGoesNoFurtherWithAPeerThatDoesNotProveItself() throws Exception {
        agree(true, TransactionTiming.DEFAULT);
        String token = b.expect("SendSecretToken").body();
        String ours = ScriptedPeer.value(token, "transactionID");
        script.post(OmaScript.token("b-1", "wv:@b.test", "token-of-b"));
        b.expect("LoginRequest");
        script.post(OmaScript.loginRequest(ours, "wv:@b.test", ScriptedPeer.text(token, "SecretToken"), "wrong"));
        assertThat(b.expect("LoginResponse").body()).contains("code=\"608\"").doesNotContain("sessionID");
        script.post(OmaScript.loginResponse("b-1", "b-session@b.test"));
        await().until(() -> a.count(Counted.LOGIN_FAILED) > 0);
        assertThat(a.count(Counted.SESSION_OPENED)).isZero();
        assertThat(a.told(SspEvent.PeerUp.class)).isEmpty();
    }

    @Test
    @Tag("SSP-097")
    @Tag("SSP-147")
    @Tag("SSP-188")
    @Tag("status:608")
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
    @Tag("SSP-151")
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
    @Tag("SSP-057")
    @Tag("SSP-097")
    @Tag("SSP-142")
    @Tag("SSP-144")
    void hangsUpOnAnUnknownServiceIdWithoutAWord_SSP142() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        assertThat(script.post(OmaScript.token("t", "wv:@nobody.test", "x"))).isEqualTo("closed");
        assertThat(script.post(OmaScript.token("t", "wv:bob@b.test", "x")))
                .as("a user is no server")
                .isEqualTo("closed");
        assertThat(script.post(OmaScript.loginResponse("never-begun", "x@b.test")))
                .isEqualTo("closed");
        assertThat(b.waiting()).isZero();
    }

    @Test
    @Tag("SSP-034")
    @Tag("SSP-184")
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
    @Tag("SSP-073")
    void aPeerIsFoundAtAnotherHostOnlyAfterTheSessionAtTheFirstHasEnded() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        try (ScriptedPeer elsewhere = new ScriptedPeer()) {
            AtomicInteger spokenElsewhere = new AtomicInteger(-1);
            b.httpAnswer = received -> {
                if (received.body().contains("LogoutRequest")) {
                    spokenElsewhere.set(elsewhere.waiting());
                }
                return ScriptedPeer.OK;
            };
            a.server.replacePeer(TestDomain.agreement(B, elsewhere.url(), true, Dialect.OMA_1_3));
            assertThat(b.expect("LogoutRequest").body()).contains("sessionID=\"b-session@b.test\"");
            elsewhere.expect("SendSecretToken");
            assertThat(spokenElsewhere).hasValue(0);
            assertThat(a.told(SspEvent.PeerDown.class)).hasSize(1);
        }
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

    @Test
    @Tag("SSP-157")
    @Tag("status:607")
    void refusesARedirectPair_607() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.post(OmaScript.setUp(
                "Response",
                "redirect",
                "<LoginRequest serviceID=\"wv:@b.test\" sessionID=\"" + script.theirSession
                        + "\" redirectHostID=\"host2\"><PasswordDigest encoding=\"base64\">AAAA</PasswordDigest>"
                        + "</LoginRequest>"));
        assertThat(b.expect("LoginResponse").body())
                .contains("transactionID=\"redirect\"")
                .contains("code=\"607\"");
        assertThat(a.up()).isTrue();
    }

    @Test
    @Tag("SSP-438")
    @Tag("status:505")
    void hangsUpOnAVersionThatWeDoNotSpeakAndNamesOursToALoginThatGoesOn_D01() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        assertThat(script.post(OmaScript.token("t", "wv:@b.test", "x").replace("1.3\"><Secret", "2.0\"><Secret")))
                .isEqualTo("closed");
        script.post(OmaScript.loginRequest("t", "wv:@b.test", "a guess", "secret"));
        assertThat(b.expect("LoginResponse").body())
                .contains("transactionID=\"t\"")
                .contains("code=\"505\"")
                .containsPattern("<StatusDescription>[^<]*1\\.3")
                .doesNotContain("sessionID");
        script.logIn("1");
        await().until(a::up);
    }

    @Test
    void holdsOutAFloodOfTokensInThePeersName() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        for (int i = 0; i < 500; i++) {
            script.post(OmaScript.token("forged-" + i, "wv:@b.test", "x-" + i));
        }
        order("r-1");
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        script.answer(id, accepted("m-r-1"));
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
    }
}
