package org.impsiwf.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.StoresContract;
import org.impsiwf.store.Timers;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.Test;

class LocalStoresTest extends StoresContract {

    private final VirtualTime time = new VirtualTime();
    private final LocalStores stores = LocalStores.serialising(time);

    @Override
    protected Stores stores() {
        return stores;
    }

    @Override
    protected Instant now() {
        return time.instant();
    }

    @Override
    protected void pass(Duration duration) {
        time.advance(duration);
    }

    record Unkeepable(Thread thread) {}

    @Test
    void refusesAStateThatCouldNotMoveToAnotherNode() {
        assertThatThrownBy(() -> stores.open("threads", Unkeepable.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Unkeepable.thread");
    }

    @Test
    void givesBackACopyThatWentThroughItsSerialisedForm() {
        Store<Counter> store = stores.open("copies", Counter.class);
        var saved = new Counter(1, new ArrayList<>(List.of("a")));

        store.save("key", Store.ABSENT, saved, LONG);

        assertThat(store.load("key").orElseThrow().value()).isEqualTo(saved).isNotSameAs(saved);
    }

    @Test
    void timersFireOnTheThreadThatAdvancesTheTimeAndSeeTheirDeadlineAsNow() {
        List<String> fired = new ArrayList<>();
        Timers timers = stores.timers(
                "virtual", (key, deadline) -> fired.add(Thread.currentThread().getName() + " " + time.instant()));
        Instant due = now().plusSeconds(1);

        timers.arm("key", due);
        pass(Duration.ofMillis(999));
        assertThat(fired).isEmpty();
        pass(Duration.ofMillis(1));

        assertThat(fired).containsExactly(Thread.currentThread().getName() + " " + due);
    }

    @Test
    void aMillionExpiredEntriesAreClearedWhileOthersAreSaved() {
        Store<Counter> store = LocalStores.inHeap(time).open("churn", Counter.class);
        for (int i = 0; i < 1_000_000; i++) {
            store.save("key-" + i, Store.ABSENT, Counter.ZERO, SHORT);
            if (i % 1000 == 0) {
                pass(Duration.ofMillis(10));
            }
        }
        // 2 s of life, a thousand saves in each 10 ms: never more than 200 steps' worth is alive.
        assertThat(store.size()).isLessThanOrEqualTo(201_000);
    }
}
