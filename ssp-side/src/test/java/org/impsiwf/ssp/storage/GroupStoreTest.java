package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.GroupDirectory.FoundGroup;
import org.impsiwf.ssp.elements.GroupHistory.Page;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.groups.Group;
import org.impsiwf.ssp.elements.groups.GroupProperty;
import org.impsiwf.ssp.elements.groups.GroupRole;
import org.impsiwf.ssp.elements.groups.GroupSettings;
import org.impsiwf.ssp.elements.groups.GroupStore.Creation;
import org.impsiwf.ssp.elements.groups.GroupStore.Joined;
import org.impsiwf.ssp.elements.groups.OwnSettings;
import org.impsiwf.ssp.elements.groups.Participant;
import org.impsiwf.ssp.elements.groups.Participant.Presence;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.MessageInfo.Sender;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Databases.class)
class GroupStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UserId ANN = new UserId("wv:Ann@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");
    private static final GroupId TEAM = new GroupId("wv:Ann/Team@home.example.com");

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    private JdbcGroupStore store;
    private JdbcGroupDirectory directory;

    @BeforeEach
    void open() {
        database = databases.fresh();
        store = new JdbcGroupStore(database);
        directory = new JdbcGroupDirectory(database);
    }

    private static GroupSettings settings(String... propertiesAndValues) {
        GroupSettings settings = GroupSettings.ofDefaults();
        Map<GroupProperty, String> values = new EnumMap<>(settings.values());
        for (int i = 0; i < propertiesAndValues.length; i += 2) {
            values.put(GroupProperty.valueOf(propertiesAndValues[i]), propertiesAndValues[i + 1]);
        }
        return new GroupSettings(values, Optional.of(Content.text("Willkommen, 你好")));
    }

    private static Group group(GroupId id, String... propertiesAndValues) {
        return Group.of(id, Optional.of(ANN), settings(propertiesAndValues), NOON);
    }

    private Group create(Group group) {
        assertThat(store.create(group, 100, 100)).isEqualTo(Creation.CREATED);
        return group;
    }

    private static Participant participant(UserId user, GroupRole role, Presence... presence) {
        return new Participant(
                user,
                role,
                /* rejected= */ false,
                /* invited= */ false,
                Arrays.stream(presence).findFirst(),
                OwnSettings.ofDefaults());
    }

    private static Presence named(String name, boolean subscribed) {
        return new Presence(name, subscribed, NOON, 0);
    }

    @Test
    void attendanceIsAsTheLastTransactionLeftIt() {
        JdbcGroupStore alone = JdbcGroupStore.alone(database);
        assertThat(alone.attendance(TEAM)).isEmpty();
        alone.create(group(TEAM), 100, 100);
        assertThat(alone.attendance(TEAM).orElseThrow().joined()).isEmpty();

        alone.save(TEAM, participant(ANN, GroupRole.ADMINISTRATOR, named("Annie", true)));
        assertThat(joinedTo(alone)).containsExactly(ANN);
        assertThatThrownBy(() -> alone.atomically(() -> {
                    alone.save(TEAM, participant(BOB, GroupRole.ORDINARY, named("Bob", false)));
                    assertThat(joinedTo(alone)).containsExactlyInAnyOrder(ANN, BOB);
                    throw new IllegalStateException("on second thoughts");
                }))
                .hasMessage("on second thoughts");
        assertThat(joinedTo(alone)).containsExactly(ANN);

        alone.delete(TEAM);
        assertThat(alone.attendance(TEAM)).isEmpty();
    }

    @Test
    void whoOfSomeDomainsIsJoinedIsFoundInEveryGroup() {
        UserId dan = new UserId("wv:dan@other.example.com");
        GroupId club = new GroupId("wv:Ann/Club@home.example.com");
        create(group(TEAM));
        create(group(club));
        store.save(TEAM, participant(ANN, GroupRole.ADMINISTRATOR, named("Annie", true)));
        store.save(TEAM, participant(dan, GroupRole.ORDINARY, named("Dan", false)));
        store.save(club, participant(ANN, GroupRole.ADMINISTRATOR));
        store.save(club, participant(BOB, GroupRole.ORDINARY, named("Bob", false)));

        assertThat(store.joinedOf(Set.of("home.example.com", "more.example.com")))
                .containsExactlyInAnyOrder(new Joined(TEAM, ANN), new Joined(club, BOB));
    }

    private static List<UserId> joinedTo(JdbcGroupStore store) {
        return store.attendance(TEAM).orElseThrow().joined().stream()
                .map(Participant::user)
                .toList();
    }

    private static SendMessageRequest message(String id, String text) {
        return new SendMessageRequest(
                MetaInformation.ofUser(new ServiceId("wv:@home.example.com"), ANN),
                /* deliveryReportRequest= */ false,
                new MessageInfo(
                        Optional.of(new MessageId(id)),
                        Optional.empty(),
                        Optional.of("text/plain"),
                        Optional.empty(),
                        Optional.of((long) text.length()),
                        Optional.empty(),
                        List.of(new Recipient(TEAM)),
                        Optional.of(new Sender(TEAM, Optional.of(ScreenName.in(TEAM, "Annie")))),
                        Optional.of(NOON)),
                Optional.of(Content.text(text)));
    }

    @Test
    void aGroupIsReadAsItWasWritten() {
        Group group = create(group(TEAM, "NAME", "Größe 🙂", "TOPIC", "", "MINIMUM_AGE", "18", "VALIDITY", "60"));
        assertThat(store.find(TEAM)).contains(group);
        assertThat(store.find(new GroupId("wv:ann/team@HOME.example.com"))).contains(group);
        Group owned = Group.of(new GroupId("wv:/lobby@home.example.com"), Optional.empty(), settings(), NOON);
        assertThat(create(owned)).isEqualTo(store.find(owned.id()).orElseThrow());
    }

    @Test
    void aParticipantIsReadAsItWasWrittenAndForgottenAsAStranger() {
        create(group(TEAM));
        Participant bob = new Participant(
                BOB,
                GroupRole.MODERATOR,
                /* rejected= */ false,
                /* invited= */ true,
                Optional.of(new Presence("Bøb 🙂", /* subscribed= */ true, NOON, 7)),
                new OwnSettings(/* showId= */ true, /* autoJoin= */ true, /* privateMessaging= */ false));
        store.save(TEAM, bob);
        assertThat(store.participant(TEAM, new UserId("wv:BOB@home.example.com")))
                .contains(bob);
        assertThat(store.withScreenName(TEAM, "bØB 🙂")).contains(bob);
        Participant rejected = new Participant(
                BOB,
                GroupRole.NONE,
                /* rejected= */ true,
                /* invited= */ false,
                Optional.empty(),
                OwnSettings.ofDefaults());
        store.save(TEAM, rejected);
        assertThat(store.participant(TEAM, BOB)).contains(rejected);
        assertThat(store.rejected(TEAM)).containsExactly(BOB);
        assertThat(store.withScreenName(TEAM, "Bøb 🙂")).isEmpty();
        store.save(TEAM, Participant.stranger(BOB));
        assertThat(store.participant(TEAM, BOB)).isEmpty();
    }

    @Test
    void oneNameIsOneUsersInAGroup() {
        create(group(TEAM));
        store.save(TEAM, participant(ANN, GroupRole.NONE, named("Ann", /* subscribed= */ false)));
        assertThatThrownBy(
                        () -> store.save(TEAM, participant(BOB, GroupRole.NONE, named("ANN", /* subscribed= */ false))))
                .isInstanceOf(RuntimeException.class);
        assertThat(store.participant(TEAM, BOB)).isEmpty();
    }

    @Test
    void theListsOfAGroupAreWhatTheyAreCalled() {
        create(group(TEAM));
        UserId cid = new UserId("wv:cid@home.example.com");
        UserId dan = new UserId("wv:dan@home.example.com");
        store.save(TEAM, participant(ANN, GroupRole.ADMINISTRATOR));
        store.save(TEAM, participant(BOB, GroupRole.ORDINARY, named("B", /* subscribed= */ true)));
        store.save(TEAM, participant(cid, GroupRole.NONE, new Presence("C", false, NOON.minusSeconds(1), 0)));
        store.save(TEAM, Participant.stranger(dan));
        assertThat(store.joined(TEAM)).extracting(Participant::user).containsExactly(cid, BOB);
        assertThat(store.members(TEAM)).extracting(Participant::user).containsExactly(ANN, BOB);
        assertThat(store.subscribers(TEAM)).containsExactly(BOB);
        store.unsubscribeEverywhere(BOB);
        assertThat(store.subscribers(TEAM)).isEmpty();
    }

    @Test
    void ownersAndTheServerHaveSoManyGroupsAndDeletedOnesDoNotCount() {
        assertThat(store.create(group(TEAM), 2, 3)).isEqualTo(Creation.CREATED);
        assertThat(store.create(group(TEAM), 2, 3)).isEqualTo(Creation.EXISTS);
        GroupId second = new GroupId("wv:ann/2@home.example.com");
        GroupId third = new GroupId("wv:ann/3@home.example.com");
        assertThat(store.create(group(second), 2, 3)).isEqualTo(Creation.CREATED);
        assertThat(store.create(group(third), 2, 3)).isEqualTo(Creation.TOO_MANY_OF_OWNER);
        Group servers = Group.of(new GroupId("wv:/4@home.example.com"), Optional.empty(), settings(), NOON);
        assertThat(store.create(servers, 2, 3)).isEqualTo(Creation.CREATED);
        Group more = Group.of(new GroupId("wv:/5@home.example.com"), Optional.empty(), settings(), NOON);
        assertThat(store.create(more, 2, 3)).isEqualTo(Creation.TOO_MANY_OF_SERVER);
        store.delete(second);
        store.delete(second);
        assertThat(store.create(group(third), 2, 3)).isEqualTo(Creation.CREATED);
        assertThat(store.create(more, 2, 3)).isEqualTo(Creation.TOO_MANY_OF_SERVER);
    }

    @Test
    void fromManyWhoMakeGroupsAtOnceNoMoreSucceedThanMay() throws Exception {
        List<Callable<Creation>> wishes = IntStream.range(0, 12)
                .mapToObj(i -> (Callable<Creation>)
                        () -> store.create(group(new GroupId("wv:ann/" + i + "@home.example.com")), 5, 100))
                .toList();
        List<Creation> outcomes = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Creation> done : executor.invokeAll(wishes)) {
                outcomes.add(done.get());
            }
        }
        assertThat(outcomes).filteredOn(Creation.CREATED::equals).hasSize(5);
        assertThat(outcomes).filteredOn(Creation.TOO_MANY_OF_OWNER::equals).hasSize(7);
    }

    @Test
    void whatIsDecidedUnderTheLockIsDecidedOneAfterTheOther() throws Exception {
        create(group(TEAM));
        List<Callable<Group>> posts = IntStream.range(0, 20)
                .mapToObj(i -> (Callable<Group>) () -> store.atomically(() -> {
                    Group now = store.lock(TEAM).orElseThrow();
                    Group next = new Group(
                            now.id(),
                            now.owner(),
                            now.settings(),
                            now.conversation(),
                            now.created(),
                            now.joined(),
                            now.known(),
                            now.namesMade(),
                            now.lastMessage() + 1);
                    store.save(next);
                    return next;
                }))
                .toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Group> done : executor.invokeAll(posts)) {
                done.get();
            }
        }
        assertThat(store.find(TEAM).orElseThrow().lastMessage()).isEqualTo(20);
    }

    @Test
    void whatFailsInTheMiddleHasNotHappened() {
        assertThatThrownBy(() -> store.atomically(() -> {
                    store.create(group(TEAM), 100, 100);
                    store.save(TEAM, participant(ANN, GroupRole.ADMINISTRATOR));
                    throw new ArithmeticException();
                }))
                .isInstanceOf(ArithmeticException.class);
        assertThat(store.find(TEAM)).isEmpty();
        assertThat(store.create(group(TEAM), 1, 1)).isEqualTo(Creation.CREATED);
    }

    @Test
    void groupsWhoseTimeIsOverAreFound() {
        create(group(TEAM, "VALIDITY", "60"));
        create(group(new GroupId("wv:ann/long@home.example.com"), "VALIDITY", "600"));
        create(group(new GroupId("wv:ann/ever@home.example.com")));
        assertThat(store.expired(NOON.plusSeconds(59), 10)).isEmpty();
        assertThat(store.expired(NOON.plusSeconds(60), 10)).containsExactly(TEAM);
        assertThat(store.expired(NOON.plus(Duration.ofDays(1)), 1)).containsExactly(TEAM);
    }

    @Test
    void messagesAreKeptInOrderNewestOnlyAndOnce() {
        create(group(TEAM));
        for (int i = 1; i <= 5; i++) {
            store.keep(TEAM, i, message("m" + i, "text " + i), 3);
        }
        store.keep(TEAM, 6, message("m5", "text 5"), 4);
        Page page = store.history(TEAM, 0, 10);
        assertThat(page.messages())
                .containsExactly(message("m3", "text 3"), message("m4", "text 4"), message("m5", "text 5"));
        assertThat(store.history(TEAM, 3, 1)).isEqualTo(new Page(List.of(message("m5", "text 5")), 2));
        assertThat(store.kept(new MessageId("m4"))).singleElement().satisfies(kept -> {
            assertThat(kept.group()).isEqualTo(TEAM);
            assertThat(kept.number()).isEqualTo(4);
        });
        assertThat(store.kept(new MessageId("M4"))).isEmpty();
    }

    @Test
    void aMessageMayLieElsewhere() {
        create(group(TEAM));
        MessageInfo info = message("m1", "x").messageInfo();
        SendMessageRequest elsewhere = new SendMessageRequest(
                MetaInformation.ofUser(new ServiceId("wv:@home.example.com"), ANN),
                /* deliveryReportRequest= */ false,
                new MessageInfo(
                        info.messageId(),
                        Optional.of("http://content.example.com/1"),
                        Optional.empty(),
                        Optional.of("a.png"),
                        Optional.empty(),
                        Optional.empty(),
                        info.recipients(),
                        info.sender(),
                        info.dateTime()),
                Optional.empty());
        store.keep(TEAM, 1, elsewhere, 3);
        assertThat(store.history(TEAM, 0, 10).messages()).containsExactly(elsewhere);
    }

    @Test
    void whatSearchesFindFollowsTheSettings() {
        Group group = create(group(TEAM, "NAME", "Chess club", "SEARCHABLE", "T", "MINIMUM_AGE", "16"));
        store.save(TEAM, participant(BOB, GroupRole.NONE, named("B", /* subscribed= */ false)));
        assertThat(directory.candidates(SearchElement.GROUP_NAME, "ESS CL", 10)).hasSize(1);
        assertThat(directory.candidates(SearchElement.GROUP_ID, "team", 10)).hasSize(1);
        assertThat(directory.candidates(SearchElement.GROUP_USER_ID_OWNER, "wv:ann@home.example.com", 10))
                .containsExactly(TEAM);
        assertThat(directory.candidates(SearchElement.GROUP_USER_ID_JOINED, "bob@home.example.com", 10))
                .containsExactly(TEAM);
        assertThat(directory.candidates(SearchElement.GROUP_USER_ID_AUTOJOIN, "bob@home.example.com", 10))
                .isEmpty();
        assertThat(directory.describe(List.of(TEAM, new GroupId("wv:/gone@home.example.com")), BOB))
                .containsExactly(new FoundGroup(
                        TEAM,
                        "Chess club",
                        "",
                        /* searchable= */ true,
                        OptionalInt.of(16),
                        /* joined= */ true,
                        /* owner= */ false,
                        /* autoJoin= */ false));
        assertThat(directory.describe(List.of(TEAM), ANN).getFirst().owner()).isTrue();

        store.saveSettings(new Group(
                TEAM,
                group.owner(),
                settings("NAME", "Go club", "TOPIC", "stones", "SEARCHABLE", "T"),
                group.conversation(),
                group.created(),
                0,
                0,
                0,
                0));
        assertThat(directory.candidates(SearchElement.GROUP_NAME, "chess", 10)).isEmpty();
        assertThat(directory.candidates(SearchElement.GROUP_TOPIC, "stone", 10)).hasSize(1);
        store.delete(TEAM);
        assertThat(directory.candidates(SearchElement.GROUP_TOPIC, "stone", 10)).isEmpty();
        assertThat(directory.candidates(SearchElement.GROUP_USER_ID_JOINED, BOB.value(), 10))
                .isEmpty();
    }

    @Test
    void anAddressThatIsTooLongIsABadParameter() {
        GroupId endless = new GroupId("wv:" + "x".repeat(300) + "@home.example.com");
        assertThatThrownBy(() -> store.find(endless))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.status().statusCode()).isEqualTo(402));
    }
}
