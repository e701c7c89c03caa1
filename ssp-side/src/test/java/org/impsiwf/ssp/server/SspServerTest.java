package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
    @Tag("SSP-035")
    @Tag("SSP-043")
    @Tag("SSP-076")
    @Tag("SSP-154")
    @Tag("SSP-185")
    @Tag("tx:Login")
    @Tag("IMPS-SSP-SESSION-S-001")
    @Tag("IMPS-SSP-SAP-S-010")
    void logsInAsInitiatorAndAsSecondary() {
        agree(true, false);
        bothUp();
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1
                && b.told(SspEvent.PeerUp.class).size() == 1);
        assertThat(a.peer().outgoingConnections()).as("connection 1").isEqualTo(1);
        assertThat(b.peer().outgoingConnections()).as("connection 2").isEqualTo(1);
    }

    @Test
    @Tag("SSP-185")
    void logsInWhenBothStartAtOnce_D35() {
        agree(true, true);
        bothUp();
    }

    @Test
    @Tag("SSP-006")
    @Tag("SSP-045")
    @Tag("SSP-111")
    @Tag("IMPS-SSP-TRANS-S-002")
    @Tag("IMPS-SSP-TRANS-S-004")
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

    @Test
    @Tag("SSP-084")
    void tellsWhichContentTypesThePeerTakes_SSP10_8_4() throws Exception {
        try (var c = new TestDomain(
                "c.test", settings -> settings.accepting(List.of("text/plain", "image/png")), InstantSource.system())) {
            a.server.addPeer(a.agreement(c, true));
            c.server.addPeer(c.agreement(a, false));
            await().until(() -> a.told(SspEvent.PeerUp.class).size() == 2
                    && !c.told(SspEvent.PeerUp.class).isEmpty());
            assertThat(a.told(SspEvent.PeerUp.class).getLast().acceptedContentTypes())
                    .containsExactly("text/plain", "image/png");
            assertThat(c.told(SspEvent.PeerUp.class).getFirst().acceptedContentTypes())
                    .as("a takes anything")
                    .isEmpty();
        }
    }

    @Test
    void namesThePortThatIsTaken() {
        assertThatThrownBy(() ->
                        new TestDomain("c.test", "127.0.0.1", a.port(), settings -> settings, InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(a.port()));
    }

    private static String acceptedMessage(SspEvent event) {
        return event instanceof SspEvent.ResponseReceived r
                        && r.response() instanceof ImPrimitive.SendMessageResponse response
                ? response.messageId().orElseThrow().value()
                : event.toString();
    }
}
