package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a peer answers to us, or does not: every request of ours has one truthful outcome. */
class OddAnswersTest extends OddPeer {

    @Test
    @Tag("SSP-116")
    @Tag("SSP-120")
    @Tag("SSP-122")
    @Tag("SSP-123")
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
    @Tag("SSP-110")
    @Tag("SSP-119")
    @Tag("SSP-129")
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
    void countsWhatThePeerRefuses() throws Exception {
        loggedIn(TransactionTiming.DEFAULT);
        int before = a.count(Counted.REQUEST_REFUSED); // the scripted peer takes no other questions
        order("r-1");
        script.answer(ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID"), accepted("m-r-1"));
        await().until(() -> a.outcome("r-1").isPresent());
        assertThat(a.count(Counted.REQUEST_REFUSED)).isEqualTo(before);

        order("r-2");
        script.answer(
                ScriptedPeer.value(b.expect("SendMessageRequest").body(), "transactionID"), "<Status code=\"427\"/>");
        await().until(() -> a.outcome("r-2").isPresent());
        assertThat(a.count(Counted.REQUEST_REFUSED)).isEqualTo(before + 1);
    }

    @Test
    @Tag("SSP-042")
    @Tag("SSP-121")
    @Tag("SSP-135")
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
    @Tag("SSP-427")
    @Tag("SSP-429")
    @Tag("SSP-431")
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
    @Tag("SSP-434")
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
