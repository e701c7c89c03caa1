package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.EVE;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.GHOST;
import static org.impsiwf.ssp.elements.groups.GroupWorld.NOWHERE;
import static org.impsiwf.ssp.elements.groups.GroupWorld.TEAM;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.AddGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.MemberAccessRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MemberListsTest {

    @AutoClose
    private final GroupWorld world = new GroupWorld();

    @BeforeEach
    void makeTeam() {
        world.team();
    }

    private static GetGroupMemberRequest get(UserId user, GroupId group) {
        return new GetGroupMemberRequest(meta(user), group);
    }

    private static AddGroupMemberRequest add(UserId user, GroupId group, UserId... others) {
        return new AddGroupMemberRequest(meta(user), group, List.of(others));
    }

    private static RemoveGroupMemberRequest remove(UserId user, GroupId group, UserId... others) {
        return new RemoveGroupMemberRequest(meta(user), group, List.of(others));
    }

    private static MemberAccessRequest moderators(UserId user, GroupId group, UserId... others) {
        return new MemberAccessRequest(meta(user), group, List.of(), List.of(others), List.of());
    }

    private static RejectListRequest reject(UserId user, GroupId group, UserId... others) {
        return new RejectListRequest(meta(user), group, List.of(others), List.of());
    }

    private GroupRole role(UserId user) {
        return world.store.participant(TEAM, user).map(Participant::role).orElse(GroupRole.NONE);
    }

    interface Request {
        Primitive of(UserId user, GroupId group);
    }

    static Stream<Arguments> membershipRequests() {
        return Stream.of(
                Arguments.of("tx:GetGroupMember", (Request) MemberListsTest::get),
                Arguments.of("tx:AddGroupMember", (Request) (user, group) -> add(user, group, EVE)),
                Arguments.of("tx:RemoveGroupMember", (Request) (user, group) -> remove(user, group, CID)),
                Arguments.of("tx:MemberAccess", (Request) (user, group) -> moderators(user, group, CID)));
    }

    @ParameterizedTest(name = "[{0}] [status:800]", quoteTextArguments = false)
    @MethodSource("membershipRequests")
    void theGroupHasToBeThere(String transaction, Request request) {
        assertThat(world.code(ANN, request.of(ANN, NOWHERE))).isEqualTo(800);
    }

    @ParameterizedTest(name = "[{0}] [status:816]", quoteTextArguments = false)
    @MethodSource("membershipRequests")
    void whoIsJoinedWithoutTheRightIsToldSo(String transaction, Request request) {
        world.add(CID);
        world.join(CID, DAN);
        assertThat(world.code(DAN, request.of(DAN, TEAM))).isEqualTo(816);
        assertThat(role(CID)).isEqualTo(GroupRole.ORDINARY);
        assertThat(role(EVE)).isEqualTo(GroupRole.NONE);
    }

    @ParameterizedTest(name = "[{0}] [status:808]", quoteTextArguments = false)
    @MethodSource("membershipRequests")
    void whoIsNotEvenJoinedIsToldThat(String transaction, Request request) {
        world.add(CID);
        assertThat(world.code(DAN, request.of(DAN, TEAM))).isEqualTo(808);
        assertThat(role(CID)).isEqualTo(GroupRole.ORDINARY);
    }

    @ParameterizedTest(name = "[{0}] [status:531]", quoteTextArguments = false)
    @MethodSource("membershipRequests")
    void aUserOfOursWhoIsNotRegisteredIsUnknown(String transaction, Request request) {
        assertThat(world.code(GHOST, request.of(GHOST, TEAM))).isEqualTo(531);
    }

    @Test
    @Tag("tx:GetGroupMember")
    @Tag("IMPS-SSP-GRSE-S-004")
    void membersAreListedByTheirRoles() {
        world.add(BOB, CID, DAN, EVE);
        world.makeAdministrator(EVE);
        world.makeModerator(CID);
        GetGroupMemberResponse response = (GetGroupMemberResponse) world.ask(CID, get(CID, TEAM));
        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(response.userIdListAdm()).containsExactlyInAnyOrder(ANN, EVE);
        assertThat(response.userIdListMod()).containsExactly(CID);
        assertThat(response.userIdList()).containsExactlyInAnyOrder(BOB, DAN);
    }

    @Test
    @Tag("SSP-417")
    @Tag("tx:AddGroupMember")
    @Tag("IMPS-SSP-GRSE-S-004")
    void whoIsAddedIsAnOrdinaryMember() {
        assertThat(world.code(ANN, add(ANN, TEAM, BOB, DAN))).isEqualTo(200);
        assertThat(world.members().userIdList()).containsExactlyInAnyOrder(BOB, DAN);
        assertThat(world.joined(TEAM)).isEmpty();
        assertThat(world.raised.getLast().notice().type()).isEqualTo(NotificationType.GMG);
        assertThat(world.raised.getLast().users()).containsExactly(BOB, DAN);
    }

    @Test
    void addingAgainTakesNothingAway() {
        world.add(BOB);
        world.makeModerator(BOB);
        assertThat(world.code(ANN, add(ANN, TEAM, BOB, ANN))).isEqualTo(200);
        assertThat(role(BOB)).isEqualTo(GroupRole.MODERATOR);
        assertThat(role(ANN)).isEqualTo(GroupRole.ADMINISTRATOR);
    }

    @Test
    @Tag("SSP-435")
    @Tag("tx:AddGroupMember")
    @Tag("status:531")
    void ofSeveralUsersTheUnknownOneIsNamed() {
        Status status = (Status) world.ask(ANN, add(ANN, TEAM, BOB, GHOST, DAN));
        assertThat(status.statusCode()).isEqualTo(201);
        assertThat(status.detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(GHOST)));
        assertThat(world.members().userIdList()).containsExactlyInAnyOrder(BOB, DAN);
        assertThat(world.code(ANN, add(ANN, TEAM, GHOST))).isEqualTo(531);
    }

    @Test
    void aGroupTakesSoManyMembersAndNoMore() {
        world.limits = world.limits.withKnownPerGroup(2);
        world.restart();
        Status status = (Status) world.ask(ANN, add(ANN, TEAM, BOB, DAN));
        assertThat(status.statusCode()).isEqualTo(201);
        assertThat(world.members().userIdList()).containsExactly(BOB);
    }

    @Test
    @Tag("SSP-416")
    @Tag("tx:RemoveGroupMember")
    @Tag("tx:ServerInitiatedLeaveGroup")
    @Tag("IMPS-SSP-GRSE-S-004")
    void whoIsRemovedHasToLeave() {
        world.add(DAN);
        world.join(DAN, FAY);
        world.joinSubscribing(BOB);
        world.sap.forget();

        assertThat(world.code(ANN, remove(ANN, TEAM, DAN, FAY))).isEqualTo(200);

        assertThat(world.joined(TEAM)).containsExactly(BOB);
        assertThat(world.members().userIdList()).isEmpty();
        assertThat(world.indications())
                .extracting(indication ->
                        indication.leavingUsers().stream().map(User::userId).toList())
                .containsExactlyInAnyOrder(List.of(DAN), List.of(FAY));
        assertThat(world.indications()).allSatisfy(indication -> {
            assertThat(indication.groupId()).contains(TEAM);
            assertThat(indication.reasonText()).isNotBlank();
        });
        assertThat(world.notices())
                .singleElement()
                .satisfies(
                        notice -> assertThat(notice.leftUserScreenNameList()).containsExactlyInAnyOrder("dan", "fay"));
        assertThat(world.raised.getLast().notice().type()).isEqualTo(NotificationType.GMR);
    }

    @Test
    @Tag("tx:RemoveGroupMember")
    @Tag("status:531")
    void whoIsNotInTheGroupCannotBeRemoved() {
        assertThat(world.code(ANN, remove(ANN, TEAM, DAN))).isEqualTo(531);
    }

    @Test
    @Tag("tx:RemoveGroupMember")
    @Tag("status:816")
    void nobodyRemovesTheOwnerOrSomebodyWhoIsNotBelow() {
        world.add(BOB, CID, DAN);
        world.makeModerator(BOB);
        world.makeModerator(CID);
        world.makeAdministrator(DAN);
        assertThat(world.code(BOB, remove(BOB, TEAM, CID))).isEqualTo(816);
        assertThat(world.code(BOB, remove(BOB, TEAM, DAN))).isEqualTo(816);
        assertThat(world.code(DAN, remove(DAN, TEAM, ANN))).isEqualTo(816);
        assertThat(world.code(DAN, remove(DAN, TEAM, CID))).isEqualTo(200);
    }

    @Test
    @Tag("status:900")
    void twoCausesWithNothingDoneAreMultipleErrors() {
        world.add(BOB, CID);
        world.makeModerator(BOB);
        Status status = (Status) world.ask(BOB, remove(BOB, TEAM, ANN, FAY));
        assertThat(status.statusCode()).isEqualTo(900);
        assertThat(status.detailedResult()).extracting(DetailedResult::code).containsExactlyInAnyOrder(816, 531);
    }

    @Test
    @Tag("SSP-418")
    @Tag("tx:MemberAccess")
    @Tag("IMPS-SSP-GRSE-S-004")
    void administratorsSetTheRolesOfOthers() {
        world.add(BOB, CID, DAN);
        world.makeModerator(DAN);
        MemberAccessRequest request =
                new MemberAccessRequest(meta(ANN), TEAM, List.of(BOB), List.of(CID), List.of(DAN));
        assertThat(world.code(ANN, request)).isEqualTo(200);
        assertThat(role(BOB)).isEqualTo(GroupRole.ADMINISTRATOR);
        assertThat(role(CID)).isEqualTo(GroupRole.MODERATOR);
        assertThat(role(DAN)).isEqualTo(GroupRole.ORDINARY);
        assertThat(world.raised.getLast().notice().type()).isEqualTo(NotificationType.GMAU);
    }

    @Test
    void whoseLevelOthersChangedIsToldOfIt() {
        world.join(DAN, BOB);
        world.sap.forget();
        world.makeModerator(DAN);
        GroupChangeNotice notice = world.notices().getFirst();
        assertThat(notice.subscribingUserIdList()).containsExactly(User.of(DAN));
        assertThat(GroupWorld.value(notice.ownProps().orElseThrow().properties(), "PrivilegeLevel"))
                .isEqualTo("Mod");
        assertThat(world.notices()).hasSize(1);
    }

    @Test
    @Tag("SSP-418")
    @Tag("tx:MemberAccess")
    @Tag("status:816")
    void moderatorsDoNotSetRolesAndTheOwnerStaysAdministrator() {
        world.add(BOB, CID, DAN);
        world.join(BOB);
        world.makeModerator(BOB);
        world.makeAdministrator(DAN);
        assertThat(world.code(BOB, moderators(BOB, TEAM, CID))).isEqualTo(816);
        assertThat(world.code(DAN, moderators(DAN, TEAM, ANN))).isEqualTo(816);
        assertThat(role(ANN)).isEqualTo(GroupRole.ADMINISTRATOR);
    }

    @Test
    @Tag("tx:MemberAccess")
    @Tag("status:531")
    void whoIsNotInTheGroupHasNoRoleInIt() {
        assertThat(world.code(ANN, moderators(ANN, TEAM, DAN))).isEqualTo(531);
    }

    @Test
    @Tag("SSP-421")
    @Tag("tx:RejectList")
    @Tag("IMPS-SSP-GRSE-S-006")
    void whoIsRejectedIsPutOutAndTheListCanBeRead() {
        world.add(DAN);
        world.join(DAN, BOB);
        world.sap.forget();
        RejectListResponse response = (RejectListResponse) world.ask(ANN, reject(ANN, TEAM, DAN, EVE));
        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(response.rejectUserIdList()).containsExactlyInAnyOrder(DAN, EVE);
        assertThat(world.joined(TEAM)).containsExactly(BOB);
        assertThat(world.members().userIdList()).isEmpty();
        assertThat(world.indications())
                .singleElement()
                .satisfies(indication -> assertThat(indication.leavingUsers()).containsExactly(User.of(DAN)));

        RejectListRequest pardon = new RejectListRequest(meta(ANN), TEAM, List.of(), List.of(DAN));
        assertThat(((RejectListResponse) world.ask(ANN, pardon)).rejectUserIdList())
                .containsExactly(EVE);
        assertThat(((RejectListResponse) world.ask(ANN, reject(ANN, TEAM))).rejectUserIdList())
                .containsExactly(EVE);
    }

    @Test
    @Tag("tx:RejectList")
    @Tag("status:800")
    void aGroupThatIsNotThereRejectsNobody() {
        assertThat(world.code(ANN, reject(ANN, NOWHERE, DAN))).isEqualTo(800);
    }

    @Test
    @Tag("tx:RejectList")
    @Tag("status:531")
    void nobodyUnknownIsRejectedOrTakenFromTheList() {
        assertThat(world.code(ANN, reject(ANN, TEAM, GHOST))).isEqualTo(531);
        assertThat(world.code(ANN, new RejectListRequest(meta(ANN), TEAM, List.of(), List.of(DAN))))
                .isEqualTo(531);
    }

    @Test
    @Tag("tx:RejectList")
    @Tag("status:816")
    void ordinaryMembersNeitherReadNorChangeTheRejectList() {
        world.add(BOB);
        world.join(BOB);
        assertThat(world.code(BOB, reject(BOB, TEAM, DAN))).isEqualTo(816);
        assertThat(world.code(BOB, reject(BOB, TEAM))).isEqualTo(816);
        assertThat(world.code(ANN, reject(ANN, TEAM, ANN))).isEqualTo(816);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(200);
    }

    @Test
    void addingAMemberTakesItFromTheRejectList() {
        world.ask(ANN, reject(ANN, TEAM, DAN));
        world.add(DAN);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(200);
    }

    @Test
    void rejectingTheLastUserEndsAGroupThatDeletesItself() {
        GroupId shortLived = new GroupId("wv:ann/short@home.example.com");
        world.ask(ANN, GroupWorld.create(ANN, shortLived, "AutoDelete", "T"));
        world.ask(DAN, join(DAN, shortLived, "Dan"));
        RejectListResponse response = (RejectListResponse) world.ask(ANN, reject(ANN, shortLived, DAN));
        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(world.store.find(shortLived)).isEmpty();
    }

    @Test
    @Tag("tx:GetJoinedMember")
    @Tag("IMPS-SSP-GRSE-S-003")
    void otherDomainsLearnWhoIsBehindTheScreenNames() {
        world.join(BOB, DAN);
        GetJoinedMemberResponse response = (GetJoinedMemberResponse)
                world.peerAsks("b.example.com", new GetJoinedMemberRequest(GroupWorld.server("b.example.com"), TEAM));
        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(response.joinedUserList())
                .containsExactlyInAnyOrder(new Mapping("bob", Optional.of(BOB)), new Mapping("dan", Optional.of(DAN)));
    }

    @Test
    @Tag("tx:GetJoinedMember")
    @Tag("status:800")
    void nobodyIsJoinedInAGroupThatIsNotThere() {
        Primitive answer = world.peerAsks(
                "b.example.com", new GetJoinedMemberRequest(GroupWorld.server("b.example.com"), NOWHERE));
        assertThat(GroupWorld.code(answer)).isEqualTo(800);
    }
}
