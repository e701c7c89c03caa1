package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.presence.Owed;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.elements.presence.PresenceStore.Publisher;
import org.impsiwf.ssp.elements.presence.Subscription;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Databases.class)
class PresenceStoreTest {

    private static final UserId ALICE = new UserId("wv:alice@example.com");
    private static final UserId BOB = new UserId("wv:bob@example.com");
    private static final UserId CAROL = new UserId("wv:carol@example.org");
    private static final ContactListId FRIENDS = new ContactListId("wv:alice/friends@example.com");
    private static final AttributeSet MOOD = AttributeSet.of(PresenceAttribute.STATUS_MOOD);

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    private JdbcPresenceStore store;

    @BeforeEach
    void open() {
        database = databases.fresh();
        store = new JdbcPresenceStore(database);
    }

    @Test
    void valuesComeBackAsSaved() {
        PresenceSubList values = PresenceDomain.every("à la <carte> & \"more\" \uD83D\uDE00");

        assertThat(store.values(ALICE)).isEqualTo(PresenceSubList.NONE);
        assertThat(store.lock(ALICE)).isEqualTo(new Publisher(0, PresenceSubList.NONE));
        store.save(ALICE, values);

        assertThat(store.values(new UserId("wv:ALICE@example.com"))).isEqualTo(values);
        assertThat(store.lock(ALICE).values()).isEqualTo(values);
        store.save(ALICE, PresenceSubList.NONE);
        assertThat(store.values(ALICE)).isEqualTo(PresenceSubList.NONE);
    }

    @Test
    void subscriptionsAreFoundFromBothSides() {
        Subscription one = new Subscription(ALICE, BOB, AttributeSet.ALL, MOOD, false, true);
        Subscription suspended = new Subscription(ALICE, CAROL, MOOD, AttributeSet.NONE, true, false);
        Subscription back = new Subscription(BOB, ALICE, MOOD, MOOD, false, true);
        store.put(one);
        store.put(suspended);
        store.put(back);

        assertThat(store.find(ALICE, BOB)).contains(one);
        assertThat(store.find(BOB, CAROL)).isEmpty();
        assertThat(store.watchersOf(ALICE)).containsExactly(one, suspended);
        assertThat(store.watchersOf(ALICE, List.of(CAROL, ALICE))).containsExactly(suspended);
        assertThat(store.subscriptionsOf(BOB)).containsExactly(one);
        assertThat(store.subscriptionsOf(ALICE, List.of(BOB, CAROL))).containsExactly(back);
        assertThat(store.subscriptionsOf(ALICE, List.of())).isEmpty();
        assertThat(store.countSubscriptionsOf(CAROL)).isEqualTo(1);
    }

    @Test
    void watchersOfPublishersHereAreCounted() {
        store.lock(ALICE);
        store.put(new Subscription(ALICE, BOB, MOOD, MOOD, false, true));
        store.put(new Subscription(ALICE, BOB, AttributeSet.ALL, MOOD, true, true));
        store.put(new Subscription(ALICE, CAROL, MOOD, MOOD, false, true));
        assertThat(store.lock(ALICE).watchers()).isEqualTo(2);

        store.remove(ALICE, BOB);
        store.remove(ALICE, BOB);
        assertThat(store.lock(ALICE).watchers()).isEqualTo(1);
        assertThat(store.watchersOf(ALICE)).extracting(Subscription::watcher).containsExactly(CAROL);
    }

    @Test
    void listsWithAutomaticSubscriptionAreKept() {
        store.putList(FRIENDS, ALICE, MOOD);
        store.putList(FRIENDS, ALICE, AttributeSet.ALL);

        assertThat(store.asked(new ContactListId("wv:Alice/friends@example.com")))
                .contains(AttributeSet.ALL);
        assertThat(store.listsOf(ALICE)).containsExactly(FRIENDS);

        store.removeList(FRIENDS);
        assertThat(store.asked(FRIENDS)).isEmpty();
        assertThat(store.listsOf(ALICE)).isEmpty();
    }

    @Test
    void watchersAreFoundByDomain() {
        Subscription one = new Subscription(ALICE, CAROL, MOOD, MOOD, false, true);
        store.put(one);
        store.put(new Subscription(ALICE, BOB, MOOD, MOOD, false, true));
        store.put(new Subscription(BOB, CAROL, MOOD, MOOD, false, true));

        assertThat(store.watchersIn("example.org", ALICE)).containsExactly(one);
        assertThat(store.watchersIn("example.net", ALICE)).isEmpty();
    }

    @Test
    void whatADomainIsOwedAddsUpUntilItIsPaid() {
        AttributeSet text = AttributeSet.of(PresenceAttribute.STATUS_TEXT);
        store.owe("example.org", ALICE, Optional.empty(), MOOD);
        Owed first = store.owedTo("example.org", 10).getFirst();
        store.owe("example.org", ALICE, Optional.empty(), text);
        store.owe("example.org", ALICE, Optional.of(CAROL), text);
        store.owe("example.net", ALICE, Optional.empty(), text);

        store.paid(first);

        List<Owed> left = store.owedTo("example.org", 10);
        assertThat(left)
                .extracting(Owed::watcher, Owed::attributes)
                .containsExactlyInAnyOrder(tuple(Optional.empty(), MOOD.plus(text)), tuple(Optional.of(CAROL), text));
        assertThat(store.domainsOwed()).containsExactlyInAnyOrder("example.org", "example.net");
        left.forEach(store::paid);
        assertThat(store.owedTo("example.org", 10)).isEmpty();
        assertThat(store.domainsOwed()).containsExactly("example.net");
    }

    @Test
    void watchersThatComeAtTheSameTimeAreAllCounted() throws Exception {
        List<UserId> many = IntStream.range(0, 30)
                .mapToObj(i -> new UserId("wv:u" + i + "@example.com"))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (UserId watcher : many) {
                running.add(threads.submit(() -> store.inTransaction(() -> {
                    store.lock(ALICE);
                    store.put(new Subscription(ALICE, watcher, MOOD, MOOD, false, true));
                    return true;
                })));
            }
            for (Future<Boolean> one : running) {
                one.get();
            }
        }

        assertThat(store.lock(ALICE).watchers()).isEqualTo(many.size());
        assertThat(store.watchersOf(ALICE, many)).hasSize(many.size());
    }
}
