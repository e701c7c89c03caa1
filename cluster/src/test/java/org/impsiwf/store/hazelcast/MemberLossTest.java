package org.impsiwf.store.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.impsiwf.store.Store;
import org.impsiwf.store.Timers;
import org.junit.jupiter.api.Test;

class MemberLossTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        var settings = new HazelcastSettings(
                of.clusterName(), of.listen(), of.members(), 2, Duration.ofSeconds(5), Optional.empty());
        try (HazelcastStores alone = HazelcastStores.join(settings)) {
            Store<Note> notes = alone.open("notes", Note.class);

            assertThatThrownBy(() -> notes.save("key", Store.ABSENT, new Note("lost?"), Duration.ofHours(1)))
                    .isInstanceOf(SplitBrainProtectionException.class);
            assertThatThrownBy(() -> notes.load("key")).isInstanceOf(SplitBrainProtectionException.class);
        }
    }
}
