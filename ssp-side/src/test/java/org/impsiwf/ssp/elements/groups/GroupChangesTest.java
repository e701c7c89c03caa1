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
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.own;
import static org.impsiwf.ssp.elements.groups.GroupWorld.properties;
import static org.impsiwf.ssp.elements.groups.GroupWorld.value;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscriptionStatus;
import org.impsiwf.ssp.primitives.GroupPrimitive.UnsubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties, and who is told of what changes in a group. */
class GroupChangesTest {

    @AutoClose
    private final GroupWorld world = new GroupWorld();

    @BeforeEach
    void makeTeam() {
        world.team("Name", "The team");
    }

    private static SetGroupPropsRequest set(UserId user, GroupProperties group) {
        return new SetGroupPropsRequest(meta(user), TEAM, Optional.of(group), Optional.empty());
    }

    private static SetGroupPropsRequest setOwn(UserId user, OwnProperties own) {
        return new SetGroupPropsRequest(meta(user), TEAM, Optional.empty(), Optional.of(own));
    }

    private GetGroupPropsResponse props(UserId user) {
        return (GetGroupPropsResponse) world.ask(user, new GetGroupPropsRequest(meta(user), TEAM));
    }

    private List<Property> groupProps(UserId user) {
        return props(user).groupPropList().properties();
    }

    @Test
    @Tag("SSP-419")
    @Tag("tx:GetGroupProps")
    @Tag("IMPS-SSP-GRSE-S-005")
    void thePropertiesOfTheGroupAndOnesOwnAreToldTogether() {
        world.join(DAN, BOB);
        GetGroupPropsResponse dans = props(DAN);
        assertThat(dans.statusInfo().statusCode()).isEqualTo(200);
        assertThat(value(dans.groupPropList().properties(), "Name")).isEqualTo("The team");
        assertThat(value(dans.groupPropList().properties(), "Type")).isEqualTo("Private");
        assertThat(value(dans.groupPropList().properties(), "ActiveUsers")).isEqualTo("2");
        assertThat(value(dans.ownPropList().properties(), "PrivilegeLevel")).isEqualTo("User");
        assertThat(value(props(ANN).ownPropList().properties(), "PrivilegeLevel"))
                .isEqualTo("Admin");
    }

    @Test
    @Tag("tx:GetGroupProps")
    @Tag("status:800")
    void aGroupThatIsNotThereHasNoProperties() {
        assertThat(world.code(DAN, new GetGroupPropsRequest(meta(DAN), NOWHERE)))
                .isEqualTo(800);
    }

    @Test
    @Tag("SSP-419")
    @Tag("tx:GetGroupProps")
    @Tag("status:816")
    void thePropertiesOfARestrictedGroupAreNotForStrangers() {
        GetGroupPropsRequest dans = new GetGroupPropsRequest(meta(DAN), TEAM);
        assertThat(world.ask(DAN, dans)).isInstanceOf(GetGroupPropsResponse.class);
        world.ask(ANN, set(ANN, properties("AccessType", "Restricted")));
        assertThat(world.code(DAN, dans)).isEqualTo(816);
        world.add(DAN);
        assertThat(world.ask(DAN, dans)).isInstanceOf(GetGroupPropsResponse.class);
    }

    @ParameterizedTest(name = "group {0}, own {1} SSP-420 [tx:SetGroupProps] IMPS-SSP-GRSE-S-005")
    @CsvSource({"true,false", "false,true", "true,true"})
    void groupAndOwnPropertiesAreSetAloneAndTogether(boolean ofGroup, boolean ofUser) {
        world.join(ANN);
        SetGroupPropsRequest request = new SetGroupPropsRequest(
                meta(ANN),
                TEAM,
                ofGroup ? Optional.of(properties("Topic", "plans", "minimumage", "18")) : Optional.empty(),
                ofUser ? Optional.of(own("AutoJoin", "T", "PrivateMessaging", "F")) : Optional.empty());
        assertThat(world.code(ANN, request)).isEqualTo(200);
        assertThat(value(groupProps(BOB), "Topic")).isEqualTo(ofGroup ? "plans" : "");
        assertThat(value(groupProps(BOB), "MinimumAge")).isEqualTo(ofGroup ? "18" : "0");
        assertThat(value(groupProps(BOB), "Name")).isEqualTo("The team");
        assertThat(value(props(ANN).ownPropList().properties(), "AutoJoin")).isEqualTo(ofUser ? "T" : "F");
        assertThat(value(props(ANN).ownPropList().properties(), "PrivateMessaging"))
                .isEqualTo(ofUser ? "F" : "T");
    }

    @Test
    @Tag("tx:SetGroupProps")
    @Tag("status:800")
    void aGroupThatIsNotThereTakesNoProperties() {
        SetGroupPropsRequest request =
                new SetGroupPropsRequest(meta(ANN), NOWHERE, Optional.of(properties("Topic", "x")), Optional.empty());
        assertThat(world.code(ANN, request)).isEqualTo(800);
    }

    @ParameterizedTest(name = "{0} = {1} [tx:SetGroupProps] [status:806]")
    @CsvSource({"Colour, red", "History, some", "Type, Public", "ActiveUsers, 1"})
    void whatAGroupCannotHaveChangesNothingAtAll(String name, String value) {
        SetGroupPropsRequest request = new SetGroupPropsRequest(
                meta(ANN),
                TEAM,
                Optional.of(properties("Topic", "new", name, value)),
                Optional.of(own("AutoJoin", "T")));
        assertThat(world.code(ANN, request)).isEqualTo(806);
        assertThat(value(groupProps(ANN), "Topic")).isEmpty();
        assertThat(value(props(ANN).ownPropList().properties(), "AutoJoin")).isEqualTo("F");
    }

    @Test
    @Tag("tx:SetGroupProps")
    @Tag("status:806")
    void nobodyRaisesItsOwnLevel() {
        world.join(BOB);
        assertThat(world.code(BOB, setOwn(BOB, own("PrivilegeLevel", "Admin")))).isEqualTo(806);
    }

    @Test
    @Tag("SSP-420")
    @Tag("tx:SetGroupProps")
    @Tag("status:816")
    void onlyAdministratorsSetThePropertiesOfTheGroupAndOnlyItsUsersTheirOwn() {
        world.join(DAN);
        world.add(BOB);
        world.makeModerator(BOB);
        assertThat(world.code(DAN, set(DAN, properties("Topic", "mine")))).isEqualTo(816);
        assertThat(world.code(BOB, set(BOB, properties("Topic", "mine")))).isEqualTo(816);
        assertThat(world.code(FAY, setOwn(FAY, own("AutoJoin", "T")))).isEqualTo(816);
        assertThat(world.code(DAN, setOwn(DAN, own("AutoJoin", "T")))).isEqualTo(200);
        assertThat(value(groupProps(ANN), "Topic")).isEmpty();
    }

    @Test
    @Tag("SSP-426")
    @Tag("tx:SetGroupProps")
    @Tag("status:822")
    void aGroupThatCanBeFoundKeepsANameOrATopic() {
        assertThat(world.code(ANN, set(ANN, properties("Searchable", "T")))).isEqualTo(200);
        assertThat(world.code(ANN, set(ANN, properties("Name", "")))).isEqualTo(822);
        assertThat(world.code(ANN, set(ANN, properties("Name", "", "Topic", "plans"))))
                .isEqualTo(200);
    }

    interface Request {
        Primitive of(UserId user, GroupId group);
    }

    static Stream<Arguments> subscriptionRequests() {
        return Stream.of(
                Arguments.of("tx:SubscribeGroupChange", (Request)
                        (user, group) -> new SubscribeGroupChangeRequest(meta(user), group)),
                Arguments.of("tx:UnsubscribeGroupChange", (Request)
                        (user, group) -> new UnsubscribeGroupChangeRequest(meta(user), group)),
                Arguments.of("tx:GetGroupSubStatus", (Request)
                        (user, group) -> new GetGroupSubStatusRequest(meta(user), group)));
    }

    @ParameterizedTest(name = "[{0}] [status:800]", quoteTextArguments = false)
    @MethodSource("subscriptionRequests")
    void theGroupHasToBeThere(String transaction, Request request) {
        assertThat(world.code(DAN, request.of(DAN, NOWHERE))).isEqualTo(800);
    }

    @ParameterizedTest(name = "[{0}] [status:808]", quoteTextArguments = false)
    @MethodSource("subscriptionRequests")
    void theUserHasToBeJoined(String transaction, Request request) {
        world.add(DAN);
        assertThat(world.code(DAN, request.of(DAN, TEAM))).isEqualTo(808);
    }

    private SubscriptionStatus subscription(UserId user) {
        Primitive answer = world.ask(user, new GetGroupSubStatusRequest(meta(user), TEAM));
        return ((GetGroupSubStatusResponse) answer).subscriptionStatus();
    }

    @Test
    @Tag("tx:SubscribeGroupChange")
    @Tag("tx:UnsubscribeGroupChange")
    @Tag("tx:GetGroupSubStatus")
    @Tag("IMPS-SSP-GRSE-S-007")
    void aSubscriptionCanBeMadeAskedForAndEnded() {
        world.join(DAN);
        assertThat(subscription(DAN)).isEqualTo(SubscriptionStatus.UNSUBSCRIBED);
        assertThat(world.code(DAN, new SubscribeGroupChangeRequest(meta(DAN), TEAM)))
                .isEqualTo(200);
        assertThat(subscription(DAN)).isEqualTo(SubscriptionStatus.SUBSCRIBED);
        assertThat(world.code(DAN, new UnsubscribeGroupChangeRequest(meta(DAN), TEAM)))
                .isEqualTo(200);
        assertThat(subscription(DAN)).isEqualTo(SubscriptionStatus.UNSUBSCRIBED);
        world.sap.forget();
        world.join(BOB);
        assertThat(world.notices()).isEmpty();
    }

    @Test
    void aSubscriptionEndsWithTheJoiningAndWithTheSession() {
        world.joinSubscribing(DAN, BOB);
        world.leave(DAN, TEAM);
        world.join(DAN);
        assertThat(subscription(DAN)).isEqualTo(SubscriptionStatus.UNSUBSCRIBED);

        world.element().sessionEnded(BOB, Optional.empty());
        assertThat(subscription(BOB)).isEqualTo(SubscriptionStatus.SUBSCRIBED);
        world.sap.offline(BOB);
        world.element().sessionEnded(BOB, Optional.empty());
        assertThat(subscription(BOB)).isEqualTo(SubscriptionStatus.UNSUBSCRIBED);
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    void whoHasGoneWithoutAWordIsTakenOutAndTheOthersAreTold() {
        world.joinSubscribing(DAN);
        world.join(BOB);
        world.sap.forget();

        world.element().departed(TEAM, List.of(BOB, CID));
        assertThat(world.notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.leftUserScreenNameList()).containsExactly("bob"));
        assertThat(world.store.joined(TEAM)).extracting(Participant::user).containsExactly(DAN);
        world.element().departed(NOWHERE, List.of(BOB));
    }

    @Test
    @Tag("SSP-422")
    @Tag("SSP-423")
    @Tag("tx:NotifyGroupChange")
    @Tag("IMPS-SSP-GRSE-S-008")
    void whoHasSubscribedHearsWhoComesAndGoes() {
        world.joinSubscribing(BOB);
        world.join(CID);
        world.sap.forget();

        world.join(DAN);
        assertThat(world.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.groupId()).isEqualTo(TEAM);
            assertThat(notice.subscribingUserIdList()).containsExactly(User.of(BOB));
            assertThat(notice.joinedUserScreenNameList()).containsExactly("dan");
            assertThat(notice.leftUserScreenNameList()).isEmpty();
            assertThat(notice.groupPropList()).isEmpty();
        });

        world.sap.forget();
        world.leave(DAN, TEAM);
        assertThat(world.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.leftUserScreenNameList()).containsExactly("dan");
            assertThat(notice.joinedUserScreenNameList()).isEmpty();
        });
    }

    @Test
    @Tag("SSP-422")
    @Tag("SSP-423")
    @Tag("tx:NotifyGroupChange")
    void whoHasSubscribedHearsWhichPropertiesChanged() {
        world.joinSubscribing(BOB, DAN);
        world.sap.forget();
        GroupProperties changes = new GroupProperties(
                properties("Topic", "plans", "Name", "The team").properties(), Optional.of(Content.text("welcome")));
        world.ask(ANN, set(ANN, changes));
        assertThat(world.notices())
                .hasSize(2)
                .allSatisfy(notice -> assertThat(notice.groupPropList())
                        .contains(new GroupProperties(
                                List.of(new Property("Topic", "plans")), Optional.of(Content.text("welcome")))));

        world.sap.forget();
        world.ask(ANN, set(ANN, changes));
        assertThat(world.notices()).isEmpty();
    }

    @Test
    void nobodyIsToldOfItself() {
        world.joinSubscribing(BOB);
        world.leave(BOB, TEAM);
        assertThat(world.notices()).isEmpty();
    }

    @Test
    void oneNoticeGoesToEachDomainHoweverManyOfItsUsersHaveSubscribed() {
        world.joinSubscribing(DAN, EVE, FAY);
        world.sap.forget();
        world.join(BOB);
        assertThat(world.toldTo(GroupChangeNotice.class)).containsExactlyInAnyOrder(List.of(DAN, EVE), List.of(FAY));
        assertThat(world.notices().stream()
                        .map(notice -> notice.subscribingUserIdList().size()))
                .containsExactlyInAnyOrder(2, 1);
    }

    @Test
    @Tag("SSP-424")
    @Tag("SSP-425")
    @Tag("tx:NotifyGroupChange")
    void blockedUsersAreMarkedForThoseWhoBlockedThemAndListedForAll() {
        world.joinSubscribing(BOB, CID);
        world.block(BOB, DAN);
        world.sap.forget();

        world.join(DAN);

        assertThat(notice(BOB).joinedUserScreenNameList()).containsExactly("dan");
        assertThat(notice(BOB).joinedBlockedUsersList()).containsExactly(ScreenName.in(TEAM, "dan"));
        assertThat(notice(CID).joinedUserScreenNameList()).containsExactly("dan");
        assertThat(notice(CID).joinedBlockedUsersList()).isEmpty();

        world.join(FAY);
        world.sap.forget();
        world.ask(ANN, new RemoveGroupMemberRequest(meta(ANN), TEAM, List.of(DAN, FAY)));

        assertThat(notice(BOB).leftUserScreenNameList()).containsExactly("dan", "fay");
        assertThat(notice(BOB).leftBlockedUsersList()).containsExactly(ScreenName.in(TEAM, "dan"));
        assertThat(notice(CID).leftBlockedUsersList()).isEmpty();
        assertThat(world.notices()).hasSize(2);
    }

    @Test
    @Tag("SSP-424")
    void forUsersWhoseBlockListsAreHereTheMarksCrossToTheirDomain() {
        world.sap.complementaryFor(DAN);
        world.joinSubscribing(DAN, EVE);
        world.block(DAN, BOB);
        world.block(EVE, BOB);
        world.sap.forget();
        world.join(BOB);
        assertThat(notice(DAN).joinedBlockedUsersList()).containsExactly(ScreenName.in(TEAM, "bob"));
        assertThat(notice(EVE).joinedBlockedUsersList()).isEmpty();
    }

    private GroupChangeNotice notice(UserId receiver) {
        return world.notices().stream()
                .filter(notice -> notice.subscribingUserIdList().contains(User.of(receiver)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupOfAnotherOwnerIsNotConcerned() {
        GroupId other = new GroupId("wv:bob/other@home.example.com");
        world.ask(BOB, GroupWorld.create(BOB, other));
        world.joinSubscribing(CID);
        world.ask(CID, GroupWorld.subscribing(join(CID, other, "cid")));
        world.sap.forget();
        world.join(DAN);
        assertThat(world.notices()).extracting(GroupChangeNotice::groupId).containsExactly(TEAM);
    }
}
