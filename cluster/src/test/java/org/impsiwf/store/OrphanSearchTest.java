package org.impsiwf.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.Test;

class OrphanSearchTest {

    private final Touch nodes = new Touch();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private int searches;
    private int refusals;
    private final OrphanSearch search = new OrphanSearch("seats", nodes, this::keys, this::takeOver);

    private Set<String> keys() {
        searches++;
        refuseOnce();
        return new TreeSet<>(Set.of("a", "b", "c"));
    }

    private void takeOver(String key) {
        if (refused.contains(key)) {
            throw new IllegalStateException("the store does not give " + key);
        }
        taken.add(key);
    }

    private void refuseOnce() {
        if (refusals-- > 0) {
            throw new OutOfTouchException("a save is not on a second node");
        }
    }

    @Test
    void aSearchThatWasRefusedIsRepeatedUntilItIsDone() {
        refusals = 3;
        search.begin();
        for (int i = 0; i < 3; i++) {
            search.look();
            assertThat(taken).isEmpty();
            assertThat(search.isAnythingLeft()).isTrue();
        }
        search.look();
        assertThat(taken).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(search.isAnythingLeft()).isFalse();
    }

    @Test
    void oneKeyThatFailsHoldsUpNoOther_andIsLookedAtAgainAlone() {
        refused.add("b");
        search.begin();
        search.look();
        assertThat(taken).containsExactlyInAnyOrder("a", "c");

        refused.clear();
        search.look();
        assertThat(taken).containsExactlyInAnyOrder("a", "c", "b");
        assertThat(searches).isEqualTo(1);
    }

    @Test
    void whatFailedAfterItsLookIsLookedAtAgain() {
        search.begin();
        search.look();
        taken.clear();

        search.again("a");
        search.look();

        assertThat(taken).containsExactly("a");
    }

    @Test
    void aKeyThatFailsForGoodIsLeftAlone_andLookedAtWithTheOthersNextTime() {
        refused.add("b");
        search.begin();
        for (int i = 0; i < OrphanSearch.MOST_FAILURES; i++) {
            search.look();
        }
        assertThat(search.isAnythingLeft()).isFalse();

        refused.clear();
        search.begin();
        search.look();
        assertThat(taken).contains("b");
    }

    @Test
    void aNodeThatIsOutOfTouchAsksNothingAndForgetsNothing() {
        nodes.touch = OptionalLong.empty();
        search.begin();
        for (int i = 0; i < 2 * OrphanSearch.MOST_FAILURES; i++) {
            search.look();
        }
        assertThat(searches).isZero();

        nodes.touch = OptionalLong.of(2);
        search.look();
        assertThat(taken).hasSize(3);
    }

    @Test
    void whileItRunsItLooksAgainByItself() {
        refusals = 2;
        try (search) {
            search.start();
            search.begin();
            await().untilAsserted(() -> assertThat(new ArrayList<>(taken)).containsExactlyInAnyOrder("a", "b", "c"));
        }
    }

    /** A node that is in touch, or is not. */
    private static final class Touch implements Nodes {

        private final Nodes sole = LocalStores.serialising(new VirtualTime()).nodes();
        private OptionalLong touch = OptionalLong.of(1);

        @Override
        public String self() {
            return sole.self();
        }

        @Override
        public Set<String> alive() {
            return sole.alive();
        }

        @Override
        public OptionalLong touch() {
            return touch;
        }

        @Override
        public byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException {
            return sole.deliver(node, office, letter);
        }

        @Override
        public void open(String name, Office office) {
            sole.open(name, office);
        }

        @Override
        public AutoCloseable onLeft(Consumer<String> gone) {
            return sole.onLeft(gone);
        }
    }
}
