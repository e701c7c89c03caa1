package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedTurnsTest {

    private final KeyedTurns turns = new KeyedTurns();
    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aShortTurnIsOverWhenItWasPostedIfNothingWaits() {
        turns.postShort("a", () -> done.add(1));

        assertThat(done).containsExactly(1);
        assertThat(turns.busy()).isZero();
    }

    @Test
    void aShortTurnWaitsForTheLongOneBeforeIt() throws InterruptedException {
        CountDownLatch peer = new CountDownLatch(1);
        turns.post("a", () -> {
            waitFor(peer);
            done.add(1);
        });
        turns.postShort("a", () -> done.add(2));
        turns.postShort("b", () -> done.add(3));
        assertThat(done).as("another key does not wait").containsExactly(3);

        peer.countDown();
        await().until(() -> turns.busy() == 0);

        assertThat(done).containsExactly(3, 1, 2);
    }

    @Test
    void whoPostsAShortTurnIsNotHeldByALongOneThatItPosts() {
        CountDownLatch peer = new CountDownLatch(1);
        turns.postShort("a", () -> {
            turns.post("a", () -> {
                waitFor(peer);
                done.add(2);
            });
            turns.postShort("a", () -> done.add(3));
            done.add(1);
        });
        assertThat(done).containsExactly(1);

        peer.countDown();
        await().until(() -> turns.busy() == 0);

        assertThat(done).containsExactly(1, 2, 3);
    }

    @Test
    void aTurnThatFailsIsFollowedByTheNext() {
        turns.postShort("a", () -> {
            turns.postShort("a", () -> done.add(2));
            throw new IllegalStateException("as the test wants it");
        });

        assertThat(done).containsExactly(2);
    }

    @Test
    void manyPostersOfBothKindsNeverRunTwoTurnsOfAKeyAtOnce() throws InterruptedException {
        List<Thread> posters = IntStream.range(0, 4)
                .mapToObj(poster -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 500; i++) {
                        Runnable add = () -> done.add(done.size()); // two at once would add the same number
                        if (i % 2 == 0) {
                            turns.postShort("a", add);
                        } else {
                            turns.post("a", add);
                        }
                    }
                }))
                .toList();
        for (Thread poster : posters) {
            poster.join();
        }
        await().until(() -> turns.busy() == 0);

        assertThat(done).hasSize(2_000).isSorted().doesNotHaveDuplicates();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
