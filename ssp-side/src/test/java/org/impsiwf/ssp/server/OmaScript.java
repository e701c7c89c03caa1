package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.session.DigestScheme;

/** The steps that a peer of the plain dialect takes, written by hand: {@code b.test} towards {@code a.test}. */
final class OmaScript {

    private static final String ROOT = "<WV-SSP-Message xmlns=\"http://www.openmobilealliance.org/DTD/WV-SSP1.3\">";

    private final TestDomain domain;
    private final ScriptedPeer peer;
    /** The session in which this peer is requestor. */
    String theirSession = "";
    /** What its LoginResponse carries. */
    String redirectTo = "";

    OmaScript(TestDomain domain, ScriptedPeer peer) {
        this.domain = domain;
        this.peer = peer;
    }

    static String setUp(String mode, String id, String primitive) {
        return ROOT + "<SetupTransaction mode=\"" + mode + "\" transactionID=\"" + id + "\">" + primitive
                + "</SetupTransaction></WV-SSP-Message>";
    }

    static String token(String id, String service, String token) {
        return setUp(
                "Request",
                id,
                "<SendSecretToken serviceID=\"" + service
                        + "\" protocol=\"WV-SSP\" protocolVersion=\"1.3\"><SecretToken>" + token
                        + "</SecretToken></SendSecretToken>");
    }

    static String loginRequest(String id, String service, String token, String password) {
        String proof = Base64.getEncoder()
                .encodeToString(DigestScheme.SHA
                        .proof(token, password, Dialect.DigestOrder.TOKEN_THEN_PASSWORD)
                        .bytes());
        return setUp(
                "Response",
                id,
                "<LoginRequest serviceID=\"" + service + "\" timeToLive=\"600\"><PasswordDigest encoding=\"base64\">"
                        + proof + "</PasswordDigest></LoginRequest>");
    }

    static String loginResponse(String id, String session) {
        return setUp(
                "Response",
                id,
                "<LoginResponse sessionID=\"" + session
                        + "\" timeToLive=\"600\"><Status code=\"200\"/></LoginResponse>");
    }

    String inSession(String session, String mode, String id, String primitive) {
        return ROOT + "<Session sessionID=\"" + session + "\"><Transaction mode=\"" + mode + "\" transactionID=\"" + id
                + "\">" + primitive + "</Transaction></Session></WV-SSP-Message>";
    }

    static String meta(String service, String user) {
        return "<MetaInfo clientOriginated=\"Yes\"><Requestor serviceID=\"" + service + "\"><User userID=\"" + user
                + "\"/></Requestor></MetaInfo>";
    }

    static String sendMessage(String service, String user, String message) {
        return "<SendMessageRequest deliveryReport=\"No\">" + meta(service, user) + "<MessageInfo messageID=\""
                + message
                + "\" contentType=\"text/plain\" contentSize=\"2\"><Recipient><User userID=\"wv:ann@a.test\"/></Recipient>"
                + "<Sender><User userID=\"" + user + "\"/></Sender></MessageInfo>"
                + "<ContentData contentType=\"text/plain\">hi</ContentData></SendMessageRequest>";
    }

    /** A request of this peer, in the session that was granted to it. */
    String ask(String id, String primitive) throws Exception {
        return post(inSession(theirSession, "Request", id, primitive));
    }

    String answer(String id, String primitive) throws Exception {
        return post(inSession("b-session@b.test", "Response", id, primitive));
    }

    String post(String body) throws Exception {
        return ScriptedPeer.post(domain.url(), body);
    }

    /** Steps 1 to 10 with this peer as initiator; afterwards it refuses to negotiate. */
    void logIn(String round) throws Exception {
        logInOnly(round);
        refuseNegotiation();
    }

    /** Steps 1 to 10 with this peer as initiator. */
    void logInOnly(String round) throws Exception {
        upToStep8(round);
        completePair(round);
    }

    /** Steps 1 to 8 with this peer as initiator; returns the id of the session in which it is requestor. */
    String upToStep8(String round) throws Exception {
        post(token("t-" + round, "wv:@b.test", "token-of-b-" + round));
        String token = peer.expect("SendSecretToken").body();
        String ours = ScriptedPeer.value(token, "transactionID");
        post(loginRequest(ours, "wv:@b.test", ScriptedPeer.text(token, "SecretToken"), "secret"));
        String step6 = peer.expect("LoginRequest").body();
        assertThat(step6).contains("transactionID=\"t-" + round + "\"");
        String step8 = peer.expect("LoginResponse").body();
        assertThat(step8).contains("transactionID=\"" + ours + "\"").contains("code=\"200\"");
        theirSession = ScriptedPeer.value(step8, "sessionID");
        return theirSession;
    }

    /** Steps 1 to 8 for another connection pair, to this host of ours; returns step 8. */
    String addPair(String round, String host) throws Exception {
        post(token("t-" + round, "wv:@b.test", "token-of-b-" + round));
        String token = peer.expect("SendSecretToken").body();
        String ours = ScriptedPeer.value(token, "transactionID");
        post(loginRequest(ours, "wv:@b.test", ScriptedPeer.text(token, "SecretToken"), "secret")
                .replace(
                        "<LoginRequest ",
                        "<LoginRequest sessionID=\"" + theirSession + "\" redirectHostID=\"" + host + "\" "));
        return peer.expect("<LoginResponse").body();
    }

    /** Step 10, with what {@link #redirectTo} says. */
    void completePair(String round) throws Exception {
        post(loginResponse("t-" + round, "b-session@b.test")
                .replace("<Status code=\"200\"/>", "<Status code=\"200\"/>" + redirectTo));
    }

    void refuseNegotiation() throws Exception {
        String question = peer.expect("GetAcceptedContentTypesRequest").body();
        answer(ScriptedPeer.value(question, "transactionID"), "<Status code=\"405\"/>");
    }
}
