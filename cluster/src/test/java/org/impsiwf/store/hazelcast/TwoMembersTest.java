package org.impsiwf.store.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.StoresContract;
import org.impsiwf.store.Timers;
import org.impsiwf.store.Versioned;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract on a cluster of two, half of whose keys are on the other member, and what two members owe each other. */
@Execution(ExecutionMode.CONCURRENT)
class TwoMembersTest extends StoresContract {

    private static HazelcastStores one;
    private static HazelcastStores other;

    @BeforeAll
    static void start() {
        List<HazelcastStores> members = Members.start(2);
        one = members.getFirst();
        other = members.getLast();
        await().atMost(Duration.ofSeconds(30)).until(() -> one.members() == 2 && other.members() == 2);
    }

    @AfterAll
    static void close() {
        other.close();
        one.close();
    }

    @Override
    protected Stores stores() {
        return new Stores() {
            @Override
            public <V> Store<V> open(String name, Class<V> type) {
                return one.open(name, type);
            }

            @Override
            public Ownership ownership() {
                return one.ownership();
            }

            @Override
            public Nodes nodes() {
                return one.nodes();
            }

            // A kind of timer is opened on every node, whoever arms it.
            @Override
            public Timers timers(String name, Timers.Handler handler) {
                other.timers(name, handler);
                return one.timers(name, handler);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected void pass(Duration duration) {
        Instant until = Instant.now().plus(duration);
        await().pollInterval(Duration.ofMillis(20)).until(() -> !Instant.now().isBefore(until));
    }

    @Test
    void membersAgreeWhoOwnsAKeyAndShareTheKeys() {
        List<String> keys = IntStream.range(0, 1000).mapToObj(i -> "key-" + i).toList();

        // While partitions move to a member that has just joined, the two may differ for a moment.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(keys)
                    .allSatisfy(key -> assertThat(one.ownership().ownerOf(key))
                            .isEqualTo(other.ownership().ownerOf(key)));
            assertThat(keys).anyMatch(one.ownership()::owns).anyMatch(other.ownership()::owns);
        });
    }

    @Test
    void whatOneSavesTheOtherLoadsAndSavesOver() {
        String name = unique("shared");
        Store<Counter> here = one.open(name, Counter.class);
        Store<Counter> there = other.open(name, Counter.class);

        here.save("key", Store.ABSENT, Counter.ZERO, LONG);
        Versioned<Counter> seen = there.load("key").orElseThrow();
        there.save("key", seen.version(), seen.value().incrementedBy("other"), LONG);

        assertThat(here.save("key", seen.version(), Counter.ZERO, LONG)).isEmpty();
        assertThat(here.load("key").orElseThrow().value().writers()).containsExactly("other");
    }

    @Test
    void incrementsFromBothMembersLoseNothing() throws Exception {
        String name = unique("counters");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (HazelcastStores member : List.of(one, other, one, other)) {
                Store<Counter> store = member.open(name, Counter.class);
                threads.submit((Callable<Void>) () -> {
                    for (int i = 0; i < 100; i++) {
                        increment(store, "same writer, equal values");
                    }
                    return null;
                });
            }
        }
        assertThat(one.open(name, Counter.class)
                        .load("counter")
                        .orElseThrow()
                        .value()
                        .count())
                .isEqualTo(400);
    }

    @Test
    void deadlineFiresOnTheOwnerOfItsKeyWhoeverArmsIt() {
        var fired = new ConcurrentLinkedQueue<String>();
        String name = unique("owners");
        Timers here = one.timers(name, (key, deadline) -> fired.add("one " + key));
        other.timers(name, (key, deadline) -> fired.add("other " + key));
        List<String> keys = IntStream.range(0, 50).mapToObj(i -> "key-" + i).toList();

        keys.forEach(key -> here.arm(key, Instant.now()));

        await().until(() -> here.size() == 0);
        assertThat(fired)
                .containsExactlyInAnyOrderElementsOf(keys.stream()
                        .map(key -> (one.ownership().owns(key) ? "one " : "other ") + key)
                        .toList());
    }

    @Test
    void membersKnowEachOtherByName() {
        assertThat(one.nodes().self()).isNotEqualTo(other.nodes().self());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(one.nodes().alive())
                    .containsExactlyInAnyOrder(one.nodes().self(), other.nodes().self());
            assertThat(other.nodes().alive()).isEqualTo(one.nodes().alive());
            assertThat(one.nodes().isInTouch()).isTrue();
            assertThat(other.nodes().isInTouch()).isTrue();
        });
    }

    @Test
    void letterToTheOtherMemberIsTakenThereAndAnswered() throws Exception {
        String office = unique("office");
        other.nodes().open(office, (from, letter) -> (from + " wrote " + letter.length).getBytes(UTF_8));

        byte[] answer = one.nodes().deliver(other.nodes().self(), office, new byte[1000]);

        assertThat(answer).asString(UTF_8).isEqualTo(one.nodes().self() + " wrote 1000");
    }

    @Test
    void lettersOneAfterTheOtherKeepTheirOrder() throws Exception {
        String office = unique("office");
        var taken = new ConcurrentLinkedQueue<Byte>();
        other.nodes().open(office, (from, letter) -> {
            taken.add(letter[0]);
            return letter;
        });

        for (byte i = 0; i < 100; i++) {
            assertThat(one.nodes().deliver(other.nodes().self(), office, new byte[] {i}))
                    .containsExactly(i);
        }

        assertThat(List.copyOf(taken)).isSorted().hasSize(100);
    }

    @Test
    void letterWaitsForAnOfficeThatOpensLater() throws Exception {
        String office = unique("office");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> answer =
                    threads.submit(() -> one.nodes().deliver(other.nodes().self(), office, new byte[] {7}));
            // By now the letter may have come, or come later: either is answered.
            other.nodes().open(office, (from, letter) -> letter);

            assertThat(answer.get(30, TimeUnit.SECONDS)).containsExactly(7);
        }
    }

    @Test
    void everyOfficeMayWriteToAnotherOfficeOfTheSender() throws Exception {
        String asked = unique("asked");
        String asking = unique("asking");
        one.nodes().open(asked, (from, letter) -> "yes".getBytes(UTF_8));
        other.nodes().open(asking, (from, letter) -> {
            try {
                return other.nodes().deliver(from, asked, letter);
            } catch (NodeGoneException gone) {
                throw new IllegalStateException(gone);
            }
        });

        // More at once than an office has threads.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(
                            () -> one.nodes().deliver(other.nodes().self(), asking, new byte[0])))
                    .toList();
            for (Future<byte[]> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).asString(UTF_8).isEqualTo("yes");
            }
        }
    }

    @Test
    void failureOfAnOfficeIsToldToTheSender() {
        String office = unique("office");
        other.nodes().open(office, (from, letter) -> {
            throw new IllegalArgumentException("on purpose");
        });

        assertThatThrownBy(() -> one.nodes().deliver(other.nodes().self(), office, new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(other.nodes().self());
    }

    @Test
    void everyKeyIsOwnedByOneOfBoth() {
        String name = unique("owned");
        List<String> keys = IntStream.range(0, 100).mapToObj(i -> "key-" + i).toList();
        Store<Counter> here = one.open(name, Counter.class);
        Store<Counter> there = other.open(name, Counter.class);
        keys.forEach(key -> here.save(key, Store.ABSENT, Counter.ZERO, LONG));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<String> owned = new ArrayList<>(here.ownedKeys());
            owned.addAll(there.ownedKeys());
            assertThat(owned).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(there.ownedKeys()).isNotEmpty();
        });
    }

    /** {@link Counter} as the next release may have it. */
    record LaterCounter(int count, List<String> writers, Optional<String> colour) {}

    @Test
    void nodeOfThePreviousReleaseKeepsWhatItDoesNotKnow() {
        String name = unique("releases");
        Store<LaterCounter> next = other.open(name, LaterCounter.class);
        Store<Counter> previous = one.open(name, Counter.class);
        next.save("key", Store.ABSENT, new LaterCounter(1, List.of("next"), Optional.of("blue")), LONG);

        Versioned<Counter> seen = previous.load("key").orElseThrow();
        long saved = previous.save("key", seen.version(), seen.value().incrementedBy("previous"), LONG)
                .orElseThrow();
        // It goes on from what it has in hand, without loading again.
        previous.save("key", saved, new Counter(9, List.of("previous")), LONG);

        assertThat(next.load("key").orElseThrow().value())
                .isEqualTo(new LaterCounter(9, List.of("previous"), Optional.of("blue")));
    }
}
