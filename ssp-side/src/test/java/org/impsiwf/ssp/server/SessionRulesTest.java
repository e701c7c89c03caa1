package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of SSP 6 to 9 that one sees only on the wire. */
class SessionRulesTest extends OddPeer {

    private static final String MESSAGE = OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1");

    @Test
    @Tag("SSP-032")
    @Tag("SSP-151")
    void everyLoginHasAnotherSessionIdAndAnotherToken() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        Set<String> sessions = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            script.logIn("round-" + i);
            sessions.add(script.theirSession);
        }
        assertThat(sessions).hasSize(20).allMatch(id -> id.endsWith("@a.test"));
    }

    @Test
    @Tag("SSP-079")
    @Tag("SSP-096")
    @Tag("SSP-153")
    void nothingIsServedBetweenSteps8And10() throws Exception {
        agree(false, TransactionTiming.DEFAULT);
        script.post(OmaScript.token("t-2", "wv:@b.test", "token-of-b-2"));
        String token = b.expect("SendSecretToken").body();
        script.post(OmaScript.loginRequest(
                ScriptedPeer.value(token, "transactionID"),
                "wv:@b.test",
                ScriptedPeer.text(token, "SecretToken"),
                "secret"));
        String session = ScriptedPeer.value(b.expect("code=\"200\"").body(), "sessionID");
        script.post(script.inSession(session, "Request", "early", MESSAGE));
        assertThat(b.expect("transactionID=\"early\"").body()).contains("code=\"620\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).isEmpty();
        script.post(OmaScript.loginResponse("t-2", "b-session@b.test"));
        await().until(a::up);
        script.post(script.inSession(session, "Request", "now", MESSAGE));
        assertThat(b.expect("SendMessageResponse").body()).contains("transactionID=\"now\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " sessionID=\"[^\"]*\"",
                " transactionID=\"[^\"]*\"",
                "<Transaction.*</Transaction>",
                "</Session>"
            })
    @Tag("SSP-037")
    @Tag("SSP-040")
    @Tag("SSP-126")
    void aMessageThatLacksAPartIsRefusedAndTheSessionGoesOn(String part) throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        String whole = script.inSession(script.theirSession, "Request", "whole", MESSAGE);
        script.post(whole.replaceFirst(part, ""));
        assertThat(a.told(SspEvent.RequestReceived.class)).isEmpty();
        script.post(whole);
        assertThat(b.expect("transactionID=\"whole\"").body()).contains("SendMessageResponse");
    }

    @Test
    @Tag("SSP-102")
    @Tag("SSP-130")
    @Tag("status:400")
    void aRequestWithoutMetaInformationIsABadRequest() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("bare", MESSAGE.replaceFirst("<MetaInfo.*</MetaInfo>", ""));
        assertThat(b.expect("transactionID=\"bare\"").body()).contains("code=\"400\"");
    }

    @Test
    @Tag("SSP-041")
    @Tag("status:400")
    void aRequestWithTwoFunctionalPrimitivesIsABadRequest() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("two", MESSAGE + MESSAGE.replace("m-1", "m-2"));
        assertThat(b.expect("transactionID=\"two\"").body()).contains("code=\"400\"");
        script.ask("one", MESSAGE + "<Extension xmlns=\"urn:x-b\"/>");
        assertThat(b.expect("transactionID=\"one\"").body()).contains("SendMessageResponse");
        assertThat(a.told(SspEvent.RequestReceived.class)).hasSize(1);
    }

    @Test
    @Tag("SSP-001")
    @Tag("SSP-039")
    @Tag("status:620")
    void everyTransactionOfASessionNamesItAndOneThatNamesAnotherIsNotOfIt() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        order("r-1");
        assertThat(b.expect("SendMessageRequest").body())
                .as("ours, in the session that the peer provides")
                .contains("sessionID=\"b-session@b.test\"");
        script.ask("q-1", MESSAGE);
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("sessionID=\"" + script.theirSession + "\"");
        script.ask("k-1", "<KeepAliveRequest timeToLive=\"300\"/>");
        assertThat(b.expect("transactionID=\"k-1\"").body()).contains("sessionID=\"" + script.theirSession + "\"");
        script.post(script.inSession("another@b.test", "Request", "q-2", MESSAGE));
        assertThat(b.expect("transactionID=\"q-2\"").body()).contains("code=\"620\"");
        assertThat(a.told(SspEvent.RequestReceived.class)).hasSize(1);
    }

    @Test
    @Tag("SSP-111")
    @Tag("SSP-038")
    void answersInAnotherOrderFindTheirRequests() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        for (String request : new String[] {"r-1", "r-2", "r-3"}) {
            order(request);
            await().until(() -> b.has("m-" + request));
        }
        for (String request : new String[] {"r-3", "r-2", "r-1"}) {
            script.answer(request, accepted("m-" + request));
            await().until(() -> a.outcome(request).isPresent());
        }
        assertThat(a.told(SspEvent.ResponseReceived.class)).hasSize(3);
    }

    @Test
    @Tag("SSP-112")
    @Tag("SSP-113")
    @Tag("status:500")
    void aFailureOfOurOwnIsA500AndTheSessionGoesOn() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        a.answers = request -> {
            throw new IllegalStateException("as a mistake of ours would");
        };
        script.ask("q-1", MESSAGE);
        assertThat(b.expect("transactionID=\"q-1\"").body()).contains("<Status code=\"500\"");
        a.answers = TestDomain::accept;
        script.ask("q-2", MESSAGE);
        assertThat(b.expect("transactionID=\"q-2\"").body()).contains("SendMessageResponse");
    }

    @Test
    @Tag("SSP-129")
    @Tag("SSP-428")
    void anAnswerOrA1xxToNothingIsCountedAndIgnored() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.answer("never-asked", accepted("m"));
        script.answer("never-asked", "<Status code=\"102\"/>");
        await().until(() -> a.count(Counted.ANSWER_UNEXPECTED) == 2);
        assertThat(a.up()).isTrue();
        assertThat(a.told(SspEvent.ResponseReceived.class)).isEmpty();
    }

    @Test
    @Tag("SSP-119")
    void anAnswerAfterTheLastAttemptIsTooLate() throws Exception {
        loggedIn(SHORT);
        order("r-1");
        String id = ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID");
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.outcome("r-1")).containsInstanceOf(SspEvent.RequestFailed.class);
        script.answer(id, accepted("m-r-1"));
        assertThat(a.told(SspEvent.ResponseReceived.class)).isEmpty();
    }

    @Test
    @Tag("SSP-437")
    void aClientErrorIsExplainedAndSaidToBeTemporaryOrPermanent() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        for (StatusCode code : StatusCode.values()) {
            if (code.code() / 100 == 4) {
                a.answers = request -> Optional.of(Status.of(code));
                script.ask("q-" + code, MESSAGE);
                assertThat(b.expect("transactionID=\"q-" + code + "\"").body())
                        .contains("code=\"" + code.code() + "\"")
                        .containsPattern("<StatusDescription>[^<]+\\((temporary|permanent)\\)</StatusDescription>");
            }
        }
    }

    @Test
    @Tag("SSP-106")
    @Tag("SSP-107")
    void transactionsOfOursHaveIdsOfOurs() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            ids.add(WireIds.fresh("x").value());
        }
        assertThat(ids).hasSize(10);
        order("r-1");
        assertThat(b.expect("SendMessageRequest").body()).contains("transactionID=\"r-1\"");
    }

    @Test
    @Tag("SSP-114")
    @Tag("SSP-115")
    @Tag("IMPS-SSP-SAP-S-008")
    void successComesInTheOwnPrimitiveAndAnythingElseAsStatus() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        script.ask("good", MESSAGE);
        assertThat(b.expect("transactionID=\"good\"").body()).contains("<SendMessageResponse");
        script.ask("bad", MESSAGE.replace("contentSize=\"2\"", "contentSize=\"two\""));
        assertThat(b.expect("transactionID=\"bad\"").body())
                .contains("<Status code=\"402\"")
                .doesNotContain("SendMessageResponse");
    }
}
