package org.impsiwf.ssp.elements.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.CAROL;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.attributeList;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.codeOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.subscribe;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_TEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Requests about the same users at the same time. */
class PresenceRaceTest {

    private static final int ROUNDS = 30;

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    @Test
    void whatAWatcherMaySeeIsWhatTheListsSay_whoeverWasFirst() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            domain.ask(BOB, new UnsubscribeRequest(by(BOB), List.of(ALICE), List.of()));
            var allowed = round % 2 == 0 ? STATUS_TEXT : STATUS_MOOD;
            atOnce(
                    BOB, subscribe(BOB, ALICE),
                    ALICE, attributeList(ALICE, List.of(allowed), round % 3 == 0, List.of(), List.of(BOB)));

            assertThat(domain.presenceStore.find(ALICE, BOB).orElseThrow().authorised())
                    .isEqualTo(AttributeSet.of(allowed));
        }
    }

    @Test
    void aLimitOfWatchersHoldsAgainstTwoAtTheSameTime() throws Exception {
        domain.with(PresenceSettings.DEFAULT.withWatchers(1));
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> codes = atOnce(BOB, subscribe(BOB, ALICE), CAROL, subscribe(CAROL, ALICE));

            assertThat(codes).containsExactlyInAnyOrder(200, 758);
            domain.ask(BOB, new UnsubscribeRequest(by(BOB), List.of(ALICE), List.of()));
            domain.ask(CAROL, new UnsubscribeRequest(by(CAROL), List.of(ALICE), List.of()));
        }
    }

    @Test
    void usersWhoSubscribeToEachOtherDoNotBlockEachOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(atOnce(ALICE, subscribe(ALICE, BOB, CAROL, ALICE), BOB, subscribe(BOB, ALICE, CAROL, BOB)))
                    .containsExactly(200, 200);
        }
    }

    private List<Integer> atOnce(UserId one, Primitive its, UserId other, Primitive others) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Primitive>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> domain.ask(one, its)));
            answers.add(threads.submit(() -> domain.ask(other, others)));
            return List.of(codeOf(answers.get(0).get()), codeOf(answers.get(1).get()));
        }
    }
}
