package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.impsiwf.ssp.elements.delivery.Carriers;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Destination.ToDomain;
import org.impsiwf.ssp.elements.delivery.Destination.ToUser;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.delivery.PendingStore.Settled;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Databases.class)
class PendingStoreTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Instant END = NOW.plusSeconds(3600);
    private static final ToDomain AWAY = new ToDomain("away.example");
    private static final ToUser BOB = new ToUser(new UserId("wv:bob@home.example"));
    private static final ToUser CID = new ToUser(new UserId("wv:cid@home.example"));

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    private JdbcPendingStore store;

    @BeforeEach
    void open() {
        database = databases.fresh();
        store = new JdbcPendingStore(database);
    }

    private static Pending.Order order(Destination to, String reference, Primitive primitive) {
        Kind kind = to instanceof ToUser ? Kind.MESSAGE : Kind.RELAYED_MESSAGE;
        return new Pending.Order(kind, to, "lane", reference, primitive, END);
    }

    private void add(Destination to, String... references) {
        for (String reference : references) {
            store.add(List.of(order(to, reference, Status.of(200))), NOW, true);
        }
    }

    private List<Pending> claim(Destination queue, Instant now) {
        return store.claim(queue, now, now.plusSeconds(30), 10);
    }

    private static List<String> references(List<Pending> items) {
        return items.stream().map(Pending::reference).toList();
    }

    private boolean settle(Destination queue, List<Pending> items, Verdict verdict, Instant now) {
        return store.settle(
                queue, items.stream().map(item -> new Settled(item, verdict)).toList(), now, now.plusSeconds(60));
    }

    @Test
    void whatIsAddedIsClaimedInItsOrderAsItWas() {
        add(AWAY, "1", "2", "3");
        assertThat(store.due(NOW, 10)).containsExactly(AWAY);

        List<Pending> claimed = claim(AWAY, NOW);

        assertThat(references(claimed)).containsExactly("1", "2", "3");
        Pending first = claimed.getFirst();
        assertThat(first.kind()).isEqualTo(Kind.RELAYED_MESSAGE);
        assertThat(first.primitive()).isEqualTo(Status.of(200));
        assertThat(first.stored()).isEqualTo(NOW);
        assertThat(first.expires()).isEqualTo(END);
        assertThat(first.lane()).isEqualTo("lane");
    }

    @Test
    void aClaimedQueueIsNobodyElsesUntilTheLeaseIsOver() {
        add(AWAY, "1");
        claim(AWAY, NOW);
        assertThat(claim(AWAY, NOW.plusSeconds(29))).isEmpty();
        assertThat(store.due(NOW.plusSeconds(29), 10)).isEmpty();
        assertThat(references(claim(AWAY, NOW.plusSeconds(30)))).containsExactly("1");
    }

    @Test
    void theQueuesOfADeadCarrierAreTakenOverAtOnceAndThoseOfTheLivingAreNot() {
        Set<String> alive = new HashSet<>(Set.of("first", "second"));
        JdbcPendingStore first = new JdbcPendingStore(database, new Carriers("first", () -> Set.copyOf(alive)));
        JdbcPendingStore second = new JdbcPendingStore(database, new Carriers("second", () -> Set.copyOf(alive)));
        add(AWAY, "1", "2");
        List<Pending> inHand = first.claim(AWAY, NOW, END, 1);
        second.takeFromTheDead(NOW);
        assertThat(second.claim(AWAY, NOW, END, 10)).as("its claimer lives").isEmpty();

        alive.remove("first");
        second.takeFromTheDead(NOW);
        List<Pending> taken = second.claim(AWAY, NOW, END, 10);
        assertThat(references(taken)).containsExactly("1", "2");

        assertThat(first.settle(AWAY, List.of(new Settled(inHand.getFirst(), Verdict.over())), NOW, LATER))
                .as("it has woken up, and what it carried is over")
                .isFalse();
        alive.add("first");
        first.takeFromTheDead(NOW);
        assertThat(first.claim(AWAY, NOW, END, 10))
                .as("but the queue is not its own any more")
                .isEmpty();
        assertThat(second.settle(
                        AWAY,
                        taken.stream()
                                .map(item -> new Settled(item, Verdict.over()))
                                .toList(),
                        NOW,
                        LATER))
                .isFalse();
        assertThat(store.count(Kind.RELAYED_MESSAGE, AWAY)).isZero();
    }

    @Test
    void whatAnEarlierLifeOfTheOnlyCarrierHadInHandIsTriedAtOnce() {
        add(AWAY, "1");
        new JdbcPendingStore(database).claim(AWAY, NOW, END, 10);
        assertThat(store.due(NOW, 10)).isEmpty();
        store.takeFromTheDead(NOW);
        assertThat(references(claim(AWAY, NOW))).containsExactly("1");
    }

    @Test
    void whatIsOverIsGoneWithWhatWasWrittenAlongsideOrNotAtAll() {
        add(AWAY, "1");
        List<Pending> claimed = claim(AWAY, NOW);
        assertThatThrownBy(() -> settle(
                        AWAY,
                        claimed,
                        new Verdict.Over(() -> {
                            throw new ArithmeticException("of the work");
                        }),
                        NOW))
                .isInstanceOf(ArithmeticException.class);
        assertThat(store.count(Kind.RELAYED_MESSAGE, AWAY)).isEqualTo(1);

        assertThat(settle(AWAY, claimed, new Verdict.Over(() -> add(BOB, "report")), NOW))
                .isFalse();

        assertThat(store.count(Kind.RELAYED_MESSAGE, AWAY)).isZero();
        assertThat(references(claim(BOB, NOW))).containsExactly("report");
        assertThat(store.due(END, 10)).containsExactly(BOB);
    }

    @Test
    void whatSomebodyElseHasEndedIsNotSettledAgain() {
        add(BOB, "1");
        List<Pending> claimed = claim(BOB, NOW);
        assertThat(store.end(claimed.getFirst().id(), () -> {})).isTrue();
        assertThat(store.end(claimed.getFirst().id(), () -> add(BOB, "twice"))).isFalse();
        settle(BOB, claimed, new Verdict.Over(() -> add(BOB, "twice")), NOW);
        assertThat(store.count(Kind.MESSAGE, BOB)).isZero();
    }

    @Test
    void aQueueThatIsDownRestsWithAllThatComesMeanwhile() {
        add(AWAY, "1", "2");
        List<Pending> claimed = claim(AWAY, NOW);
        assertThat(settle(AWAY, List.of(claimed.getFirst()), new Verdict.Down(), NOW))
                .isFalse();
        add(AWAY, "3");

        assertThat(store.due(NOW.plusSeconds(59), 10)).isEmpty();
        assertThat(references(claim(AWAY, LATER))).containsExactly("1", "2", "3");
        assertThat(claim(AWAY, LATER.plusSeconds(30)).getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void parkedItemsWaitUntilTheyAreWokenAndOthersDont() {
        add(BOB, "1");
        settle(BOB, claim(BOB, NOW), new Verdict.Parked(), NOW);
        add(BOB, "2");
        assertThat(references(claim(BOB, LATER))).containsExactly("2");
        settle(BOB, List.of(), Verdict.over(), LATER);

        store.wake(BOB, LATER);

        assertThat(references(claim(BOB, LATER))).containsExactly("1", "2");
        assertThat(store.count(Kind.MESSAGE, BOB)).isEqualTo(2);
    }

    @Test
    void nothingIsParkedInAQueueThatWasWokenWhileItWasClaimed() {
        add(BOB, "1");
        List<Pending> claimed = claim(BOB, NOW);
        store.wake(BOB, NOW.plusSeconds(1));

        assertThat(settle(BOB, claimed, new Verdict.Parked(), NOW.plusSeconds(2)))
                .isTrue();

        assertThat(references(claim(BOB, NOW.plusSeconds(2)))).containsExactly("1");
    }

    @Test
    void whatIsAddedToASleepingQueueDoesNotWakeItUnlessToldTo() {
        store.add(List.of(order(BOB, "1", Status.of(200))), NOW, false);
        assertThat(store.due(END, 10)).isEmpty();
        store.add(List.of(order(BOB, "2", Status.of(200))), NOW, true);
        assertThat(references(claim(BOB, NOW))).containsExactly("1", "2");
    }

    @Test
    void whatIsPutOffGetsAQueueOfItsOwn() {
        add(AWAY, "1", "2");
        List<Pending> claimed = claim(AWAY, NOW);
        assertThat(store.settle(
                        AWAY,
                        List.of(
                                new Settled(claimed.get(0), new Verdict.PutOff()),
                                new Settled(claimed.get(1), Verdict.over())),
                        NOW,
                        LATER))
                .isFalse();

        assertThat(store.due(NOW.plusSeconds(59), 10)).isEmpty();
        Destination aside =
                new Destination.Aside("away.example", claimed.getFirst().id());
        assertThat(store.due(LATER, 10)).containsExactly(aside);
        assertThat(references(claim(aside, LATER))).containsExactly("1");
    }

    @Test
    void itemsAreFoundListedAndCountedPerUser() {
        add(BOB, "1", "2", "3");
        add(CID, "1");
        ToUser shouted = new ToUser(new UserId("wv:BOB@Home.example"));
        assertThat(store.find(Kind.MESSAGE, shouted, "2"))
                .map(Pending::reference)
                .contains("2");
        assertThat(store.find(Kind.MESSAGE, CID, "2")).isEmpty();
        assertThat(store.find(Kind.REPORT, BOB, "2")).isEmpty();
        assertThat(references(store.list(Kind.MESSAGE, BOB, 2))).containsExactly("1", "2");
        assertThat(store.counts(Kind.MESSAGE, List.of(BOB, CID, new ToUser(new UserId("wv:dan@home.example")))))
                .containsEntry(BOB, 3)
                .containsEntry(CID, 1)
                .hasSize(2);
    }

    @Test
    void expiredItemsAreGivenTheEldestFirst() {
        add(BOB, "1");
        store.add(
                List.of(new Pending.Order(Kind.MESSAGE, CID, "lane", "2", Status.of(200), NOW.plusSeconds(5))),
                NOW,
                false);
        assertThat(store.expired(NOW, 10)).isEmpty();
        assertThat(references(store.expired(END, 10))).containsExactly("2", "1");
    }

    @Test
    void onePrimitiveForManyIsKeptOnceAndGoesWithTheLast() {
        store.add(List.of(order(BOB, "1", Status.of(531)), order(CID, "1", Status.of(531))), NOW, true);
        assertThat(primitives()).isEqualTo(1);
        settle(BOB, claim(BOB, NOW), Verdict.over(), NOW);
        assertThat(claim(CID, NOW).getFirst().primitive()).isEqualTo(Status.of(531));
        settle(CID, claim(CID, LATER), Verdict.over(), LATER);
        assertThat(primitives()).isZero();
    }

    private int primitives() {
        return database.read(handle -> handle.select("SELECT COUNT(*) FROM pending_primitive")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void nothingIsLostOrDoubledWhenManyAddToAQueueThatIsBeingEmptied() throws Exception {
        int writers = 4;
        int each = 25;
        List<String> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        add(AWAY, writer + "-" + i);
                    }
                }));
            }
            while (!running.stream().allMatch(Future::isDone) || store.count(Kind.RELAYED_MESSAGE, AWAY) > 0) {
                List<Pending> batch = store.claim(AWAY, NOW, LATER, 7);
                seen.addAll(references(batch));
                if (!batch.isEmpty()) {
                    settle(AWAY, batch, Verdict.over(), NOW);
                }
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(seen).hasSize(writers * each).doesNotHaveDuplicates();
        assertThat(primitives()).isZero();
    }

    @Test
    void keysAreReadBackAsTheDestinationsThatTheyName() {
        for (Destination one : List.of(AWAY, BOB, new Destination.Aside("away.example", 7))) {
            assertThat(Destination.of(one.key())).isEqualTo(one);
        }
        assertThat(Optional.of(new ToDomain("AWAY.example"))).contains(AWAY);
    }
}
