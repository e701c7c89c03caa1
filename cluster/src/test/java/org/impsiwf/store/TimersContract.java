package org.impsiwf.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Timers} keeps, on stores that a subclass gives it to run on. */
public abstract class TimersContract {

    /** Shorter than any Hazelcast default, longer than a save. */
    protected static final Duration SHORT = Duration.ofSeconds(2);

    /** Longer than some saves on a slow machine. */
    protected static final Duration WHILE = Duration.ofSeconds(6);

    /** The same stores for every call within one test. */
    protected abstract Stores stores();

    protected abstract Instant now();

    /** Lets the time go by, or waits for it. */
    protected abstract void pass(Duration duration);

    private static final AtomicInteger names = new AtomicInteger();

    protected static String unique(String name) {
        return name + "-" + names.incrementAndGet();
    }

    @Test
    void timerFiresWithItsKeyAndDeadlineOnce() {
        var fired = new ConcurrentLinkedQueue<String>();
        Timers timers = stores().timers(unique("timers"), (key, deadline) -> fired.add(key + " " + deadline));
        Instant due = now().plus(SHORT);

        timers.arm("key", due);
        assertThat(timers.size()).isOne();
        pass(SHORT);

        await().untilAsserted(() -> assertThat(fired).containsExactly("key " + due));
        await().untilAsserted(() -> assertThat(timers.size()).isZero());
    }

    @Test
    void timerThatIsDueAlreadyFiresAtOnce() {
        var fired = new ConcurrentLinkedQueue<String>();
        Timers timers = stores().timers(unique("timers"), (key, deadline) -> fired.add(key));

        timers.arm("key", now().minusSeconds(5));
        pass(Duration.ZERO);

        await().untilAsserted(() -> assertThat(fired).containsExactly("key"));
    }

    @Test
    void timersFireInTheOrderOfTheirDeadlines() {
        var fired = new ConcurrentLinkedQueue<String>();
        Timers timers = stores().timers(unique("timers"), (key, deadline) -> fired.add(key));
        Instant start = now();

        timers.arm("second", start.plusSeconds(4));
        timers.arm("third", start.plusSeconds(6));
        timers.arm("first", start.plusSeconds(2));
        pass(WHILE);

        await().untilAsserted(() -> assertThat(fired).containsExactly("first", "second", "third"));
    }

    @Test
    void cancelledTimerDoesNotFire() {
        var fired = new ConcurrentLinkedQueue<String>();
        Timers timers = stores().timers(unique("timers"), (key, deadline) -> fired.add(key));
        Instant due = now().plusSeconds(4);
        Instant later = due.plusMillis(500);

        timers.arm("cancelled", due);
        timers.arm("kept", later);
        timers.cancel("cancelled");
        timers.cancel("never armed");
        pass(Duration.between(now(), later));

        await().untilAsserted(() -> assertThat(fired).containsExactly("kept"));
        assertThat(timers.size()).isZero();
    }

    @Test
    void armingAgainMovesTheDeadline() {
        var fired = new ConcurrentLinkedQueue<Instant>();
        Timers timers = stores().timers(unique("timers"), (key, deadline) -> fired.add(deadline));
        Instant later = now().plus(SHORT);

        timers.arm("key", now().plusMillis(100));
        timers.arm("key", later);
        assertThat(timers.size()).isOne();
        pass(SHORT);

        await().untilAsserted(() -> assertThat(fired).last().isEqualTo(later));
        await().untilAsserted(() -> assertThat(timers.size()).isZero());
    }

    @Test
    void handlerMayArmTheSameKeyAgain() {
        var timers = new Timers[1];
        var fired = new ConcurrentLinkedQueue<Instant>();
        Instant first = now().plusMillis(500);
        Instant second = first.plusMillis(500);
        timers[0] = stores().timers(unique("timers"), (key, deadline) -> {
            fired.add(deadline);
            if (deadline.equals(first)) {
                timers[0].arm(key, second);
            }
        });

        timers[0].arm("key", first);
        pass(SHORT);

        await().untilAsserted(() -> assertThat(fired).containsExactly(first, second));
    }

    @Test
    void handlerThatFailsDoesNotStopTheOthers() {
        var fired = new ConcurrentLinkedQueue<String>();
        Timers timers = stores().timers(unique("timers"), (key, deadline) -> {
            if (key.equals("bad")) {
                throw new IllegalStateException("on purpose");
            }
            fired.add(key);
        });

        timers.arm("bad", now().plusMillis(100));
        timers.arm("good", now().plusMillis(300));
        pass(SHORT);

        await().untilAsserted(() -> assertThat(fired).containsExactly("good"));
        await().untilAsserted(() -> assertThat(timers.size()).isZero());
    }

    @Test
    void timersOfOneKindHaveOneHandler() {
        String name = unique("timers");
        stores().timers(name, (key, deadline) -> {});

        assertThatThrownBy(() -> stores().timers(name, (key, deadline) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name);
    }
}
