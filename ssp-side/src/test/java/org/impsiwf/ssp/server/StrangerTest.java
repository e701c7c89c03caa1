package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever can reach our port can post in a peer's name. None of it may end the session of the peer itself. */
class StrangerTest extends OddPeer {

    private static final String FOREIGN_HOST = "127.0.0.2";

    private void stillTalks(String request) throws Exception {
        order(request);
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        script.answer(id, accepted("m-" + request));
        await().until(() -> a.outcome(request).isPresent());
        assertThat(a.outcome(request)).containsInstanceOf(SspEvent.ResponseReceived.class);
        assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
    }

    /** SSP 9.1.1 step 4: a peer closes the connection on a token that it did not ask for. */
    @Test
    void aForgedTokenDoesNotEndTheSessionOfAPeerThatHangsUpOnOurAnswer() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        b.httpAnswer = received -> received.body().contains("SendSecretToken") ? ScriptedPeer.HANG_UP : ScriptedPeer.OK;
        script.post(OmaScript.token("forged", "wv:@b.test", "x"));
        b.expect("SendSecretToken");
        await().until(() -> a.count(Counted.LOGIN_FAILED) == 1);
        stillTalks("r-1");
    }

    @Test
    void aForgedTokenDoesNotEndTheSessionOfAPeerThatRefusesOurAnswerWith400() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        b.httpAnswer = received -> received.body().contains("SendSecretToken")
                ? ScriptedPeer.OK.replace("200 OK", "400 Bad Request")
                : ScriptedPeer.OK;
        script.post(OmaScript.token("forged", "wv:@b.test", "x"));
        await().until(() -> a.count(Counted.LOGIN_FAILED) == 1);
        stillTalks("r-1");
    }

    @Test
    void aForgedLoginDoesNotEndTheSessionOfAPeerThatHangsUpOnThe608() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        b.httpAnswer = received -> received.body().contains("code=\"608\"") ? ScriptedPeer.HANG_UP : ScriptedPeer.OK;
        script.post(OmaScript.token("forged", "wv:@b.test", "x"));
        b.expect("SendSecretToken");
        script.post(OmaScript.loginRequest("forged", "wv:@b.test", "a guess", "wrong"));
        b.expect("code=\"608\"");
        stillTalks("r-1");
    }

    @Test
    @Tag("SSP-143")
    void theCallbackGoesToTheRegisteredAddressAndNotToWhereTheTokenCameFrom() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        try (ServerSocket source = new ServerSocket(b.port(), 1, InetAddress.getByName(FOREIGN_HOST))) {
            ScriptedPeer.sendFrom(
                    FOREIGN_HOST, a.url(), ScriptedPeer.asPost(OmaScript.token("t", "wv:@b.test", "token-of-b")));
            assertThat(b.expect("SendSecretToken").body())
                    .as("connection 2 carries our Service-ID and our own token")
                    .contains("serviceID=\"wv:@a.test\"")
                    .contains("<SecretToken>")
                    .doesNotContain("token-of-b");
            source.setSoTimeout(1);
            assertThatThrownBy(source::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @Tag("SSP-139")
    void whatIsAllowedOutsideASessionIsNeverAskedForOne() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        script.post(OmaScript.token("t", "wv:@b.test", "token-of-b"));
        String token = b.expect("WV-SSP-Message").body();
        assertThat(token).as("step 3").contains("SendSecretToken").doesNotContain("620");
        script.post(OmaScript.loginRequest(
                ScriptedPeer.value(token, "transactionID"),
                "wv:@b.test",
                ScriptedPeer.text(token, "SecretToken"),
                "secret"));
        assertThat(b.expect("WV-SSP-Message").body()).as("step 6").contains("LoginRequest");
        assertThat(b.expect("WV-SSP-Message").body())
                .as("step 8")
                .contains("LoginResponse")
                .contains("code=\"200\"");
        script.post(OmaScript.loginRequest("of no login", "wv:@b.test", "a guess", "secret"));
        assertThat(b.has("620")).isFalse();
    }

    /** The id that a peer gave its own session may be a running number. */
    @Test
    void aGuessOfThePeersOwnSessionIdFromAForeignHostEndsNothing() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        for (String guess : new String[] {"<LogoutRequest/>", "<Disconnect/>", "<NoSuchPrimitive/>"}) {
            String forged = script.inSession("b-session@b.test", "Request", "forged", guess);
            for (int i = 0; i < 150; i++) {
                ScriptedPeer.sendFrom(FOREIGN_HOST, a.url(), ScriptedPeer.asPost(forged));
            }
        }
        await().until(() -> a.count(Counted.SESSION_UNKNOWN) == 450);
        assertThat(b.has("forged")).as("the peer hears nothing of it").isFalse();
        stillTalks("r-1");
    }

    @Test
    void thePeerItselfMayUseEitherIdOfThePair() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.post(script.inSession(
                "b-session@b.test", "Request", "own", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1")));
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"own\"");
    }
}
