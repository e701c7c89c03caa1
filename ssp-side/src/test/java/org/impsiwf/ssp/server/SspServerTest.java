package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers over real loopback sockets. */
class SspServerTest {

    private TestDomain a;
    private TestDomain b;

    @BeforeEach
    void listen() throws Exception {
        a = new TestDomain("a.test");
        b = new TestDomain("b.test");
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    private void agree(boolean aConnects, boolean bConnects) {
        a.server.addPeer(a.agreement(b, aConnects));
        b.server.addPeer(b.agreement(a, bConnects));
    }

    private void bothUp() {
        await().until(() -> a.up() && b.up());
    }

    @Test
    void logsInAsInitiatorAndAsSecondary() {
        agree(true, false);
        bothUp();
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1
                && b.told(SspEvent.PeerUp.class).size() == 1);
    }

    @Test
    void logsInWhenBothStartAtOnce_D35() {
        agree(true, true);
        bothUp();
    }

    @Test
    void carriesAThousandInterleavedRequestsBothWays() {
        agree(true, false);
        bothUp();
        for (int i = 0; i < 1000; i++) {
            a.send(b, "a-" + i);
            b.send(a, "b-" + i);
        }
        await().until(() -> a.told(SspEvent.ResponseReceived.class).size() == 1000
                && b.told(SspEvent.ResponseReceived.class).size() == 1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(a.outcome("a-" + i)).map(SspServerTest::acceptedMessage).contains("a-" + i);
            assertThat(b.outcome("b-" + i)).map(SspServerTest::acceptedMessage).contains("b-" + i);
        }
        assertThat(a.count(Counted.MESSAGE_SENT)).as("batched").isLessThan(1000);
        assertThat(a.peer().openRequests() + b.peer().openTransactions()).isZero();
    }

    private static String acceptedMessage(SspEvent event) {
        return event instanceof SspEvent.ResponseReceived r
                        && r.response() instanceof ImPrimitive.SendMessageResponse response
                ? response.messageId().orElseThrow().value()
                : event.toString();
    }
}
