package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import java.net.DatagramPacket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Under more load than it can bear the gateway works on what its senders still wait for. */
class WaitingDatagramsTest {

    private final AtomicLong now = new AtomicLong(10_000);
    private final AtomicInteger passedOver = new AtomicInteger();
    private final WaitingDatagrams waiting =
            new WaitingDatagrams(3, Duration.ofSeconds(1), now::get, passedOver::incrementAndGet);

    private DatagramQueuedMessageDispatch received(int bytes) {
        return new DatagramQueuedMessageDispatch(new DatagramPacket(new byte[bytes], bytes), now.get());
    }

    @Test
    void whatHasWaitedForTooLongIsPassedOverAndCounted() throws InterruptedException {
        waiting.add(received(100));
        waiting.add(received(100));
        now.addAndGet(1_001);
        var fresh = received(100);
        waiting.add(fresh);
        assertThat(waiting.take()).isSameAs(fresh);
        assertThat(passedOver).hasValue(2);
        assertThat(waiting).isEmpty();
    }

    @Test
    void whatCameInTimeIsTakenInItsOrder() throws InterruptedException {
        var first = received(100);
        var second = received(100);
        waiting.add(first);
        waiting.add(second);
        now.addAndGet(1_000);
        assertThat(waiting.take()).isSameAs(first);
        assertThat(waiting.take()).isSameAs(second);
        assertThat(passedOver).hasValue(0);
    }

    @Test
    void nothingMoreIsTakenInOnceItIsFull() {
        waiting.add(received(100));
        waiting.add(received(100));
        waiting.add(received(100));
        assertThat(waiting.offer(received(100))).isFalse();
    }

    @Test
    void theEmptyDatagramThatWakesAParserAtTheEndIsNeverTooOld() throws InterruptedException {
        var wake = new DatagramQueuedMessageDispatch(new DatagramPacket(new byte[0], 0), 0);
        waiting.add(wake);
        assertThat(waiting.take()).isSameAs(wake);
    }
}
