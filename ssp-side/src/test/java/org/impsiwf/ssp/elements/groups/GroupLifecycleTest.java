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
import static org.impsiwf.ssp.elements.groups.GroupWorld.create;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.properties;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscriptionStatus;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupLifecycleTest {

    @AutoClose
    private final GroupWorld world = new GroupWorld();

    private static GroupId annsGroup(int number) {
        return new GroupId("wv:ann/g" + number + "@home.example.com");
    }

    private static DeleteGroupRequest delete(UserId user) {
        return new DeleteGroupRequest(meta(user), TEAM);
    }

    @ParameterizedTest(name = "Join-Group {0}, Subscribe-Notif {1} [tx:CreateGroup] SSP-403 IMPS-SSP-GRSE-S-001")
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void theCreatorJoinsAndSubscribesAsItWished(boolean joins, boolean subscribes) {
        CreateGroupRequest request = new CreateGroupRequest(
                meta(ANN),
                TEAM,
                properties("Name", "The team", "Topic", "plans", "MinimumAge", "18"),
                joins,
                Optional.of(new ScreenName(Optional.empty(), "Annie")),
                subscribes);
        assertThat(world.code(ANN, request)).isEqualTo(200);

        Group made = world.store.find(TEAM).orElseThrow();
        assertThat(made.settings().value(GroupProperty.NAME)).isEqualTo("The team");
        assertThat(made.settings().value(GroupProperty.TOPIC)).isEqualTo("plans");
        assertThat(made.settings().value(GroupProperty.MINIMUM_AGE)).isEqualTo("18");
        Participant ann = world.store.participant(TEAM, ANN).orElseThrow();
        assertThat(ann.role()).isEqualTo(GroupRole.ADMINISTRATOR);
        assertThat(ann.isJoined()).isEqualTo(joins);
        ann.presence().ifPresent(presence -> assertThat(presence.screenName()).isEqualTo("Annie"));
        Primitive status = world.ask(ANN, new GetGroupSubStatusRequest(meta(ANN), TEAM));
        if (joins) {
            assertThat(((GetGroupSubStatusResponse) status).subscriptionStatus())
                    .isEqualTo(subscribes ? SubscriptionStatus.SUBSCRIBED : SubscriptionStatus.UNSUBSCRIBED);
        } else {
            assertThat(GroupWorld.code(status)).isEqualTo(808);
        }
    }

    @Test
    void theCreatorsOtherClientsCanHearOfIt() {
        world.team();
        assertThat(world.raised).singleElement().satisfies(raised -> {
            assertThat(raised.notice().type()).isEqualTo(NotificationType.GC);
            assertThat(raised.notice().group()).contains(TEAM);
            assertThat(raised.users()).containsExactly(ANN);
        });
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("status:801")
    void aNameIsTakenOnceWhateverItsCase() {
        world.team();
        assertThat(world.code(ANN, create(ANN, new GroupId("wv:ANN/Team@home.example.com"))))
                .isEqualTo(801);
    }

    @ParameterizedTest(name = "{0} = {1} [tx:CreateGroup] [status:806]")
    @CsvSource({
        "Colour, red",
        "Searchable, perhaps",
        "MinimumAge, young",
        "MinimumAge, -1",
        "MaxActiveUsers, 99999999999",
        "AccessType, Ajar",
        "Type, Public",
        "ActiveUsers, 3"
    })
    void propertiesThatAGroupCannotHaveAreRefused(String name, String value) {
        assertThat(world.code(ANN, create(ANN, TEAM, name, value))).isEqualTo(806);
        assertThat(world.store.find(TEAM)).isEmpty();
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("status:814")
    void aUserHasSoManyGroupsAndNoMore() {
        world.limits = world.limits.withGroupsPerUser(2);
        assertThat(world.code(ANN, create(ANN, annsGroup(1)))).isEqualTo(200);
        assertThat(world.code(ANN, create(ANN, annsGroup(2)))).isEqualTo(200);
        assertThat(world.code(ANN, create(ANN, annsGroup(3)))).isEqualTo(814);
        assertThat(world.code(BOB, create(BOB, new GroupId("wv:bob/one@home.example.com"))))
                .isEqualTo(200);

        world.ask(ANN, new DeleteGroupRequest(meta(ANN), annsGroup(1)));
        assertThat(world.code(ANN, create(ANN, annsGroup(3)))).isEqualTo(200);
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("status:815")
    void theServerHasSoManyGroupsAndNoMore() {
        world.limits = world.limits.withGroups(2);
        assertThat(world.code(ANN, create(ANN, annsGroup(1)))).isEqualTo(200);
        assertThat(world.code(BOB, create(BOB, new GroupId("wv:bob/one@home.example.com"))))
                .isEqualTo(200);
        assertThat(world.code(ANN, create(ANN, annsGroup(2)))).isEqualTo(815);
    }

    @Test
    @Tag("SSP-426")
    @Tag("tx:CreateGroup")
    @Tag("status:822")
    void aGroupThatCanBeFoundNeedsANameOrATopic() {
        assertThat(world.code(ANN, create(ANN, TEAM, "Searchable", "T"))).isEqualTo(822);
        assertThat(world.code(ANN, create(ANN, TEAM, "Searchable", "T", "Topic", "plans")))
                .isEqualTo(200);
        assertThat(world.code(ANN, create(ANN, annsGroup(1), "Searchable", "T", "Name", "N")))
                .isEqualTo(200);
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("status:403")
    void nobodyTakesAnothersNamesForGroups() {
        assertThat(world.code(BOB, create(BOB, TEAM))).isEqualTo(403);
        assertThat(world.code(ANN, create(ANN, new GroupId("wv:ann/team@b.example.com"))))
                .isEqualTo(403);
    }

    @Test
    @Tag("SSP-020")
    @Tag("tx:CreateGroup")
    void theUserOfADomainThatHasItsGroupsHereMakesOneUnderItsOwnDomain() {
        GroupId dans = new GroupId("wv:dan/club@b.example.com");
        world.sap.complementaryFor(DAN);
        assertThat(world.code(DAN, create(DAN, dans))).isEqualTo(200);
        assertThat(world.element().groups().isHosted(dans)).isTrue();
        assertThat(world.code(FAY, GroupWorld.join(FAY, dans, "Fay"))).isEqualTo(200);
        assertThat(world.sap.asked()).isEmpty();
    }

    @Test
    @Tag("SSP-404")
    @Tag("SSP-416")
    @Tag("tx:DeleteGroup")
    @Tag("tx:ServerInitiatedLeaveGroup")
    @Tag("IMPS-SSP-GRSE-S-001")
    void deletingPutsOutEverybodyWhoIsJoinedWithOneIndicationPerDomain() {
        world.team();
        world.join(BOB, DAN, EVE, FAY);
        world.add(CID);
        world.sap.forget();

        assertThat(world.code(ANN, delete(ANN))).isEqualTo(200);

        assertThat(world.toldTo(LeaveGroupIndication.class))
                .containsExactlyInAnyOrder(List.of(BOB), List.of(DAN, EVE), List.of(FAY));
        assertThat(world.indications()).allSatisfy(indication -> {
            assertThat(indication.groupId()).contains(TEAM);
            assertThat(indication.metaInformation()).isPresent();
            assertThat(indication.statusInfo()).isEmpty();
            assertThat(indication.reasonText()).isNotBlank();
        });
        assertThat(world.indications().stream()
                        .flatMap(indication -> indication.leavingUsers().stream())
                        .map(User::userId))
                .as("named to other domains; our own users hear that the group has ended")
                .containsExactlyInAnyOrder(DAN, EVE, FAY);
        assertThat(world.store.find(TEAM)).isEmpty();
        assertThat(world.joined(TEAM)).isEmpty();
        assertThat(raisedTo(NotificationType.GD)).containsExactly(ANN);
        assertThat(raisedTo(NotificationType.GR)).containsExactlyInAnyOrder(BOB, CID, DAN, EVE, FAY);
    }

    private List<UserId> raisedTo(NotificationType type) {
        return world.raised.stream()
                .filter(raised -> raised.notice().type() == type)
                .findFirst()
                .orElseThrow()
                .users();
    }

    @Test
    @Tag("tx:DeleteGroup")
    @Tag("status:800")
    void whatIsNotThereCannotBeDeleted() {
        assertThat(world.code(ANN, new DeleteGroupRequest(meta(ANN), NOWHERE))).isEqualTo(800);
    }

    @Test
    @Tag("SSP-405")
    @Tag("tx:DeleteGroup")
    @Tag("status:804")
    void aPublicGroupIsNobodysToDelete() {
        world.element().createPublic(TEAM, properties("Name", "All"), world.now);
        world.join(ANN);
        assertThat(world.code(ANN, delete(ANN))).isEqualTo(804);
        assertThat(world.joined(TEAM)).containsExactly(ANN);
    }

    @Test
    @Tag("SSP-405")
    @Tag("tx:DeleteGroup")
    @Tag("status:816")
    void onlyAdministratorsDelete() {
        world.team();
        world.join(BOB);
        world.add(CID, DAN);
        world.makeModerator(CID);
        assertThat(world.code(BOB, delete(BOB))).isEqualTo(816);
        assertThat(world.code(CID, delete(CID))).isEqualTo(816);
        assertThat(world.code(FAY, delete(FAY))).isEqualTo(816);
        world.makeAdministrator(DAN);
        assertThat(world.code(DAN, delete(DAN))).isEqualTo(200);
    }

    @Test
    void aGroupEndsWhenItsTimeIsOver() {
        world.team("Validity", "3600");
        world.join(BOB);
        world.pass(Duration.ofMinutes(59));
        assertThat(world.store.find(TEAM)).isPresent();

        world.pass(Duration.ofMinutes(1));

        assertThat(world.store.find(TEAM)).isEmpty();
        assertThat(world.indications())
                .singleElement()
                .satisfies(indication -> assertThat(indication.leavingUsers()).isEmpty());
        assertThat(world.toldTo(LeaveGroupIndication.class)).containsExactly(List.of(BOB));
    }

    @Test
    void whatWasDeletedIsForgottenWithEverybodyInIt() {
        world.team("History", "T");
        world.join(BOB);
        world.post(BOB, TEAM, "m1", "hello");
        world.ask(ANN, delete(ANN));
        world.team("History", "T");
        assertThat(world.store.participant(TEAM, BOB)).isEmpty();
        assertThat(world.store.history(TEAM, 0, 10).messages()).isEmpty();
    }
}
