package org.impsiwf.ssp.server;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One server of ours and a peer by bare sockets that can do everything wrong. */
abstract class OddPeer {

    static final ServiceId B = new ServiceId("wv:@b.test");
    static final TransactionTiming SHORT = new TransactionTiming(
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            1,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));

    TestDomain a;
    ScriptedPeer b;
    OmaScript script;

    @BeforeEach
    void start() throws Exception {
        a = new TestDomain("a.test");
        b = new ScriptedPeer();
        script = new OmaScript(a, b);
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
    }

    void agree(boolean connect, TransactionTiming timing) {
        a.server.addPeer(
                TestDomain.agreement(B, b.url(), connect, Dialect.OMA_1_3).withTiming(timing));
    }

    void loggedIn(TransactionTiming timing) throws Exception {
        agree(false, timing);
        script.logIn("1");
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1);
    }

    void order(String request) {
        a.server.execute(new SspCommand.SendRequest(
                new SspRequestId(request),
                B,
                TestDomain.message(a.id, "wv:ann@a.test", "wv:bob@b.test", "m-" + request)));
    }

    static String accepted(String message) {
        return "<SendMessageResponse messageID=\"" + message + "\"><Status code=\"200\"/></SendMessageResponse>";
    }
}
