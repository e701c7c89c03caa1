package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.EVE;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.NOWHERE;
import static org.impsiwf.ssp.elements.groups.GroupWorld.TEAM;
import static org.impsiwf.ssp.elements.groups.GroupWorld.aged;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.listing;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.own;
import static org.impsiwf.ssp.elements.groups.GroupWorld.properties;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoiningTest {

    @AutoClose
    private final GroupWorld world = new GroupWorld();

    private JoinGroupResponse joined(UserId user, JoinGroupRequest request) {
        return (JoinGroupResponse) world.ask(user, request);
    }

    private static JoinGroupRequest joinWith(UserId user, String ownName, String ownValue) {
        return new JoinGroupRequest(
                meta(user),
                TEAM,
                /* joinedRequest= */ false,
                Optional.empty(),
                /* subscribeNotif= */ false,
                Optional.of(own(ownName, ownValue)),
                Optional.empty());
    }

    private static JoinGroupRequest namelessly(UserId user) {
        return new JoinGroupRequest(
                meta(user),
                TEAM,
                /* joinedRequest= */ false,
                Optional.empty(),
                /* subscribeNotif= */ false,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    @Tag("SSP-406")
    @Tag("tx:JoinGroup")
    @Tag("IMPS-SSP-GRSE-S-002")
    void theNameThatWasAskedForIsUsedAndNotRepeated() {
        world.team();
        JoinGroupResponse response = joined(DAN, join(DAN, TEAM, "Bob"));
        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(response.screenName()).isEmpty();
        assertThat(world.store.withScreenName(TEAM, "Bob").orElseThrow().user()).isEqualTo(DAN);
    }

    @ParameterizedTest(name = "{0} SSP-406 SSP-409 [tx:JoinGroup]")
    @ValueSource(strings = {"Bob", "bob", " Bob "})
    void aNameThatIsTakenBecomesAnotherOneAndItsUserIsTold(String second) {
        world.team();
        joined(DAN, join(DAN, TEAM, "Bob"));
        ScreenName made = joined(BOB, join(BOB, TEAM, second)).screenName().orElseThrow();
        assertThat(made.groupId()).contains(TEAM);
        assertThat(made.name()).isNotEqualToIgnoringCase("Bob").startsWithIgnoringCase("bob");
        assertThat(world.store.withScreenName(TEAM, made.name()).orElseThrow().user())
                .isEqualTo(BOB);
    }

    @Test
    @Tag("SSP-407")
    @Tag("SSP-409")
    @Tag("tx:JoinGroup")
    void whoBringsNoNameGetsOneAndIsTold() {
        world.team();
        String bobs = joined(BOB, namelessly(BOB)).screenName().orElseThrow().name();
        String cids = joined(CID, namelessly(CID)).screenName().orElseThrow().name();
        assertThat(bobs).isNotBlank().isNotEqualTo(cids);
    }

    @Test
    @Tag("SSP-408")
    void aThousandUsersOfOneNameHaveAThousandNames() {
        world.team();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            UserId user = new UserId("wv:user" + i + "@b.example.com");
            JoinGroupResponse response = joined(user, join(user, TEAM, "Bob"));
            names.add(response.screenName().map(ScreenName::name).orElse("Bob").toLowerCase(Locale.ROOT));
        }
        assertThat(names).hasSize(1000);
        assertThat(world.store.find(TEAM).orElseThrow().joined()).isEqualTo(1000);
    }

    @Test
    @Tag("SSP-408")
    void manyWhoJoinAtOnceUnderOneNameAreAllInUnderTheirOwn() throws Exception {
        world.team("MaxActiveUsers", "30");
        List<Callable<Integer>> joins = IntStream.range(0, 40)
                .mapToObj(i -> new UserId("wv:user" + i + "@b.example.com"))
                .map(user -> (Callable<Integer>) () -> world.code(user, join(user, TEAM, "Bob")))
                .toList();
        List<Integer> codes = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : executor.invokeAll(joins)) {
                codes.add(done.get());
            }
        }
        assertThat(codes).filteredOn(code -> code == 200).hasSize(30);
        assertThat(codes).filteredOn(code -> code == 817).hasSize(10);
        assertThat(world.joined(TEAM)).hasSize(30);
        assertThat(world.store.find(TEAM).orElseThrow().joined()).isEqualTo(30);
    }

    @Test
    void anotherUserMayAskForANameThatTheServerHasMade() {
        world.team();
        joined(BOB, join(BOB, TEAM, "Bob"));
        joined(DAN, join(DAN, TEAM, "Bob-2"));
        joined(CID, join(CID, TEAM, "Bob"));
        ScreenName next = joined(EVE, join(EVE, TEAM, "Bob")).screenName().orElseThrow();
        assertThat(next.name()).isNotIn("Bob", "Bob-1", "Bob-2");
    }

    @ParameterizedTest(name = "minimum {0}, age {1}: {2} [tx:JoinGroup] SSP-410")
    @CsvSource({"18,17,818", "18,18,200", "18,19,200", "0,3,200"})
    @Tag("SSP-412")
    @Tag("SSP-413")
    @Tag("status:818")
    void theAgeOfWhoJoinsIsCompared(int minimum, int age, int code) {
        world.team("MinimumAge", String.valueOf(minimum));
        assertThat(world.code(DAN, aged(age, join(DAN, TEAM, "Dan")))).isEqualTo(code);
        assertThat(world.joined(TEAM).contains(DAN)).isEqualTo(code == 200);
    }

    @Test
    @Tag("SSP-411")
    @Tag("tx:JoinGroup")
    void withoutAnAgeTheMinimumDoesNotCount() {
        world.team("MinimumAge", "18");
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(200);
    }

    @Test
    @Tag("SSP-415")
    @Tag("tx:JoinGroup")
    void theListOfTheJoinedComesWhenAskedForAndTheWelcomeNoteAlways() {
        Content welcome = Content.text("be kind");
        world.ask(
                ANN,
                new CreateGroupRequest(
                        meta(ANN),
                        TEAM,
                        new GroupProperties(List.of(), Optional.of(welcome)),
                        /* joinGroup= */ true,
                        Optional.of(ScreenName.in(TEAM, "Annie")),
                        /* subscribeNotif= */ false));
        JoinGroupResponse bobs = joined(BOB, join(BOB, TEAM, "Bobby"));
        JoinGroupResponse dans = joined(DAN, listing(join(DAN, TEAM, "Danny")));
        assertThat(bobs.joinedUserScreenNameList()).isEmpty();
        assertThat(bobs.welcomeText()).contains(welcome);
        assertThat(dans.joinedUserScreenNameList()).containsExactlyInAnyOrder("Annie", "Bobby", "Danny");
        assertThat(dans.welcomeText()).contains(welcome);
    }

    @Test
    @Tag("tx:JoinGroup")
    @Tag("status:800")
    void aGroupThatIsNotThereCannotBeJoined() {
        assertThat(world.code(BOB, join(BOB, NOWHERE, "Bob"))).isEqualTo(800);
    }

    @ParameterizedTest(name = "{0} = {1} [tx:JoinGroup] [status:806]")
    @CsvSource({"PrivilegeLevel, Admin", "AutoJoin, sometimes", "Colour, red"})
    void ownPropertiesThatAUserCannotSetAreRefused(String name, String value) {
        world.team();
        assertThat(world.code(BOB, joinWith(BOB, name, value))).isEqualTo(806);
        assertThat(world.joined(TEAM)).isEmpty();
    }

    @Test
    @Tag("tx:JoinGroup")
    @Tag("status:807")
    void nobodyJoinsTwice() {
        world.team();
        world.join(BOB);
        assertThat(world.code(BOB, join(BOB, TEAM, "Robert"))).isEqualTo(807);
        assertThat(world.store.withScreenName(TEAM, "Robert")).isEmpty();
    }

    @Test
    @Tag("SSP-421")
    @Tag("tx:JoinGroup")
    @Tag("status:809")
    void whoIsOnTheRejectListCannotJoin() {
        world.team();
        world.ask(ANN, new RejectListRequest(meta(ANN), TEAM, List.of(DAN), List.of()));
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(809);
        world.ask(ANN, new RejectListRequest(meta(ANN), TEAM, List.of(), List.of(DAN)));
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(200);
    }

    @Test
    @Tag("tx:JoinGroup")
    @Tag("status:816")
    void onlyMembersAndInvitedUsersJoinARestrictedGroup() {
        world.team("AccessType", "Restricted");
        world.add(BOB);
        world.element().groups().invited(TEAM, ANN, CID);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(816);
        assertThat(world.code(BOB, join(BOB, TEAM, "Bob"))).isEqualTo(200);
        assertThat(world.code(CID, join(CID, TEAM, "Cid"))).isEqualTo(200);
        assertThat(world.code(ANN, join(ANN, TEAM, "Ann"))).isEqualTo(200);
    }

    @Test
    @Tag("SSP-304")
    @Tag("tx:JoinGroup")
    @Tag("status:816")
    void whereInvitationsAreRequiredOnlyTheInvitedJoin() {
        world.team("RequireInvitation", "T");
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(816);
        world.element().groups().invited(TEAM, ANN, DAN);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(200);
    }

    @ParameterizedTest(name = "MaxActiveUsers {0}, server {1} [tx:JoinGroup] [status:817]")
    @CsvSource({"2,100", "0,2", "50,2"})
    void aGroupThatIsFullTakesNobody(String most, int server) {
        world.limits = world.limits.withJoinedPerGroup(server);
        world.team("MaxActiveUsers", most);
        world.join(BOB, CID);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(817);
        world.leave(BOB, TEAM);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(200);
    }

    @Test
    void aGroupThatKnowsTooManyTakesNoStranger() {
        world.limits = world.limits.withKnownPerGroup(2);
        world.team();
        world.join(BOB);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(817);
        assertThat(world.code(ANN, join(ANN, TEAM, "Ann"))).isEqualTo(200);
    }

    @Test
    @Tag("SSP-414")
    @Tag("tx:JoinGroup")
    void whoHasJoinedSendsAndReceivesAndNobodyElseDoes() {
        world.team();
        world.join(DAN);
        assertThat(world.post(BOB, TEAM, "m1", "hello").statusCode()).isEqualTo(808);
        world.join(BOB);
        assertThat(world.post(BOB, TEAM, "m1", "hello").statusCode()).isEqualTo(200);
        assertThat(world.outbox)
                .singleElement()
                .satisfies(accepted -> assertThat(accepted.recipients()).containsExactly(DAN));
    }

    @Test
    @Tag("tx:LeaveGroup")
    @Tag("IMPS-SSP-GRSE-S-002")
    void whoLeavesIsOutAndItsNameIsFree() {
        world.team();
        world.join(BOB, DAN);
        LeaveGroupIndication answer = (LeaveGroupIndication) world.ask(DAN, new LeaveGroupRequest(meta(DAN), TEAM));
        assertThat(answer.statusInfo().orElseThrow().statusCode()).isEqualTo(200);
        assertThat(answer.metaInformation()).isEmpty();
        assertThat(answer.leavingUsers()).isEmpty();
        assertThat(world.joined(TEAM)).containsExactly(BOB);
        assertThat(joined(FAY, join(FAY, TEAM, "dan")).screenName()).isEmpty();
    }

    @Test
    @Tag("tx:LeaveGroup")
    @Tag("status:808")
    void nobodyLeavesWhereItIsNot() {
        world.team();
        assertThat(world.code(DAN, new LeaveGroupRequest(meta(DAN), TEAM))).isEqualTo(808);
        assertThat(world.code(DAN, new LeaveGroupRequest(meta(DAN), NOWHERE))).isEqualTo(808);
    }

    @Test
    void aGroupThatDeletesItselfGoesWithItsLastUser() {
        world.team("AutoDelete", "T");
        assertThat(world.store.find(TEAM)).isPresent();
        world.join(BOB, CID);
        world.leave(BOB, TEAM);
        assertThat(world.store.find(TEAM)).isPresent();
        world.leave(CID, TEAM);
        assertThat(world.store.find(TEAM)).isEmpty();
    }

    @Test
    void usersOfAPublicGroupAreNotItsMembers() {
        GroupId lobby = new GroupId("wv:/lobby@home.example.com");
        world.element().createPublic(lobby, properties("Name", "Lobby"), world.now);
        assertThat(world.code(DAN, join(DAN, lobby, "Dan"))).isEqualTo(200);
        assertThat(world.store.members(lobby)).isEmpty();
        assertThat(world.element().groups().administrators(lobby)).isEmpty();
    }
}
