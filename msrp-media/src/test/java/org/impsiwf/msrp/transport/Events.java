package org.impsiwf.msrp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSide;

/** The events of an endpoint, to be waited for in order. */
final class Events implements MsrpSide.Listener {
    static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private final LinkedBlockingQueue<MsrpEvent> queue = new LinkedBlockingQueue<>();

    @Override
    public void on(MsrpEvent event) {
        queue.add(event);
    }

    /** The next event is of that type. */
    <T extends MsrpEvent> T next(Class<T> type) {
        MsrpEvent event = poll(LONG_ENOUGH);
        assertThat(event).as("next event").isInstanceOf(type);
        return type.cast(event);
    }

    /** The next event of that type for which the condition holds; what comes before it is dropped. */
    <T extends MsrpEvent> T await(Class<T> type, Predicate<T> condition) {
        List<MsrpEvent> passed = new ArrayList<>();
        while (true) {
            MsrpEvent event = poll(LONG_ENOUGH);
            assertThat(event)
                    .as("waiting for %s after %s", type.getSimpleName(), passed)
                    .isNotNull();
            if (type.isInstance(event) && condition.test(type.cast(event))) {
                return type.cast(event);
            }
            passed.add(event);
        }
    }

    MsrpEvent poll(Duration atMost) {
        try {
            return queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    List<MsrpEvent> drain() {
        List<MsrpEvent> all = new ArrayList<>();
        queue.drainTo(all);
        return all;
    }
}
