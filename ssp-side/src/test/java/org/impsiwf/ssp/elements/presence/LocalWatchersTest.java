package org.impsiwf.ssp.elements.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.CAROL;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.mood;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.subscribe;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.update;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The order in which watchers of our own domain are told. */
class LocalWatchersTest {

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    @Test
    void aSlowClientHearsTheTruthLast_andKeepsNobodyElseWaiting() throws Exception {
        domain.authoriseAll(BOB, STATUS_MOOD);
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.ask(CAROL, subscribe(CAROL, BOB));
        domain.sap.forget();
        CountDownLatch isTold = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        domain.sap.taking(delivered -> {
            if (delivered.user().equals(ALICE)) {
                isTold.countDown();
                await(mayGoOn);
            }
            return Status.of(StatusCode.SUCCESSFUL);
        });

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Primitive> slow = threads.submit(() -> domain.ask(BOB, update(BOB, mood("SAD"))));
            await(isTold);
            domain.ask(BOB, update(BOB, mood("ANGRY")));
            domain.ask(BOB, update(BOB, mood("HAPPY")));
            assertThat(domain.seenBy(CAROL)).last().isEqualTo("bob StatusMood=HAPPY");
            assertThat(domain.seenBy(ALICE)).containsExactly("bob StatusMood=SAD");
            mayGoOn.countDown();
            slow.get();
        }

        List<String> seen = domain.seenBy(ALICE);
        assertThat(seen).hasSize(3).last().isEqualTo("bob StatusMood=HAPPY");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
