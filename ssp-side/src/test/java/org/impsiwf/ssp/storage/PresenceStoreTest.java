package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.elements.presence.PresenceStore.Publisher;
import org.impsiwf.ssp.elements.presence.PresenceValues;
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

        assertThat(store.values(ALICE)).isEqualTo(PresenceValues.NONE);
        assertThat(store.lock(ALICE)).isEqualTo(new Publisher(0, PresenceValues.NONE));
        store.save(ALICE, values);

        assertThat(store.values(new UserId("wv:ALICE@example.com"))).isEqualTo(values);
        assertThat(store.lock(ALICE).values()).isEqualTo(values);
        store.save(ALICE, PresenceValues.NONE);
        assertThat(store.values(ALICE)).isEqualTo(PresenceValues.NONE);
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
