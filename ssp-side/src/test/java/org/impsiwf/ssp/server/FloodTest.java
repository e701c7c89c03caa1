package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One peer asks more than we can do; another one does not notice. */
class FloodTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
    private TestDomain a;
    private TestDomain c;
    private ScriptedPeer b;
    private OmaScript script;
    private final List<String> answers = new ArrayList<>();

    private void start(PeerLimits limits) throws Exception {
        a = new TestDomain("a.test", UnaryOperator.identity(), now::get);
        b = new ScriptedPeer();
        c = new TestDomain("c.test");
        script = new OmaScript(a, b);
        a.server.addPeer(
                TestDomain.agreement(OddPeer.B, b.url(), false, Dialect.OMA_1_3).withLimits(limits));
        script.logIn("1");
        a.server.addPeer(a.agreement(c, false));
        c.server.addPeer(c.agreement(a, true));
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 2 && c.up());
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
        c.close();
    }

    private void flood(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            script.ask("f-" + i, OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-" + i));
        }
    }

    /** The next answer to it; several may have come in one message. */
    private String answerTo(int i) throws Exception {
        String id = "transactionID=\"f-" + i + "\"";
        while (true) {
            for (String transaction : answers) {
                if (transaction.contains(id)) {
                    answers.remove(transaction);
                    return transaction;
                }
            }
            String message = b.expect("<Transaction ").body();
            answers.addAll(List.of(message.split("(?=<Transaction )")));
        }
    }

    private void theOtherPeerIsServed() {
        c.send(a, "from-c");
        await().until(() -> c.outcome("from-c").isPresent());
        assertThat(c.outcome("from-c")).containsInstanceOf(SspEvent.ResponseReceived.class);
    }

    private Optional<Primitive> onlyToC(Primitive request) {
        return PrimitiveFacts.of(request)
                .metaInformation(request)
                .filter(meta -> meta.serviceId().equals(c.id))
                .flatMap(meta -> TestDomain.accept(request));
    }

    @Test
    @Tag("status:104")
    @Tag("status:503")
    @Tag("SSP-430")
    void saysServerQueuedBeforeThereIsNoRoomAnd503After() throws Exception {
        start(PeerLimits.DEFAULT.withOpenTransactions(8));
        a.answers = this::onlyToC;
        flood(0, 12);
        for (int i : new int[] {6, 7}) {
            assertThat(answerTo(i)).contains("<Status code=\"104\"");
        }
        for (int i = 8; i < 12; i++) {
            assertThat(answerTo(i)).contains("<Status code=\"503\"").contains("TryAgainTimeout");
        }
        theOtherPeerIsServed();
        assertThat(a.told(SspEvent.RequestReceived.class).stream()
                        .filter(r -> r.peer().equals(OddPeer.B)))
                .hasSize(8);
        for (SspEvent.RequestReceived request : a.told(SspEvent.RequestReceived.class)) {
            if (request.peer().equals(OddPeer.B)) {
                a.server.execute(new SspCommand.Answer(request.transaction(), Status.of(200)));
            }
        }
        assertThat(answerTo(7)).as("the final answer after 104").contains("code=\"200\"");
        a.answers = TestDomain::accept;
        flood(12, 13);
        assertThat(answerTo(12)).contains("SendMessageResponse");
        assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
    }

    @Test
    @Tag("status:503")
    void refusesWhatComesFasterThanThePeerMay() throws Exception {
        start(PeerLimits.DEFAULT.withRate(5));
        flood(0, 7);
        for (int i = 0; i < 5; i++) {
            assertThat(answerTo(i)).contains("SendMessageResponse");
        }
        assertThat(answerTo(5)).contains("<Status code=\"503\"");
        assertThat(answerTo(6)).contains("<Status code=\"503\"");
        assertThat(a.count(Counted.TRANSACTION_OVERLOAD)).isEqualTo(2);
        theOtherPeerIsServed();
        flood(0, 1);
        assertThat(answerTo(0)).as("a repeat is answered as before").contains("SendMessageResponse");
        now.set(now.get().plusSeconds(1));
        flood(7, 8);
        assertThat(answerTo(7)).contains("SendMessageResponse");
        assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
    }
}
