package org.impsiwf.mapping.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.sip.event.ConferenceState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever happens in whatever order: the subscribers know what is so. */
class RosterPropertyTest {

    private static final List<String> SIP = List.of("alice", "carol", "dave", "tom");
    private static final List<String> ELSEWHERE = List.of("Bob", "Ben", "Beth", "Erin", "Ed");

    @Test
    @DisplayName(
            "RFC 4575 §4.6, §5.2: versions have no gaps, and partial states over the full one give the full one again")
    void subscribersKnowTheRosterAfterAnySequenceOfChanges() {
        for (int seed = 0; seed < 150; seed++) {
            run(new Random(seed), "seed " + seed);
        }
    }

    private static void run(Random random, String seed) {
        Scene scene = new Scene();
        Map<String, String> in = new TreeMap<>(); // SIP user -> screen name
        Set<String> elsewhere = new TreeSet<>();
        int subscriptions = 0;
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(9)) {
                case 0, 1 -> enters(scene, in, elsewhere, pick(random, SIP), random);
                case 2 -> {
                    String user = pick(random, SIP);
                    in.remove(user);
                    scene.left(user);
                }
                case 3, 4 -> comes(scene, in, elsewhere, pick(random, ELSEWHERE));
                case 5 -> goes(scene, in, elsewhere, pick(random, ELSEWHERE));
                case 6 -> {
                    if (!in.isEmpty()) {
                        scene.subscribe(pick(random, List.copyOf(in.keySet())), "s" + ++subscriptions);
                    }
                }
                case 7 -> {
                    if (!scene.subscribers.isEmpty()) {
                        String id = pick(random, List.copyOf(scene.subscribers.keySet()));
                        if (random.nextBoolean()) {
                            scene.refresh(id);
                        } else {
                            scene.subscriptionEnded(id);
                        }
                    }
                }
                default -> scene.later(Duration.ofMillis(random.nextInt(9000)));
            }
            if (in.isEmpty()) {
                elsewhere.clear();
                assertThat(scene.focus).as(seed).isEmpty();
                assertThat(scene.subscribers).as(seed).isEmpty();
            }
        }
        check(scene, in, elsewhere, seed);
    }

    private static void enters(Scene scene, Map<String, String> in, Set<String> elsewhere, String user, Random random) {
        if (in.containsKey(user)) {
            return;
        }
        String screenName = Character.toUpperCase(user.charAt(0)) + user.substring(1);
        scene.entering(user);
        in.put(user, screenName);
        List<String> list = new ArrayList<>(in.values());
        list.addAll(elsewhere);
        // The list is made now; what happens until it arrives is heard before it.
        int overtaking = random.nextInt(3);
        for (int i = 0; i < overtaking; i++) {
            String other = pick(random, ELSEWHERE);
            if (elsewhere.contains(other)) {
                goes(scene, in, elsewhere, other);
            } else {
                comes(scene, in, elsewhere, other);
            }
        }
        scene.entered(user, screenName, list.toArray(String[]::new));
    }

    private static void comes(Scene scene, Map<String, String> in, Set<String> elsewhere, String name) {
        if (!in.isEmpty() && elsewhere.add(name)) {
            scene.received(Scene.notice(List.copyOf(in.keySet()), List.of(name), List.of()));
        }
    }

    private static void goes(Scene scene, Map<String, String> in, Set<String> elsewhere, String name) {
        if (!in.isEmpty() && elsewhere.remove(name)) {
            scene.received(Scene.notice(List.copyOf(in.keySet()), List.of(), List.of(name)));
        }
    }

    private static void check(Scene scene, Map<String, String> in, Set<String> elsewhere, String seed) {
        scene.later(Duration.ofSeconds(6));
        if (scene.focus.isEmpty()) {
            return;
        }
        scene.subscribe(in.keySet().iterator().next(), "witness");
        ConferenceState full = scene.subscribers.get("witness").last();
        TreeSet<String> connected = full.users().stream()
                .filter(user -> user.presence() == ConferenceState.Presence.CONNECTED)
                .map(user -> user.displayText().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> expected = new TreeSet<>(in.values());
        expected.addAll(elsewhere);
        assertThat(connected).as(seed).isEqualTo(expected);
        assertThat(full.userCount()).as(seed).hasValue(expected.size());
        scene.subscribers.forEach((id, subscriber) -> {
            assertThat(subscriber.count).as(seed + " " + id).isEqualTo(expected.size());
            assertThat(subscriber.users.values()).as(seed + " " + id).containsExactlyInAnyOrderElementsOf(full.users());
        });
        // One more change, and nobody who went before is left on anybody's list.
        scene.later(Duration.ofSeconds(6));
        scene.received(Scene.notice(List.copyOf(in.keySet()), List.of("Zoe"), List.of()));
        scene.later(Duration.ofSeconds(6));
        expected.add("Zoe");
        scene.subscribers.forEach((id, subscriber) ->
                assertThat(subscriber.shown()).as(seed + " " + id).isEqualTo(List.copyOf(expected)));
        assertThat(scene.focus.orElseThrow().roster().members()).hasSize(expected.size());
        scene.on(new Event.Draining());
        assertThat(scene.subscribers).as(seed).isEmpty();
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
