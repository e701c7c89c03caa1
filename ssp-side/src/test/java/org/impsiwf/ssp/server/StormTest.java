package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.impsiwf.ssp.event.SspEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** After a storm of good and bad traffic nothing is left: no transaction, no buffer, no stored pair, no connection. */
class StormTest {

    private static final int REQUESTS = 3000;

    @Test
    @Tag("SSP-005")
    @Tag("SSP-006")
    void leavesNothingBehind() throws Exception {
        var leaks = new ListAppender<ILoggingEvent>();
        leaks.start();
        Logger detector = (Logger) LoggerFactory.getLogger("io.netty.util.ResourceLeakDetector");
        detector.addAppender(leaks);
        try (var a = new TestDomain("a.test");
                var b = new TestDomain("b.test")) {
            a.server.addPeer(a.agreement(b, true));
            b.server.addPeer(b.agreement(a, false));
            await().until(() -> a.up() && b.up());
            Random random = new Random(7);
            for (int i = 0; i < REQUESTS; i++) {
                a.send(b, "r-" + i);
                if (i % 30 == 0) {
                    rubbish(b, random);
                }
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> a.told(SspEvent.ResponseReceived.class).size() == REQUESTS);
            assertThat(a.peer().openRequests()).isZero();
            assertThat(b.peer().openTransactions()).isZero();
            assertThat(a.told(SspEvent.PeerDown.class)).as("others unaffected").isEmpty();
            assertThat(a.storedPairs()).isEqualTo(1);
            assertThat(a.server.drain(Duration.ofSeconds(5))).isTrue();
            assertThat(a.storedPairs()).isZero();
            await().until(() -> a.peer().outgoingConnections() == 0 && b.peer().incomingConnections() == 0);
        }
        // The detector reports what was collected unreleased when the next buffer is allocated.
        System.gc();
        for (int i = 0; i < 100; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(16).release();
        }
        detector.detachAppender(leaks);
        assertThat(leaks.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(m -> m.contains("LEAK"));
    }

    /** What no server should send, cut off anywhere. */
    private static void rubbish(TestDomain at, Random random) throws Exception {
        String post =
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/vnd.wv.ssp+xml\r\nContent-Length: 30\r\n\r\n"
                        + "<WV-SSP-Message><Session/>....";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.port())) {
            byte[] bytes = post.getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            socket.getOutputStream().write(bytes, 0, 1 + random.nextInt(bytes.length));
        }
    }
}
