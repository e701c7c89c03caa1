package org.impsiwf.msrp.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The real time; alarms ring on event loops. */
final class EventLoopTime implements MsrpTime {
    private final EventLoopGroup loops;

    EventLoopTime(EventLoopGroup loops) {
        this.loops = loops;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        // An alarm that rings a moment early would only be set again.
        Future<?> scheduled = loops.next().schedule(task, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }
}
