package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.common.AnswerGuard;
import org.impsiwf.ssp.elements.common.PublicField;
import org.impsiwf.ssp.elements.common.PublicFields;
import org.impsiwf.ssp.elements.common.SearchStore.Search;
import org.impsiwf.ssp.elements.common.SubscriptionStore.Subscriber;
import org.impsiwf.ssp.elements.common.SystemMessageStore.Pending;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the common elements' stores, on both databases. */
@ParameterizedClass
@EnumSource(Databases.class)
class CommonStoresTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UserId ANN = new UserId("wv:ann@home.example.com");
    private static final UserId ANN_IN_CAPITALS = new UserId("wv:ANN@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");
    private static final Optional<ClientId> PHONE = Optional.of(ClientId.of("phone"));

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    @BeforeEach
    void open() {
        database = databases.fresh();
    }

    @Test
    void publicProfilesComeBackAsTheyWereSavedForAnySpellingOfTheAddress() {
        JdbcPublicProfiles profiles = new JdbcPublicProfiles(database);
        Map<PublicField, String> values = Map.of(
                PublicField.AGE,
                "30",
                PublicField.CITY,
                "Jyväskylä",
                PublicField.COUNTRY,
                "FI",
                PublicField.FRIENDLY_NAME,
                "Ann 😀",
                PublicField.FREE_TEXT,
                "'; DROP TABLE",
                PublicField.GENDER,
                "F",
                PublicField.INTENTION,
                "%",
                PublicField.INTERESTS,
                "_",
                PublicField.MARITAL_STATUS,
                "S");
        profiles.change(ANN, before -> new PublicFields(values));
        assertThat(profiles.find(List.of(ANN_IN_CAPITALS, BOB)))
                .isEqualTo(Map.of(ANN_IN_CAPITALS, new PublicFields(values)));
        assertThat(profiles.of(BOB)).isEqualTo(PublicFields.NONE);
    }

    @Test
    void aChangeThatIsRefusedChangesNothing() {
        JdbcPublicProfiles profiles = new JdbcPublicProfiles(database);
        profiles.change(ANN, before -> new PublicFields(Map.of(PublicField.CITY, "Oulu")));
        assertThatThrownBy(() -> profiles.change(ANN, before -> {
                    throw Refusal.of(StatusCode.WRONG_VALUE_TYPE);
                }))
                .isInstanceOf(Refusal.class);
        assertThat(profiles.of(ANN).get(PublicField.CITY)).contains("Oulu");
    }

    @Test
    void changesOfOneProfileAtOnceAllCount() throws Exception {
        JdbcPublicProfiles profiles = new JdbcPublicProfiles(database);
        atOnce(4, () -> {
            for (int i = 0; i < 5; i++) {
                profiles.change(
                        ANN,
                        before -> new PublicFields(Map.of(
                                PublicField.AGE, String.valueOf(before.age().orElse(0) + 1))));
            }
        });
        assertThat(profiles.of(ANN).age()).hasValue(20);
    }

    @Test
    void usersAreFoundByEachOfTheirTerms() {
        JdbcPublicProfiles profiles = new JdbcPublicProfiles(database);
        JdbcUserDirectory directory = new JdbcUserDirectory(database, List.of("home.example.com"), profiles);
        JdbcUserStore users = new JdbcUserStore(database);
        users.register(
                Registration.of(ANN_IN_CAPITALS).named("Anna", "Ånd").reachedAt("a@mail.example.com", "+358 1"), NOON);
        users.register(Registration.of(BOB), NOON);
        profiles.change(ANN, before -> new PublicFields(Map.of(PublicField.AGE, "30")));
        new UserTerms(database).aliasIs(BOB, Optional.of("Bobby"));

        assertThat(directory.candidates(SearchElement.USER_ID, "wv:AN", 5)).contains(List.of(ANN));
        assertThat(directory.candidates(SearchElement.USER_LAST_NAME, "å", 5)).contains(List.of(ANN));
        assertThat(directory.candidates(SearchElement.USER_MOBILE_NUMBER, "3581", 5))
                .contains(List.of(ANN));
        assertThat(directory.candidates(SearchElement.USER_AGE_MAX, "30", 5)).contains(List.of(ANN));
        assertThat(directory.candidates(SearchElement.USER_AGE_MIN, "31", 5)).contains(List.of());
        assertThat(directory.candidates(SearchElement.USER_ALIAS, "obb", 5)).contains(List.of(BOB));
        assertThat(directory.candidates(SearchElement.USER_ONLINE_STATUS, "T", 5))
                .isEmpty();
        assertThat(directory.candidates(SearchElement.USER_ID, "@home", 5)).isEmpty();
        assertThat(directory.everybody(1)).hasSize(1);
        assertThat(directory.describe(List.of(ANN, new UserId("wv:ghost@home.example.com"))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.user()).isEqualTo(ANN_IN_CAPITALS);
                    assertThat(found.firstName()).contains("Anna");
                    assertThat(found.profile().age()).hasValue(30);
                });
    }

    @Test
    @Tag("SSP-296")
    void aClientHasOneSearchWithItsHitsInOrder() {
        JdbcSearchStore searches = new JdbcSearchStore(database);
        Search first = new Search(
                new SearchId("1"),
                ANN,
                PHONE,
                2,
                List.of(
                        User.of(BOB),
                        new User(new UserId("sip:x@y"), Optional.of("A name\twith\na break"), Optional.empty()),
                        new GroupId("wv:/chess@home.example.com")),
                NOON);
        searches.start(first);
        assertThat(searches.find(first.id()).orElseThrow().hits())
                .containsExactly(
                        User.of(BOB),
                        new User(new UserId("sip:x@y"), Optional.of("A name with a break"), Optional.empty()),
                        new GroupId("wv:/chess@home.example.com"));
        Search elsewhere = new Search(new SearchId("2"), ANN, Optional.empty(), 2, List.of(), NOON);
        searches.start(elsewhere);
        assertThat(searches.find(first.id())).isPresent();
        searches.start(new Search(new SearchId("3"), ANN, PHONE, 2, List.of(), NOON));
        assertThat(searches.find(first.id())).isEmpty();
        searches.extend(new SearchId("3"), NOON.plusSeconds(9));
        searches.forgetExpired(NOON.plusSeconds(5));
        assertThat(searches.find(new SearchId("3"))).isPresent();
        assertThat(searches.find(elsewhere.id())).isEmpty();
    }

    @Test
    @Tag("SSP-255")
    void subscriptionsAreKeptPerClient() {
        JdbcSubscriptionStore subscriptions = new JdbcSubscriptionStore(database);
        Subscriber phone = new Subscriber(ANN, PHONE);
        Subscriber nameless = new Subscriber(ANN, Optional.empty());
        subscriptions.change(phone, before -> Set.of(NotificationType.GC, NotificationType.PPU));
        subscriptions.change(nameless, before -> Set.of(NotificationType.GC));
        assertThat(subscriptions.wanting(NotificationType.GC, List.of(ANN_IN_CAPITALS, BOB)))
                .containsExactly(nameless, phone);
        assertThat(subscriptions.wanting(NotificationType.PPU, List.of(ANN))).containsExactly(phone);
        subscriptions.change(phone, before -> Set.of());
        assertThat(subscriptions.of(phone)).isEmpty();
        assertThat(subscriptions.of(nameless)).containsExactly(NotificationType.GC);
    }

    @Test
    void everyTypeAtOnceCanBeWanted() {
        JdbcSubscriptionStore subscriptions = new JdbcSubscriptionStore(database);
        subscriptions.change(new Subscriber(ANN, PHONE), before -> Set.of(NotificationType.values()));
        assertThat(subscriptions.of(new Subscriber(ANN, PHONE))).hasSize(NotificationType.values().length);
    }

    @Test
    void systemMessagesWaitForTheirAnswersAWhile() {
        JdbcSystemMessageStore messages = new JdbcSystemMessageStore(database);
        Pending question = new Pending(ANN, "m1", "", Optional.of("key"), Set.of("y", "n"), NOON);
        Pending other = new Pending(ANN, "m2", "peer.example.com", Optional.empty(), Set.of(), NOON.plusSeconds(60));
        messages.put(List.of(question, other));
        assertThat(messages.find(ANN, List.of("m1", "m2", "m1", "m3"))).containsExactlyInAnyOrder(question, other);
        assertThat(messages.find(BOB, List.of("m1"))).isEmpty();
        assertThat(messages.find(ANN, List.of())).isEmpty();
        messages.forgetExpired(NOON.plusSeconds(1));
        assertThat(messages.find(ANN, List.of("m1", "m2"))).containsExactly(other);
        messages.remove(ANN, List.of("m2"));
        assertThat(messages.find(ANN, List.of("m2"))).isEmpty();
    }

    @Test
    void wrongAnswersAtOnceAreAllCounted() throws Exception {
        JdbcSystemMessageStore messages = new JdbcSystemMessageStore(database);
        AnswerGuard.Policy policy = new AnswerGuard.Policy(12, Duration.ofHours(1), Duration.ofMinutes(10));
        atOnce(
                4,
                () -> IntStream.range(0, 3)
                        .forEach(i -> messages.changeGuard(
                                ANN,
                                "",
                                before -> new AnswerGuard(before.wrong() + 1, NOON, NOON.plus(policy.protection())))));
        assertThat(messages.guard(ANN, "")).isEqualTo(new AnswerGuard(12, NOON, NOON.plusSeconds(600)));
        assertThat(messages.guard(ANN, "peer.example.com")).isEqualTo(AnswerGuard.OPEN);
    }

    private static void atOnce(int threads, Runnable work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(work));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }
}
