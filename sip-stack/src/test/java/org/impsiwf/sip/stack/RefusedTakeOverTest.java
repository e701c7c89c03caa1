package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node is gone, and the stores refuse when the other one looks for what it had open. */
class RefusedTakeOverTest {

    private static final String[] LISTEN = {"udp:127.0.0.1:0"};
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8");

    private final SharedStores shared = new SharedStores();
    private final List<InviteUsageId> waiting = new ArrayList<>();
    private EdgeUnderTest a;
    private EdgeUnderTest b;
    private WirePeer atA;

    @BeforeEach
    void twoInvitesWaitForAnAnswerOfOneNode() {
        a = new EdgeUnderTest(shared.join("a"), LOOPBACK, LISTEN);
        b = new EdgeUnderTest(shared.join("b"), LOOPBACK, LISTEN);
        atA = WirePeer.udp(a.on(Transport.UDP));
        for (int i = 0; i < 2; i++) {
            atA.send(Requests.Caller.of(atA).invite(""));
            waiting.add(a.await(SipEvent.InviteReceived.class).usage());
        }
        Awaitility.await().until(() -> a.edge.snapshot().usages() == waiting.size());
    }

    @AfterEach
    void stop() {
        atA.close();
        a.close();
        b.close();
        shared.close();
    }

    private void kill() {
        a.edge.close();
        shared.kill("a");
    }

    private void awaitEndOfAll() {
        List<InviteUsageId> ended = new ArrayList<>();
        while (ended.size() < waiting.size()) {
            ended.add(b.await(SipEvent.InviteCancelled.class).usage());
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(waiting);
        Awaitility.await().until(() -> b.edge.snapshot().usages() == 0);
    }

    @Test
    void itIsLookedForUntilItIsSeen() {
        shared.refusedTo("b").next(5);
        kill();
        awaitEndOfAll();
    }

    @Test
    void whatCouldNotBeChangedIsTriedAgain() {
        shared.refusedTo("b").nextChanges(3);
        kill();
        awaitEndOfAll();
    }

    @Test
    void whatIsRefusedHoldsUpNothingElse() {
        InviteUsageId first = waiting.getFirst();
        shared.refusedTo("b").key(first.value());
        kill();
        assertThat(b.await(SipEvent.InviteCancelled.class).usage()).isEqualTo(waiting.getLast());

        shared.refusedTo("b").noKey();
        assertThat(b.await(SipEvent.InviteCancelled.class).usage()).isEqualTo(first);
    }
}
