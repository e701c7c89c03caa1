package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LapsesTest {

    private final AtomicBoolean isInTouch = new AtomicBoolean();
    private final CompletableFuture<Boolean> lapse = new CompletableFuture<>();
    private final List<String> admitted = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Lapses<String> lapses = new Lapses<>(isInTouch::get, lapse::join, 2, admitted::add, refused::add);

    private void isOver(boolean inTouch) {
        isInTouch.set(inTouch);
        lapse.complete(inTouch);
    }

    @Test
    void whoIsInTouchHoldsNothing() {
        isInTouch.set(true);

        assertThat(lapses.hold("first")).isFalse();
        assertThat(admitted).isEmpty();
    }

    @Test
    void whatWaitedIsAdmittedInItsOrder() {
        assertThat(lapses.hold("first")).isTrue();
        isInTouch.set(true);
        assertThat(lapses.hold("second")).as("it does not overtake the first").isTrue();

        isOver(true);

        await().untilAsserted(() -> assertThat(admitted).containsExactly("first", "second"));
        await().untilAsserted(() -> assertThat(lapses.hold("third")).isFalse());
        assertThat(refused).isEmpty();
    }

    @Test
    void whoIsCutOffRefusesAllThatWaited() {
        lapses.hold("first");
        lapses.hold("second");

        isOver(false);

        await().untilAsserted(() -> assertThat(refused).containsExactly("first", "second"));
        assertThat(admitted).isEmpty();
    }

    @Test
    void noMoreWaitThanMay() {
        lapses.hold("first");
        lapses.hold("second");

        assertThat(lapses.hold("third")).isTrue();

        assertThat(refused).containsExactly("third");
        isOver(true);
        await().untilAsserted(() -> assertThat(admitted).containsExactly("first", "second"));
    }
}
