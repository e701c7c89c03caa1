package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.SuccessReport;
import org.junit.jupiter.api.Test;

/** After a storm nothing is left: no session, no message, no buffer. */
class LeaksTest {
    private static final int SESSIONS = 30;

    @Test
    void nothingIsLeftAfterAStorm() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        Queue<String> leaks = new ConcurrentLinkedQueue<>();
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + " " + records));
        try (Node alice = Node.onLoopback();
                Node bob = Node.onLoopback()) {
            storm(alice, bob);
            for (Node node : List.of(alice, bob)) {
                await().untilAsserted(() -> {
                    MsrpSnapshot left = node.endpoint.snapshot();
                    assertThat(left).isEqualTo(new MsrpSnapshot(0, 0, 0, 0, 0, 0, 0));
                });
            }
            // The detector tells of buffers that were collected when the next ones are made.
            for (int i = 0; i < 20; i++) {
                System.gc();
                PooledByteBufAllocator.DEFAULT.directBuffer(64).release();
            }
        } finally {
            ByteBufUtil.setLeakListener(null);
        }
        assertThat(leaks).isEmpty();
    }

    private static void storm(Node alice, Node bob) {
        Random random = new Random(11);
        for (int i = 0; i < SESSIONS; i++) {
            boolean secure = i % 5 == 0;
            LocalEndpoint ofAlice = alice.prepare("s" + i, secure);
            LocalEndpoint ofBob = bob.prepare("s" + i, secure);
            bob.connect("s" + i, false, ofAlice);
            alice.connect("s" + i, true, ofBob);
        }
        for (int i = 0; i < SESSIONS; i++) {
            for (int m = 0; m < 10; m++) {
                FailureReport failure = List.of(FailureReport.YES, FailureReport.PARTIAL, FailureReport.NO)
                        .get(random.nextInt(3));
                byte[] bytes = new byte[random.nextInt(4) == 0 ? 200_000 : 200];
                alice.send("s" + i, "m-" + i + "-" + m, bytes, SuccessReport.NO, failure);
            }
        }
        // Hostile octets, and far ends that go in the middle of a frame.
        for (int i = 0; i < 20; i++) {
            try (RawPeer hostile = RawPeer.to(bob)) {
                byte[] octets = ("MSRP host" + i
                                + " SEND\r\nTo-Path: msrp://x:1/y;tcp\r\nFrom-Path: msrp://z:1/y;tcp\r\n"
                                + "Message-ID: m-123\r\nContent-Type: a/b\r\n\r\n" + "x".repeat(40_000))
                        .getBytes(UTF_8);
                hostile.sendOctets(octets);
                if (i % 2 == 0) {
                    hostile.sendOctets(("\r\n-------host" + i + "$\r\nnonsense\r\n").getBytes(UTF_8));
                }
            }
        }
        int answered = 0;
        while (answered < SESSIONS * 5) {
            MsrpEvent event = bob.events.poll(Events.LONG_ENOUGH);
            assertThat(event).isNotNull();
            if (event instanceof MessageReceived received) {
                bob.answer(received, random.nextInt(3) == 0 ? 403 : 200);
                answered++;
            }
        }
        // The rest is cut off in the middle.
        for (int i = 0; i < SESSIONS; i++) {
            (i % 2 == 0 ? alice : bob).closeSession("s" + i);
        }
        for (int i = 0; i < SESSIONS; i++) {
            (i % 2 == 0 ? bob : alice).closeSession("s" + i);
        }
        for (MsrpEvent left : bob.events.drain()) {
            if (left instanceof MessageReceived received) {
                bob.answer(received, 200);
            }
        }
    }
}
