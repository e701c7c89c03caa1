package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.impsiwf.ssp.domain.GroupHome.PATIENCE;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.domain.GroupHome.Online;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Sender;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable.Complementary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Groups and extended conversations over real connections of three domains. */
class GroupsBetweenDomainsTest {

    private static final GroupId TEAM = new GroupId("wv:ann/team@a.example");

    private final List<GroupHome> homes = new ArrayList<>();

    @AfterEach
    void closeAll() {
        homes.reversed().forEach(GroupHome::close);
    }

    private GroupHome home(String name) throws IOException {
        return keep(new GroupHome(name));
    }

    private GroupHome keep(GroupHome home) {
        homes.add(home);
        return home;
    }

    private static MetaInformation meta(Online user) {
        return MetaInformation.ofUser(new ServiceId("wv:@" + user.id.domain()), user.id);
    }

    private static void makesTeam(Online user) {
        assertThat(user.asks(new CreateGroupRequest(
                        meta(user),
                        TEAM,
                        new GroupProperties(List.of(new Property("Name", "Team")), Optional.empty()),
                        /* joinGroup= */ true,
                        Optional.of(ScreenName.in(TEAM, "Annie")),
                        /* subscribeNotif= */ true)))
                .isEqualTo(Status.of(200));
    }

    private static JoinGroupResponse joins(Online user, GroupId group, String name) {
        Primitive answer = user.asks(new JoinGroupRequest(
                meta(user),
                group,
                /* joinedRequest= */ true,
                Optional.of(ScreenName.in(group, name)),
                /* subscribeNotif= */ true,
                Optional.empty(),
                Optional.empty()));
        assertThat(answer).isInstanceOf(JoinGroupResponse.class);
        return (JoinGroupResponse) answer;
    }

    private static void says(Online user, Addressee to, String text) {
        Primitive answer = user.asks(new SendMessageRequest(
                meta(user),
                /* deliveryReportRequest= */ false,
                new MessageInfo(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("text/plain"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new MessageInfo.Recipient(to)),
                        Optional.of(Sender.of(User.of(user.id))),
                        Optional.empty()),
                Optional.of(Content.text(text))));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        SendMessageResponse.class,
                        response ->
                                assertThat(response.statusInfo().statusCode()).isEqualTo(200));
    }

    @Test
    @Tag("tx:JoinGroup")
    @Tag("tx:NotifyGroupChange")
    @Tag("tx:ServerInitiatedLeaveGroup")
    @Tag("tx:SendMessage")
    @Tag("SSP-021")
    @Tag("IMPS-SSP-GRSE-S-009")
    @Tag("IMPS-SSP-SERV-S-005")
    void usersOfThreeDomainsMeetInAGroupOfOne() throws IOException {
        GroupHome a = home("a.example");
        GroupHome b = home("b.example");
        GroupHome c = home("c.example");
        a.connect(b);
        a.connect(c);
        Online ann = a.user("ann");
        Online bob = b.user("bob");
        Online ben = b.user("ben");
        Online cid = c.user("cid");
        makesTeam(ann);

        joins(bob, TEAM, "Bobby");
        joins(ben, TEAM, "Benny");
        JoinGroupResponse cids = joins(cid, TEAM, "bobby");
        String cidsName = cids.screenName().map(ScreenName::name).orElseThrow();
        assertThat(cids.joinedUserScreenNameList()).containsExactlyInAnyOrder("Annie", "Bobby", "Benny", cidsName);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bob.received(GroupChangeNotice.class))
                        .extracting(GroupChangeNotice::joinedUserScreenNameList)
                        .containsExactlyInAnyOrder(List.of("Benny"), List.of(cidsName)));

        a.sent.clear();
        says(bob, TEAM, "hello");
        for (Online other : List.of(ann, ben, cid)) {
            NewMessage message = other.gets(NewMessage.class);
            assertThat(message.content().data().asUtf8()).isEqualTo("hello");
            assertThat(message.messageInfo().sender())
                    .contains(new Sender(TEAM, Optional.of(ScreenName.in(TEAM, "Bobby"))));
        }
        assertThat(bob.received(NewMessage.class)).isEmpty();
        assertThat(a.sent(SendMessageRequest.class))
                .as("one transaction per domain")
                .containsExactlyInAnyOrder("b.example", "c.example");

        says(bob, ScreenName.in(TEAM, cidsName), "psst");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cid.received(NewMessage.class)).hasSize(2));
        assertThat(ann.received(NewMessage.class)).hasSize(1);
        assertThat(ben.received(NewMessage.class)).hasSize(1);

        a.sent.clear();
        assertThat(ann.asks(new DeleteGroupRequest(meta(ann), TEAM))).isEqualTo(Status.of(200));
        for (Online other : List.of(bob, ben, cid)) {
            assertThat(other.gets(LeaveGroupIndication.class).groupId()).contains(TEAM);
        }
        assertThat(a.sent(LeaveGroupIndication.class)).containsExactlyInAnyOrder("b.example", "c.example");
    }

    @Test
    @Tag("SSP-020")
    @Tag("tx:CreateGroup")
    @Tag("tx:JoinGroup")
    void theGroupsOfADomainThatHasThemElsewhereAreServedThereUnderItsOwnName() throws IOException {
        Set<Service> groupService = Set.of(Service.GROUP);
        GroupHome pse = keep(new GroupHome(
                "p.example",
                table -> table.providing(new Complementary("a.example", groupService, Set.of())),
                Duration.ofMinutes(5)));
        GroupHome a = keep(new GroupHome(
                "a.example", table -> table.providedBy("p.example", groupService), Duration.ofMinutes(5)));
        pse.connect(a);
        Online ann = a.user("ann");
        Online abe = a.user("abe");
        makesTeam(ann);
        joins(abe, TEAM, "Abe");
        assertThat(pse.groups.groups().joined(TEAM)).containsExactlyInAnyOrder(ann.id, abe.id);
        assertThat(a.groups.groups().joined(TEAM)).isEmpty();
        assertThat(ann.gets(GroupChangeNotice.class).joinedUserScreenNameList()).containsExactly("Abe");
        assertThat(a.sent(JoinGroupRequest.class)).containsExactly("p.example");

        assertThat(ann.asks(new DeleteGroupRequest(meta(ann), TEAM))).isEqualTo(Status.of(200));
        assertThat(abe.gets(LeaveGroupIndication.class).groupId()).contains(TEAM);
    }

    private static void extend(Online initiator, Online partner, Online... others) {
        assertThat(initiator.asks(new ExtendConversationRequest(
                        meta(initiator),
                        new ExtendConversationId("x1"),
                        Arrays.stream(others).map(one -> one.id).toList(),
                        User.of(partner.id),
                        /* subscribeNotif= */ true,
                        Optional.of(Content.text("come in")),
                        new ScreenName(Optional.empty(), "Annie"))))
                .isEqualTo(Status.of(200));
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("tx:JoinGroup")
    @Tag("SSP-400")
    @Tag("CSPX-25")
    @Tag("CSPX-34")
    @Tag("CSPX-38")
    @Tag("IMPS-SSP-IMSE-S-024")
    void aTalkOfTwoDomainsIsExtendedToAThird() throws IOException {
        GroupHome a = home("a.example");
        GroupHome b = home("b.example");
        GroupHome c = home("c.example");
        a.connect(b);
        a.connect(c);
        Online ann = a.user("ann");
        Online bob = b.user("bob");
        Online cid = c.user("cid");

        extend(ann, bob, cid);
        InviteUserRequest bobs = bob.gets(InviteUserRequest.class);
        assertThat(bobs.inviteType()).isEqualTo(InviteType.EC);
        assertThat(a.sent(InviteRequest.class)).containsExactly("b.example");
        GroupId group = bobs.inviteGroupId().orElseThrow();
        assertThat(joins(bob, group, "Bobby").joinedUserScreenNameList()).containsExactlyInAnyOrder("Annie", "Bobby");
        ExtendConversationResponse outcome = ann.gets(ExtendConversationResponse.class);
        assertThat(outcome.groupId()).isEqualTo(group);
        assertThat(outcome.result().statusCode()).isEqualTo(200);

        InviteUserRequest cids = cid.gets(InviteUserRequest.class);
        assertThat(cids.inviteType()).isEqualTo(InviteType.EC);
        says(ann, group, "before");
        bob.gets(NewMessage.class);
        joins(cid, cids.inviteGroupId().orElseThrow(), "Ciddy");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bob.received(GroupChangeNotice.class))
                        .extracting(GroupChangeNotice::joinedUserScreenNameList)
                        .containsExactly(List.of("Ciddy")));
        says(cid, group, "after");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bob.received(NewMessage.class)).hasSize(2));
        assertThat(ann.gets(NewMessage.class).content().data().asUtf8()).isEqualTo("after");
        assertThat(cid.received(NewMessage.class)).isEmpty();
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("status:825")
    void aPartnerElsewhereWhoRefusesEndsIt() throws IOException {
        GroupHome a = home("a.example");
        GroupHome b = home("b.example");
        a.connect(b);
        Online ann = a.user("ann");
        Online bob = b.user("bob");
        Online abe = a.user("abe");
        extend(ann, bob, abe);
        InviteUserRequest invitation = bob.gets(InviteUserRequest.class);
        bob.asks(new InviteUserResponse(
                Status.of(200),
                invitation.inviteId(),
                invitation.invitingUser(),
                /* inviteAcceptance= */ false,
                User.of(bob.id),
                Optional.of("not now"),
                Optional.empty(),
                List.of()));
        ExtendConversationResponse outcome = ann.gets(ExtendConversationResponse.class);
        assertThat(outcome.result().statusCode()).isEqualTo(825);
        assertThat(outcome.responseNote()).contains("not now");
        assertThat(abe.received(InviteUserRequest.class)).isEmpty();
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("CSPX-31")
    @Tag("CSPX-32")
    void aPartnerElsewhereWhoDoesNothingIsWaitedForSoLong() throws IOException {
        GroupHome a = keep(new GroupHome("a.example", UnaryOperator.identity(), Duration.ofMillis(1500)));
        GroupHome b = home("b.example");
        a.connect(b);
        Online ann = a.user("ann");
        Online bob = b.user("bob");
        extend(ann, bob, a.user("abe"));
        assertThat(ann.gets(ExtendConversationResponse.class).result().statusCode())
                .isEqualTo(410);
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("CSPX-42")
    void aPartnerWhoseDomainCannotBeReachedIsReported() throws IOException {
        GroupHome a = home("a.example");
        GroupHome stranger = home("b.example");
        Online ann = a.user("ann");
        Online bob = stranger.user("bob");
        extend(ann, bob, a.user("abe"));
        assertThat(ann.gets(ExtendConversationResponse.class).result().statusCode())
                .isIn(516, 907);
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("IMPS-SSP-IMSE-S-024")
    void aDomainExtendsTheTalkOfItsNeighboursUserWithOneOfItsOwn() throws IOException {
        GroupHome a = home("a.example");
        GroupHome b = home("b.example");
        a.connect(b);
        Online ann = a.user("ann");
        Online bob = b.user("bob");
        Status asked = (Status) a.domain.ask(
                "b.example",
                new ExtendConversationRequest(
                        meta(ann),
                        new ExtendConversationId("x1"),
                        List.of(b.user("ben").id),
                        User.of(bob.id),
                        /* subscribeNotif= */ false,
                        Optional.empty(),
                        new ScreenName(Optional.empty(), "Annie")));
        assertThat(asked.statusCode()).isEqualTo(200);
        GroupId group = bob.gets(InviteUserRequest.class).inviteGroupId().orElseThrow();
        assertThat(group.domain()).isEqualTo("b.example");
        joins(bob, group, "Bobby");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(b.sent(ExtendConversationResponse.class)).containsExactly("a.example"));
        assertThat(b.groups.groups().joined(group)).containsExactlyInAnyOrder(ann.id, bob.id);
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("IMPS-SSP-IMSE-S-024")
    void theTalksOfADomainThatHasItsMessagesElsewhereAreExtendedThere() throws IOException {
        Set<Service> services = Set.of(Service.IM, Service.GROUP);
        GroupHome pse = keep(new GroupHome(
                "p.example",
                table -> table.providing(new Complementary("a.example", services, Set.of())),
                Duration.ofMinutes(5)));
        GroupHome a = keep(
                new GroupHome("a.example", table -> table.providedBy("p.example", services), Duration.ofMinutes(5)));
        pse.connect(a);
        Online ann = a.user("ann");
        Online bob = a.user("bob");
        extend(ann, bob, a.user("abe"));
        GroupId group = bob.gets(InviteUserRequest.class).inviteGroupId().orElseThrow();
        assertThat(group.domain()).isEqualTo("p.example");
        joins(bob, group, "Bobby");
        ExtendConversationResponse outcome = ann.gets(ExtendConversationResponse.class);
        assertThat(outcome.groupId()).isEqualTo(group);
        assertThat(outcome.extendConversationId()).isEqualTo(new ExtendConversationId("x1"));
        assertThat(pse.groups.groups().joined(group)).containsExactlyInAnyOrder(ann.id, bob.id);
    }
}
