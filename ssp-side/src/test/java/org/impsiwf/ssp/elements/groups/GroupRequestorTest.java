package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.EVE;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.properties;
import static org.impsiwf.ssp.elements.groups.GroupWorld.server;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Asked;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Told;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive.AddGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.MemberAccessRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.UnsubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupRequestorTest {

    private static final GroupId CLUB = new GroupId("wv:dan/club@b.example.com");

    @AutoClose
    private final GroupWorld world = new GroupWorld();

    private static List<User> users(UserId... users) {
        return Arrays.stream(users).map(User::of).toList();
    }

    private static GroupChangeNotice joined(String from, String name, UserId... subscribers) {
        return new GroupChangeNotice(
                server(from),
                users(subscribers),
                CLUB,
                List.of(name),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static LeaveGroupIndication leave(String from, UserId... users) {
        return new LeaveGroupIndication(
                Optional.of(server(from)), Optional.empty(), users(users), "closed", Optional.of(CLUB));
    }

    /** Their requests to join go to the club's domain, which takes them. */
    private void joinClub(UserId... users) {
        for (UserId user : users) {
            assertThat(world.code(user, join(user, CLUB, "x"))).isEqualTo(200);
        }
        world.sap.forget();
    }

    static Stream<GroupPrimitive> requestsOfAnn() {
        return Stream.of(
                join(ANN, CLUB, "Annie"),
                new LeaveGroupRequest(meta(ANN), CLUB),
                new DeleteGroupRequest(meta(ANN), CLUB),
                new GetJoinedMemberRequest(meta(ANN), CLUB),
                new GetGroupMemberRequest(meta(ANN), CLUB),
                new AddGroupMemberRequest(meta(ANN), CLUB, List.of(BOB)),
                new RemoveGroupMemberRequest(meta(ANN), CLUB, List.of(BOB)),
                new MemberAccessRequest(meta(ANN), CLUB, List.of(BOB), List.of(), List.of()),
                new GetGroupPropsRequest(meta(ANN), CLUB),
                new SetGroupPropsRequest(meta(ANN), CLUB, Optional.of(properties("Topic", "x")), Optional.empty()),
                new RejectListRequest(meta(ANN), CLUB, List.of(BOB), List.of()),
                new SubscribeGroupChangeRequest(meta(ANN), CLUB),
                new UnsubscribeGroupChangeRequest(meta(ANN), CLUB),
                new GetGroupSubStatusRequest(meta(ANN), CLUB));
    }

    static Stream<Arguments> asTransactions() {
        return requestsOfAnn()
                .map(request ->
                        Arguments.of("tx:" + request.getClass().getSimpleName().replace("Request", ""), request));
    }

    @ParameterizedTest(name = "[{0}]", quoteTextArguments = false)
    @MethodSource("asTransactions")
    void aRequestAboutAGroupElsewhereGoesToItsDomainAndItsAnswerComesBack(String transaction, GroupPrimitive request) {
        Status theirs = Status.of(StatusCode.INSUFFICIENT_GROUP_PRIVILEGES, "theirs");
        world.sap.answering(asked -> theirs);
        assertThat(world.ask(ANN, request)).isEqualTo(theirs);
        assertThat(world.sap.asked()).containsExactly(new Asked("b.example.com", request));
    }

    @Test
    void aStrangersRequestAboutAGroupElsewhereIsNotOurs() {
        assertThat(world.code(FAY, join(FAY, CLUB, "Fay"))).isEqualTo(800);
        assertThat(world.sap.asked()).isEmpty();
        world.sap.complementaryFor(FAY);
        assertThat(world.code(FAY, join(FAY, CLUB, "Fay"))).isEqualTo(200);
        assertThat(world.sap.asked()).hasSize(1);
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    @Tag("IMPS-SSP-GRSE-S-008")
    void aNoticeReachesEachOfOurUsersWhoIsInThatGroup() {
        joinClub(ANN, BOB);
        GroupChangeNotice notice = joined("b.example.com", "Eve", ANN, BOB);
        assertThat(GroupWorld.code(world.peerAsks("b.example.com", notice))).isEqualTo(200);
        assertThat(world.sap.told())
                .containsExactlyInAnyOrder(
                        new Told(List.of(ANN), joined("b.example.com", "Eve", ANN)),
                        new Told(List.of(BOB), joined("b.example.com", "Eve", BOB)));
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    @Tag("status:800")
    void aNoticeOfAGroupThatNobodyOfOursIsInIsRefused() {
        assertThat(GroupWorld.code(world.peerAsks("b.example.com", joined("b.example.com", "Eve", ANN))))
                .isEqualTo(800);
        assertThat(world.sap.told()).isEmpty();
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    @Tag("status:808")
    void aNoticeForAUserWhoIsNotInThatGroupIsRefused() {
        joinClub(ANN);
        assertThat(GroupWorld.code(world.peerAsks("b.example.com", joined("b.example.com", "Eve", BOB))))
                .isEqualTo(808);
        Status status = (Status) world.peerAsks("b.example.com", joined("b.example.com", "Eve", ANN, BOB, CID));
        assertThat(status.statusCode()).isEqualTo(201);
        assertThat(status.detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.GROUP_IS_NOT_JOINED, List.of(BOB, CID)));
        assertThat(world.toldTo(GroupChangeNotice.class)).containsExactly(List.of(ANN));
    }

    @Test
    void aDomainDoesNotSpeakForAnothersGroups() {
        joinClub(ANN);
        Primitive answer = world.peerAsks("c.example.com", joined("c.example.com", "Eve", ANN));
        assertThat(GroupWorld.code(answer)).isEqualTo(403);
        answer = world.peerAsks("c.example.com", leave("c.example.com", ANN));
        assertThat(GroupWorld.code(answer)).isEqualTo(403);
        assertThat(world.sap.told()).isEmpty();
        assertThat(world.elsewhere.isJoined(CLUB, ANN)).isTrue();
    }

    @Test
    void whoHasLeftHearsNothingMore() {
        joinClub(ANN, BOB);
        world.sap.answering(asked -> new LeaveGroupIndication(
                Optional.empty(), Optional.of(Status.of(StatusCode.SUCCESSFUL)), List.of(), "", Optional.of(CLUB)));
        world.ask(ANN, new LeaveGroupRequest(meta(ANN), CLUB));
        world.sap.forget();
        assertThat(GroupWorld.code(world.peerAsks("b.example.com", joined("b.example.com", "Eve", ANN))))
                .isEqualTo(808);
    }

    @Test
    void whoWasRefusedIsNotIn() {
        world.sap.answering(asked -> Status.of(StatusCode.REJECTED));
        assertThat(world.code(ANN, join(ANN, CLUB, "Ann"))).isEqualTo(809);
        assertThat(world.elsewhere.isJoined(CLUB, ANN)).isFalse();
    }

    @Test
    @Tag("tx:ServerInitiatedLeaveGroup")
    @Tag("SSP-416")
    @Tag("IMPS-SSP-GRSE-S-002")
    void whoHasToLeaveAGroupElsewhereIsToldAndIsOut() {
        joinClub(ANN, BOB, CID);
        world.peerAsks("b.example.com", leave("b.example.com", ANN, BOB));
        assertThat(world.sap.told())
                .containsExactlyInAnyOrder(
                        new Told(List.of(ANN), leave("b.example.com", ANN)),
                        new Told(List.of(BOB), leave("b.example.com", BOB)));
        assertThat(world.elsewhere.joined(CLUB)).containsExactly(CID);
    }

    @Test
    @Tag("tx:ServerInitiatedLeaveGroup")
    void anIndicationWithoutNamesMeansAllOfOurs() {
        joinClub(ANN, BOB);
        world.peerAsks("b.example.com", leave("b.example.com"));
        assertThat(world.toldTo(LeaveGroupIndication.class)).containsExactlyInAnyOrder(List.of(ANN), List.of(BOB));
        assertThat(world.elsewhere.joined(CLUB)).isEmpty();
    }

    @Test
    void membershipElsewhereOutlivesTheProcess() {
        joinClub(ANN);
        world.restart();
        assertThat(GroupWorld.code(world.peerAsks("b.example.com", joined("b.example.com", "Eve", ANN))))
                .isEqualTo(200);
    }

    @Test
    void aGroupOfOursThatIsHostedElsewhereMaySpeakThroughItsHost() {
        GroupId outsourced = new GroupId("wv:bob/party@home.example.com");
        world.elsewhere.joined(outsourced, ANN);
        GroupChangeNotice notice = new GroupChangeNotice(
                server("pse.example.com"),
                users(ANN),
                outsourced,
                List.of("Eve"),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        assertThat(GroupWorld.code(world.peerAsks("pse.example.com", notice))).isEqualTo(200);
        assertThat(world.toldTo(GroupChangeNotice.class)).containsExactly(List.of(ANN));
    }

    @Test
    void forAUserWhoseGroupsAnotherDomainServesThatDomainKnows() {
        world.sap.primaryElsewhere(ANN);
        assertThat(GroupWorld.code(world.peerAsks("b.example.com", joined("b.example.com", "Eve", ANN))))
                .isEqualTo(200);
        world.peerAsks("b.example.com", leave("b.example.com", ANN));
        assertThat(world.toldTo(GroupChangeNotice.class)).containsExactly(List.of(ANN));
        assertThat(world.toldTo(LeaveGroupIndication.class)).containsExactly(List.of(ANN));
    }

    @Test
    void usersOfOtherDomainsAreNotAddressedThroughUs() {
        joinClub(ANN);
        world.peerAsks("b.example.com", joined("b.example.com", "Eve", ANN, DAN, EVE));
        assertThat(world.toldTo(GroupChangeNotice.class)).containsExactly(List.of(ANN));
    }
}
