package org.impsiwf.store.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Store;
import org.impsiwf.store.Timers;
import org.junit.jupiter.api.Test;

class MemberLossTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    record Note(String text) {}

    private final List<String> keys =
            IntStream.range(0, 200).mapToObj(i -> "key-" + i).toList();

    @Test
    void survivorHasEveryEntryAndFiresTheDeadlinesOfTheDead() {
        List<HazelcastStores> members = Members.start(2);
        HazelcastStores dying = members.getFirst();
        try (HazelcastStores survivor = members.getLast()) {
            await().atMost(PATIENCE).until(() -> dying.members() == 2);
            var fired = new ConcurrentLinkedQueue<String>();
            var moved = new AtomicInteger();
            survivor.ownership().onMove(moved::incrementAndGet);
            Timers dyingTimers = dying.timers("loss", (key, deadline) -> fired.add("by the dead: " + key));
            survivor.timers("loss", (key, deadline) -> fired.add(key));
            Store<Note> notes = dying.open("notes", Note.class);
            Instant later = Instant.now().plusSeconds(8);
            for (String key : keys) {
                notes.save(key, Store.ABSENT, new Note("of " + key), Duration.ofHours(1));
                dyingTimers.arm(key, later);
            }
            assertThat(keys).anyMatch(dying.ownership()::owns);

            dying.die();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(keys).allMatch(survivor.ownership()::owns));
            Store<Note> kept = survivor.open("notes", Note.class);
            assertThat(keys)
                    .allSatisfy(key ->
                            assertThat(kept.load(key).orElseThrow().value()).isEqualTo(new Note("of " + key)));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(fired).containsExactlyInAnyOrderElementsOf(keys));
            assertThat(moved).hasPositiveValue();
        }
    }

    @Test
    void newMemberTakesItsShareOfDeadlinesOver() {
        List<HazelcastStores> members = Members.start(2);
        try (HazelcastStores one = members.getFirst()) {
            var fired = new ConcurrentLinkedQueue<String>();
            Timers timers = one.timers("share", (key, deadline) -> fired.add(key));
            keys.forEach(key -> timers.arm(key, Instant.now().plusSeconds(6)));
            // The other opens this kind only now, as a node does that joins later.
            try (HazelcastStores late = members.getLast()) {
                await().atMost(PATIENCE).until(() -> late.members() == 2);
                late.timers("share", (key, deadline) -> fired.add(key));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(fired).containsExactlyInAnyOrderElementsOf(keys));
            }
        }
    }

    @Test
    void withFewerMembersThanTheMinimumStoresRefuse() {
        HazelcastSettings of = Members.settings(1).getFirst();
        var settings = new HazelcastSettings(of.clusterName(), of.listen(), of.discovery(), 2, of.silence());
        try (HazelcastStores alone = HazelcastStores.join(settings)) {
            Store<Note> notes = alone.open("notes", Note.class);

            assertThatThrownBy(() -> notes.save("key", Store.ABSENT, new Note("lost?"), Duration.ofHours(1)))
                    .isInstanceOf(OutOfTouchException.class);
            assertThatThrownBy(() -> notes.load("key")).isInstanceOf(OutOfTouchException.class);
        }
    }

    @Test
    void survivorIsToldWhenTheKeysOfTheDeadAreItsOwn() {
        List<HazelcastStores> members = Members.start(2);
        HazelcastStores dying = members.getFirst();
        try (HazelcastStores survivor = members.getLast()) {
            await().atMost(PATIENCE)
                    .until(() -> survivor.nodes().alive().size() == 2
                            && dying.nodes().alive().size() == 2);
            String dead = dying.nodes().self();
            Store<Note> notes = dying.open("seats", Note.class);
            keys.forEach(key -> notes.save(key, Store.ABSENT, new Note(dead), Duration.ofHours(1)));
            Store<Note> kept = survivor.open("seats", Note.class);
            var seen = new ConcurrentLinkedQueue<String>();
            survivor.nodes().onLeft(gone -> {
                assertThat(survivor.nodes().isAlive(gone)).isFalse();
                kept.ownedKeys().stream().map(key -> gone + " " + key).forEach(seen::add);
            });

            dying.die();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(seen)
                            .containsExactlyInAnyOrderElementsOf(
                                    keys.stream().map(key -> dead + " " + key).toList()));
            assertThatThrownBy(() -> survivor.nodes().deliver(dead, "office", new byte[0]))
                    .isInstanceOf(NodeGoneException.class);
            await().atMost(PATIENCE).until(survivor.nodes()::isInTouch);
        }
    }

    @Test
    void letterUnderWayToADyingMemberIsGivenUp() throws Exception {
        List<HazelcastStores> members = Members.start(2);
        HazelcastStores dying = members.getFirst();
        var taken = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        dying.nodes().open("stuck", (from, letter) -> {
            taken.countDown();
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return letter;
        });
        try (HazelcastStores survivor = members.getLast();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await().atMost(PATIENCE).until(() -> survivor.nodes().alive().size() == 2);
            String name = dying.nodes().self();
            var answer = threads.submit(() -> survivor.nodes().deliver(name, "stuck", new byte[0]));
            taken.await();

            dying.die();

            assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(NodeGoneException.class);
        }
    }
}
