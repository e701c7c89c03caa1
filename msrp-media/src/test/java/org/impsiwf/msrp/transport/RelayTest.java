package org.impsiwf.msrp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.RelayAccess;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpEvent.MessageAccepted;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.ReportReceived;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.impsiwf.msrp.event.MsrpEvent.SessionPrepared;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two sessions of ours behind a relay (RFC 4976). */
class RelayTest {
    private final FakeRelay relay = new FakeRelay("open sesame");
    private final Node alice = Node.onLoopback();
    private final Node bob = Node.onLoopback();

    @AfterEach
    void close() {
        for (Node node : List.of(alice, bob)) {
            node.closeSession("s1");
            await().until(() ->
                    node.endpoint.snapshot().idle() && node.endpoint.snapshot().connections() == 0);
            node.close();
        }
        relay.close();
    }

    private void prepare(Node node, String password) {
        node.execute(new MsrpCommand.PrepareSession(
                new MsrpSessionId("s1"),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new RelayAccess(relay.uri(), "alice", password))));
    }

    private LocalEndpoint relayed(Node node) {
        prepare(node, "open sesame");
        return node.events.next(SessionPrepared.class).local();
    }

    @Test
    void messageAndItsReportPassTheRelaysOfBothEndsByteForByte() {
        LocalEndpoint ofAlice = relayed(alice);
        LocalEndpoint ofBob = relayed(bob);
        assertThat(ofAlice.path().split(" ")).hasSize(2);
        assertThat(relay.challenges).hasValue(2);
        bob.connect("s1", false, ofAlice);
        alice.connect("s1", true, ofBob);
        alice.awaitConnected("s1");
        bob.awaitConnected("s1");

        byte[] bytes = new byte[100_000];
        new Random(4976).nextBytes(bytes);
        alice.send("s1", "relayed", bytes, SuccessReport.YES, FailureReport.YES);
        MessageReceived received = bob.events.next(MessageReceived.class);
        assertThat(received.content().bytes()).isEqualTo(bytes);
        bob.answer(received, 200);
        bob.execute(new MsrpCommand.SendReport(new MsrpSessionId("s1"), "relayed", 200, Optional.empty()));
        alice.events.await(MessageAccepted.class, e -> e.messageId().equals("relayed"));
        alice.events.await(ReportReceived.class, e -> e.status() == 200);
    }

    @Test
    void farEndBehindARelayIsReachedThroughIt() {
        LocalEndpoint ofBob = relayed(bob);
        LocalEndpoint ofAlice = alice.prepare("s1", false);
        bob.connect("s1", false, ofAlice);
        alice.connect("s1", true, ofBob);
        alice.awaitConnected("s1");
        byte[] bytes = new byte[10_000];
        alice.send("s1", "relayed", bytes);
        MessageReceived received = bob.events.await(MessageReceived.class, e -> true);
        assertThat(received.content().bytes()).isEqualTo(bytes);
        bob.answer(received, 200);
        alice.events.await(MessageAccepted.class, e -> true);
    }

    @Test
    void wrongPasswordFailsTheSession() {
        prepare(alice, "wrong");
        MsrpEvent.SessionFailed failed = alice.events.next(SessionFailed.class);
        assertThat(failed.cause()).contains("401").doesNotContain("wrong");
        assertThat(alice.endpoint.snapshot().sessions()).isZero();
    }

    @Test
    void relayThatIsNotThereFailsTheSession() {
        relay.close();
        prepare(alice, "open sesame");
        assertThat(alice.events.next(SessionFailed.class).cause()).contains("cannot connect");
    }

    @Test
    void relayThatGoesAwayFailsTheSessionThatWasOnlyPrepared() {
        relayed(alice);
        relay.close();
        alice.events.next(SessionFailed.class);
    }
}
