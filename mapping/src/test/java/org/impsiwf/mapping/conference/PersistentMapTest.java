package org.impsiwf.mapping.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentMapTest {

    private static final int STEPS = 20_000;

    @Test
    void behavesAsASortedMapWhateverIsDoneToIt() {
        Random random = new Random(11);
        TreeMap<String, Integer> model = new TreeMap<>();
        PersistentMap<Integer> map = PersistentMap.empty();
        for (int step = 0; step < STEPS; step++) {
            String key = "k" + random.nextInt(300);
            if (random.nextInt(5) < 3) {
                model.put(key, step % 7);
                map = map.with(key, step % 7);
            } else {
                model.remove(key);
                map = map.without(key);
            }
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(map.get(key)).isEqualTo(model.get(key));
            if (step % 50 == 0) {
                assertThat(map).isEqualTo(model).hasSameHashCodeAs(model);
                assertThat(new ArrayList<>(map.keySet())).isEqualTo(new ArrayList<>(model.keySet()));
            }
        }
    }

    @Test
    void staysFlatWhenKeysComeInOrder() {
        PersistentMap<Integer> map = PersistentMap.empty();
        for (int i = 0; i < 10_000; i++) {
            map = map.with(String.format("%05d", i), i);
        }
        // An AVL tree of n nodes is at most 1.44 log2(n + 2) high.
        assertThat(map.height()).isLessThanOrEqualTo(20);
        for (int i = 0; i < 9_900; i++) {
            map = map.without(String.format("%05d", i));
        }
        assertThat(map.height()).isLessThanOrEqualTo(10);
    }

    @Test
    void leavesTheOriginalAsItWas() {
        PersistentMap<String> before = PersistentMap.copyOf(Map.of("a", "1", "b", "2"));
        before.with("c", "3").without("a");
        assertThat(before).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void isTheSameMapWhenNothingChanges() {
        PersistentMap<String> map = PersistentMap.copyOf(Map.of("a", "1", "b", "2"));
        assertThat(map.with("a", "1")).isSameAs(map);
        assertThat(map.without("c")).isSameAs(map);
        assertThat(PersistentMap.copyOf(map)).isSameAs(map);
    }

    @Test
    void equalsAnotherWithTheSameEntriesHoweverItCameAbout() {
        Random random = new Random(3);
        for (int run = 0; run < 200; run++) {
            List<String> keys = new ArrayList<>();
            random.ints(40, 0, 100).forEach(i -> keys.add("k" + i));
            PersistentMap<String> forward = PersistentMap.empty();
            PersistentMap<String> backward = PersistentMap.empty();
            for (String key : keys) {
                forward = forward.with(key, key);
            }
            for (String key : keys.reversed()) {
                backward = backward.with(key, "old").with(key, key);
            }
            assertThat(forward).isEqualTo(backward).hasSameHashCodeAs(backward);
            assertThat(forward.with("k0", "other")).isNotEqualTo(backward);
        }
    }

    @Test
    void isNotEqualToAMapWithOtherEntriesOfTheSameHash() {
        // "Aa" and "BB" have one hash code.
        PersistentMap<String> one = PersistentMap.copyOf(Map.of("Aa", "x"));
        PersistentMap<String> other = PersistentMap.copyOf(Map.of("BB", "x"));
        assertThat(one).hasSameHashCodeAs(other).isNotEqualTo(other);
    }

    @Test
    void endsWhereTheEntriesEnd() {
        Iterator<Map.Entry<String, String>> entries =
                PersistentMap.<String>empty().entrySet().iterator();
        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }
}
