package org.impsiwf.gateway.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.gateway.groups.GroupScene.ALICE;
import static org.impsiwf.gateway.groups.GroupScene.BOB;
import static org.impsiwf.gateway.groups.GroupScene.CAROL;
import static org.impsiwf.gateway.groups.GroupScene.ERIN;
import static org.impsiwf.gateway.groups.GroupScene.PEER;
import static org.impsiwf.gateway.groups.GroupScene.ROOM;
import static org.impsiwf.gateway.groups.GroupScene.SELF;
import static org.impsiwf.gateway.groups.GroupScene.create;
import static org.impsiwf.gateway.groups.GroupScene.join;
import static org.impsiwf.gateway.groups.GroupScene.message;
import static org.impsiwf.gateway.groups.GroupScene.recipients;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between the mapping, our Group Service Element over a real database, and a peer. */
class GroupHomeTest {

    private GroupScene scene = new GroupScene();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        scene.close();
    }

    private static int code(Primitive answer) {
        return switch (answer) {
            case Status status -> status.statusCode();
            case SendMessageResponse response -> response.statusInfo().statusCode();
            case JoinGroupResponse response -> response.statusInfo().statusCode();
            default -> throw new AssertionError("no status in " + answer);
        };
    }

    /** Alice and Carol are SIP users, Bob and Erin are the peer's. */
    private void everybodyIsInTheRoom() {
        assertThat(code(scene.asks(create(ALICE, ROOM)))).isEqualTo(200);
        assertThat(code(scene.asks(join(CAROL, ROOM, "Carol")))).isEqualTo(200);
        assertThat(code(scene.peerAsks(join(BOB, ROOM, "Bob")))).isEqualTo(200);
        assertThat(code(scene.peerAsks(join(ERIN, ROOM, "Erin")))).isEqualTo(200);
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("tx:JoinGroup")
    void sipUserMakesAGroupThatAPeersUserJoins() {
        assertThat(code(scene.asks(create(ALICE, ROOM)))).isEqualTo(200);

        JoinGroupResponse joined = (JoinGroupResponse) scene.peerAsks(join(BOB, ROOM, "Bob"));

        assertThat(joined.joinedUserScreenNameList()).containsExactlyInAnyOrder("Alice", "Bob");
        GroupChangeNotice notice = scene.toMapping(GroupChangeNotice.class);
        assertThat(notice.joinedUserScreenNameList()).containsExactly("Bob");
        assertThat(notice.subscribingUserIdList()).containsExactly(User.of(ALICE));
    }

    @Test
    @Tag("tx:SendMessage")
    void messageIntoAGroupCostsOneTransactionPerDomainAndOneForAllSipUsers() {
        everybodyIsInTheRoom();

        assertThat(code(scene.peerAsks(message(BOB, "hi", ROOM)))).isEqualTo(200);

        SendMessageRequest toSip = scene.toMapping(SendMessageRequest.class);
        assertThat(recipients(toSip)).containsExactlyInAnyOrder(User.of(ALICE), User.of(CAROL));
        assertThat(toSip.messageInfo().sender().orElseThrow().display()).contains(ScreenName.in(ROOM, "Bob"));
        assertThat(recipients(scene.toPeer(SendMessageRequest.class))).containsExactly(User.of(ERIN));
        assertThat(scene.mapping.stream().filter(GroupHomeTest::isMessage)).isEmpty();
    }

    private static boolean isMessage(SspEvent event) {
        return event instanceof SspEvent.RequestReceived request && request.request() instanceof SendMessageRequest;
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    void allSipUsersOfAGroupAreToldOfAChangeInOnePrimitive() {
        everybodyIsInTheRoom();
        scene.mapping.clear();

        scene.peerAsks(new LeaveGroupRequest(MetaInformation.ofUser(PEER, ERIN), ROOM));

        GroupChangeNotice notice = leaving();
        assertThat(notice.subscribingUserIdList()).containsExactlyInAnyOrder(User.of(ALICE), User.of(CAROL));
    }

    private GroupChangeNotice leaving() {
        while (true) {
            GroupChangeNotice notice = scene.toMapping(GroupChangeNotice.class);
            if (!notice.leftUserScreenNameList().isEmpty()) {
                return notice;
            }
        }
    }

    @Test
    @Tag("tx:SendMessage")
    void whisperReachesTheOneWithThatScreenNameOnly() {
        everybodyIsInTheRoom();

        assertThat(code(scene.asks(message(ALICE, "psst", ScreenName.in(ROOM, "Bob")))))
                .isEqualTo(200);

        assertThat(recipients(scene.toPeer(SendMessageRequest.class))).containsExactly(User.of(BOB));
    }

    @Test
    @Tag("tx:LeaveGroup")
    void sipUserLeaves() {
        everybodyIsInTheRoom();

        Primitive left = scene.asks(new LeaveGroupRequest(MetaInformation.ofUser(SELF, CAROL), ROOM));

        assertThat(((LeaveGroupIndication) left).statusInfo()).contains(Status.of(200));
        assertThat(code(scene.asks(message(CAROL, "anybody?", ROOM)))).isEqualTo(808);
    }

    @Test
    @Tag("status:800")
    void groupOfNobodyIsUnknown_800() {
        Primitive answer = scene.peerAsks(new GetGroupPropsRequest(MetaInformation.ofUser(PEER, BOB), ROOM));

        assertThat(code(answer)).isEqualTo(800);
        GroupId elsewhere = new GroupId("wv:bob/room@imps.example.com");
        assertThat(code(scene.peerAsks(join(BOB, elsewhere, "Bob")))).isEqualTo(800);
    }

    @Test
    void messageBetweenTwoUsersGoesOnByTheThreadThatBroughtIt() {
        SspEvent talk =
                new SspEvent.RequestReceived(PEER, new TransactionRef(PEER, "t"), message(BOB, "hi", User.of(ALICE)));

        scene.home.on(talk);

        assertThat(scene.mapping).containsExactly(talk);
        assertThat(scene.tellers).containsExactly(Thread.currentThread());
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    void noticeOfAPeersGroupGoesToTheMapping() {
        SspEvent notice = new SspEvent.RequestReceived(
                PEER,
                new TransactionRef(PEER, "t"),
                new GroupChangeNotice(
                        MetaInformation.ofServer(PEER),
                        List.of(User.of(ALICE)),
                        new GroupId("wv:/club@imps.example.com"),
                        List.of("Bob"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));

        scene.home.on(notice);

        assertThat(scene.mapping).containsExactly(notice);
    }

    @Test
    @Tag("tx:ComplementaryInvitation")
    void whoAMemberInvitesMayJoinAndItsAnswerComesBack() {
        scene.asks(create(ALICE, ROOM));
        InviteRequest invitation = new InviteRequest(
                MetaInformation.ofUser(SELF, ALICE),
                new InviteId("P:room!alice#i1"),
                InviteType.GR,
                User.of(ALICE),
                User.of(CAROL),
                Optional.of(ROOM),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(code(scene.asks(invitation))).isEqualTo(200);
        assertThat(scene.toMapping(InviteRequest.class)).isEqualTo(invitation);

        InviteResponse answer = new InviteResponse(
                Status.of(200),
                invitation.inviteId(),
                User.of(ALICE),
                true,
                User.of(CAROL),
                Optional.empty(),
                Optional.empty());
        assertThat(code(scene.asks(answer))).isEqualTo(200);
        assertThat(scene.toMapping(InviteResponse.class)).isEqualTo(answer);
    }

    private static ExtendConversationRequest extension() {
        return new ExtendConversationRequest(
                MetaInformation.ofUser(PEER, BOB),
                new ExtendConversationId("x1"),
                List.of(ERIN, CAROL),
                User.of(ALICE),
                /* subscribeNotif= */ true,
                Optional.empty(),
                new ScreenName(Optional.empty(), "Bob"));
    }

    @Test
    @Tag("tx:ExtendConversation")
    void peersUserExtendsItsTalkWithASipUser() {
        assertThat(code(scene.peerAsks(extension()))).isEqualTo(200);

        InviteUserRequest invitation = scene.toMapping(InviteUserRequest.class);
        assertThat(invitation.invitedUser()).isEqualTo(User.of(ALICE));
        GroupId group = invitation.inviteGroupId().orElseThrow();
        assertThat(code(scene.asks(join(ALICE, group, "Alice")))).isEqualTo(200);

        ExtendConversationResponse told = scene.toPeer(ExtendConversationResponse.class);
        assertThat(told.result().statusCode()).isEqualTo(200);
        assertThat(told.groupId()).isEqualTo(group);
        assertThat(scene.toPeer(InviteRequest.class).invitedUser()).isEqualTo(User.of(ERIN));
        assertThat(scene.toMapping(InviteUserRequest.class).invitedUser()).isEqualTo(User.of(CAROL));
    }

    @Test
    @Tag("tx:ExtendConversation")
    void refusalOfThePartnerEndsTheExtension() {
        scene.peerAsks(extension());
        InviteUserRequest invitation = scene.toMapping(InviteUserRequest.class);

        Primitive taken = scene.asks(new InviteUserResponse(
                Status.of(200),
                invitation.inviteId(),
                User.of(BOB),
                false,
                User.of(ALICE),
                Optional.of("not now"),
                Optional.empty(),
                List.of()));

        assertThat(code(taken)).isEqualTo(200);
        ExtendConversationResponse told = scene.toPeer(ExtendConversationResponse.class);
        assertThat(told.result().isSuccess()).isFalse();
        assertThat(told.responseNote()).contains("not now");
    }

    @Test
    @Tag("status:503")
    void withoutItsDatabaseGroupsAreNotServedAndTalksGoOn_503() {
        scene.close();
        DatabaseConfig nowhere =
                DatabaseConfig.postgresql("jdbc:postgresql://127.0.0.1:1/nowhere", Optional.empty(), Optional.empty());

        scene = new GroupScene(nowhere, /* started= */ true);
        scene.waitsFor(GroupStorage.State.AWAY);

        assertThat(code(scene.asks(create(ALICE, ROOM)))).isEqualTo(503);
        assertThat(code(scene.peerAsks(message(BOB, "hi", ROOM)))).isEqualTo(503);
        SspEvent talk =
                new SspEvent.RequestReceived(PEER, new TransactionRef(PEER, "t"), message(BOB, "hi", User.of(ALICE)));
        scene.home.on(talk);
        assertThat(scene.mapping).contains(talk);
    }

    @Test
    @Tag("tx:SendMessage")
    void messageThatWasAcceptedSurvivesARestart() {
        scene.close();
        scene = new GroupScene(DatabaseConfig.embedded(directory), /* started= */ true);
        everybodyIsInTheRoom();
        // Neither the peer nor the SIP side takes anything any more.
        scene.peerAnswers = request -> Optional.empty();
        scene.mappingAnswers = request -> Optional.of(Status.of(503));
        assertThat(code(scene.asks(message(ALICE, "kept", ROOM)))).isEqualTo(200);

        scene.close();
        scene = new GroupScene(DatabaseConfig.embedded(directory), /* started= */ true);

        assertThat(recipients(scene.toPeer(SendMessageRequest.class)))
                .containsExactlyInAnyOrder(User.of(BOB), User.of(ERIN));
        assertThat(recipients(scene.toMapping(SendMessageRequest.class))).containsExactly(User.of(CAROL));
    }
}
