package org.impsiwf.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Stores} keeps; a subclass per implementation gives it something to run on. */
public abstract class StoresContract extends TimersContract {

    protected static final Duration LONG = Duration.ofHours(1);

    public record Counter(int count, List<String> writers) {
        public static final Counter ZERO = new Counter(0, List.of());

        public Counter incrementedBy(String writer) {
            return new Counter(count + 1, List.of(writer));
        }
    }

    /** A store that no other test uses. */
    private Store<Counter> store() {
        return stores().open(unique("store"), Counter.class);
    }

    @Test
    void absentKeyLoadsAsEmpty() {
        assertThat(store().load("nobody")).isEmpty();
    }

    @Test
    void savedValueLoadsWithTheVersionThatSaveGave() {
        Store<Counter> store = store();

        OptionalLong version = store.save("key", Store.ABSENT, Counter.ZERO, LONG);

        assertThat(version).isPresent();
        assertThat(version.getAsLong()).isGreaterThan(Store.ABSENT);
        assertThat(store.load("key")).contains(new Versioned<>(version.getAsLong(), Counter.ZERO));
    }

    @Test
    void versionGrowsWithEverySave() {
        Store<Counter> store = store();
        long first = store.save("key", Store.ABSENT, Counter.ZERO, LONG).orElseThrow();

        long second =
                store.save("key", first, Counter.ZERO.incrementedBy("a"), LONG).orElseThrow();

        assertThat(second).isGreaterThan(first);
        assertThat(store.load("key").orElseThrow().value().count()).isOne();
    }

    @Test
    void saveAsNewIsRefusedWhenTheEntryExists() {
        Store<Counter> store = store();
        store.save("key", Store.ABSENT, Counter.ZERO, LONG);

        assertThat(store.save("key", Store.ABSENT, Counter.ZERO.incrementedBy("late"), LONG))
                .isEmpty();
        assertThat(store.load("key").orElseThrow().value()).isEqualTo(Counter.ZERO);
    }

    @Test
    void saveOverAnOutdatedVersionIsRefused() {
        Store<Counter> store = store();
        long first = store.save("key", Store.ABSENT, Counter.ZERO, LONG).orElseThrow();
        store.save("key", first, Counter.ZERO.incrementedBy("fast"), LONG);

        assertThat(store.save("key", first, Counter.ZERO.incrementedBy("slow"), LONG))
                .isEmpty();
        assertThat(store.load("key").orElseThrow().value().writers()).containsExactly("fast");
    }

    @Test
    void saveOverAnAbsentEntryIsRefused() {
        assertThat(store().save("key", 17, Counter.ZERO, LONG)).isEmpty();
    }

    @Test
    void removedEntryIsGone() {
        Store<Counter> store = store();
        long version = store.save("key", Store.ABSENT, Counter.ZERO, LONG).orElseThrow();

        assertThat(store.remove("key", version)).isTrue();
        assertThat(store.load("key")).isEmpty();
        assertThat(store.size()).isZero();
    }

    @Test
    void removeOfAnOutdatedVersionIsRefused() {
        Store<Counter> store = store();
        long first = store.save("key", Store.ABSENT, Counter.ZERO, LONG).orElseThrow();
        store.save("key", first, Counter.ZERO.incrementedBy("a"), LONG);

        assertThat(store.remove("key", first)).isFalse();
        assertThat(store.load("key")).isPresent();
    }

    @Test
    void removeOfAnAbsentEntryIsRefused() {
        assertThat(store().remove("key", 17)).isFalse();
    }

    @Test
    void versionNeverComesBackAfterARemoval() {
        Store<Counter> store = store();
        long before = store.save("key", Store.ABSENT, Counter.ZERO, LONG).orElseThrow();
        store.remove("key", before);

        long after = store.save("key", Store.ABSENT, Counter.ZERO, LONG).orElseThrow();

        assertThat(after).isNotEqualTo(before);
        assertThat(store.save("key", before, Counter.ZERO.incrementedBy("stale"), LONG))
                .isEmpty();
    }

    @Test
    void entryIsGoneWhenItsTimeRanOut() {
        Store<Counter> store = store();
        long version = store.save("key", Store.ABSENT, Counter.ZERO, SHORT).orElseThrow();

        pass(SHORT);

        assertThat(store.load("key")).isEmpty();
        assertThat(store.save("key", version, Counter.ZERO.incrementedBy("late"), LONG))
                .isEmpty();
        assertThat(store.remove("key", version)).isFalse();
        assertThat(store.save("key", Store.ABSENT, Counter.ZERO, LONG)).isPresent();
    }

    @Test
    void savingAgainCountsTheTimeAnew() {
        Store<Counter> store = store();
        // On a slow machine the first life may be over before the second save.
        await().until(() -> store.save("key", Store.ABSENT, Counter.ZERO, SHORT).stream()
                .anyMatch(version ->
                        store.save("key", version, Counter.ZERO, LONG).isPresent()));

        pass(SHORT);

        assertThat(store.load("key")).isPresent();
    }

    @Test
    void sizeCountsLiveEntriesOnly() {
        Store<Counter> store = store();
        store.save("stays", Store.ABSENT, Counter.ZERO, LONG);
        for (int i = 0; i < 20; i++) {
            store.save("goes-" + i, Store.ABSENT, Counter.ZERO, WHILE);
        }
        assertThat(store.size()).isEqualTo(21);

        pass(WHILE);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(store.size()).isOne());
    }

    @Test
    void sameNameIsTheSameStore() {
        String name = unique("store");
        stores().open(name, Counter.class).save("key", Store.ABSENT, Counter.ZERO, LONG);

        assertThat(stores().open(name, Counter.class).load("key")).isPresent();
        assertThat(stores().open(unique("store"), Counter.class).load("key")).isEmpty();
    }

    @Test
    void nameKeepsItsType() {
        String name = unique("store");
        stores().open(name, Counter.class);

        assertThatThrownBy(() -> stores().open(name, Other.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name);
    }

    public record Other(String text) {}

    @Test
    void concurrentIncrementsLoseNothing() throws Exception {
        Store<Counter> store = store();
        int writers = 8;
        int each = 50;
        var start = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < writers; w++) {
                String writer = "writer-" + w;
                threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < each; i++) {
                        increment(store, writer);
                    }
                    return null;
                });
            }
            start.countDown();
        }

        assertThat(store.load("counter").orElseThrow().value().count()).isEqualTo(writers * each);
    }

    protected static void increment(Store<Counter> store, String writer) {
        boolean saved = false;
        while (!saved) {
            Optional<Versioned<Counter>> current = store.load("counter");
            saved = store.save(
                            "counter",
                            current.map(Versioned::version).orElse(Store.ABSENT),
                            current.map(Versioned::value).orElse(Counter.ZERO).incrementedBy(writer),
                            LONG)
                    .isPresent();
        }
    }

    @Test
    void onlyOneOfManyCreatesTheEntry() {
        Store<Counter> store = store();
        var winners = new AtomicInteger();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < 16; w++) {
                threads.submit(() -> {
                    // Equal values on purpose: who won must not be told by the value.
                    if (store.save("key", Store.ABSENT, Counter.ZERO, LONG).isPresent()) {
                        winners.incrementAndGet();
                    }
                });
            }
        }

        assertThat(winners).hasValue(1);
    }

    @Test
    void everyKeyHasAnOwner() {
        Ownership ownership = stores().ownership();

        for (int i = 0; i < 100; i++) {
            String key = "key-" + i;
            await().untilAsserted(() -> {
                assertThat(ownership.ownerOf(key)).isNotEmpty();
                assertThat(ownership.owns(key)).isEqualTo(ownership.ownerOf(key).equals(ownership.self()));
            });
        }
    }

    @Test
    void ownedKeysAreAmongTheLiveOnes() {
        Store<Counter> store = store();
        long first = store.save("gone", Store.ABSENT, Counter.ZERO, LONG).orElseThrow();
        List<String> keys = IntStream.range(0, 50).mapToObj(i -> "key-" + i).toList();
        keys.forEach(key -> store.save(key, Store.ABSENT, Counter.ZERO, LONG));
        store.remove("gone", first);

        Ownership ownership = stores().ownership();
        await().untilAsserted(() -> assertThat(store.ownedKeys())
                .containsExactlyInAnyOrderElementsOf(
                        keys.stream().filter(ownership::owns).toList()));
    }

    @Test
    void nodeIsAliveAndInTouchUnderAShortName() {
        Nodes nodes = stores().nodes();

        assertThat(nodes.self()).matches("[0-9a-z]{1,8}");
        assertThat(nodes.alive()).contains(nodes.self());
        await().atMost(Duration.ofSeconds(30)).until(nodes::isInTouch);
        assertThat(nodes.isAlive("nobody")).isFalse();
    }

    @Test
    void letterToAnOfficeOfTheNodeItselfIsAnswered() throws Exception {
        Nodes nodes = stores().nodes();
        String office = unique("office");
        nodes.open(office, (from, letter) -> (from + " wrote " + new String(letter, UTF_8)).getBytes(UTF_8));

        byte[] answer = nodes.deliver(nodes.self(), office, "hello".getBytes(UTF_8));

        assertThat(answer).asString(UTF_8).isEqualTo(nodes.self() + " wrote hello");
    }

    @Test
    void letterToANodeThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> stores().nodes().deliver("nobody", "office", new byte[0]))
                .isInstanceOf(NodeGoneException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void officeThatFailsIsTheSendersFailureToo() {
        Nodes nodes = stores().nodes();
        String office = unique("office");
        nodes.open(office, (from, letter) -> {
            throw new IllegalArgumentException("on purpose");
        });

        assertThatThrownBy(() -> nodes.deliver(nodes.self(), office, new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(office);
    }

    @Test
    void officeIsOpenedOnce() {
        Nodes nodes = stores().nodes();
        String office = unique("office");
        nodes.open(office, (from, letter) -> letter);

        assertThatThrownBy(() -> nodes.open(office, (from, letter) -> letter))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(office);
    }
}
