package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.domain.DomainProcess.Guest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListMemberResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two operators' domains, each a process of its own, and what their users do with each other: one flow for each Service
 * Element. Each flow has users of its own.
 */
class TwoDomainsTest {

    private static TwoDomains domains;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        domains = TwoDomains.start(
                directory,
                new TwoDomains.Side(
                        "connections-per-session: 1", """
                        search: { page-size: 2, also-in: [ west.example ] }
                        groups: { history: 20 }
                        """, "directory: " + directory.resolve("east-data"), """
                        - { id: "wv:watcher@east.example" }
                        - { id: "wv:sender@east.example" }
                        - { id: "wv:owner@east.example", answer: accept }
                        - { id: "wv:seeker-one@east.example" }
                        - { id: "wv:host@east.example" }
                        - { id: "wv:keeper@east.example" }
                        - { id: "wv:talker@east.example", answer: accept }
                        - { id: "wv:lodger@east.example", name: "Larry Lodger", answer: accept }
                        """),
                new TwoDomains.Side("latency: 2s", """
                        search: { most-per-page: 2, page-size: 1 }
                        messages: { quota: 10 }
                        """, "url: embedded", """
                        - { id: "wv:presentity@west.example", answer: accept }
                        - { id: "wv:recipient@west.example", answer: accept }
                        - { id: "wv:sleeper@west.example", answer: accept }
                        - { id: "wv:member@west.example", answer: accept }
                        - { id: "wv:seeker-two@west.example" }
                        - { id: "wv:seeker-three@west.example" }
                        - { id: "wv:guest@west.example", answer: accept }
                        - { id: "wv:rude@west.example", answer: refuse }
                        - { id: "wv:contact-one@west.example", answer: accept }
                        - { id: "wv:contact-two@west.example", answer: accept }
                        - { id: "wv:partner@west.example", answer: silent }
                        - { id: "wv:third@west.example", answer: silent }
                        - { id: "wv:asked@west.example" }
                        - { id: "wv:lodger@east.example", password: open sesame }
                        """));
    }

    @AfterAll
    static void stop() {
        if (domains != null) {
            domains.close();
        }
    }

    private static Guest east(String local) {
        return domains.east().user("wv:" + local + "@east.example");
    }

    private static Guest west(String local) {
        return domains.west().user("wv:" + local + "@west.example");
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("tx:PresenceNotification")
    void presenceOfAUserIsNotifiedToTheWatcherInTheOtherDomain() {
        Guest watcher = east("watcher");
        Guest presentity = west("presentity");
        assertThat(presentity.does().shows(PresenceAttribute.ONLINE_STATUS)).isEqualTo(200);

        assertThat(watcher.does().watches(presentity.id())).isEqualTo(200);

        watcher.gets(PresenceNotification.class, notice -> isOnline(notice, presentity.id(), true));
        presentity.logsOut();
        watcher.gets(PresenceNotification.class, notice -> isOnline(notice, presentity.id(), false));
        presentity.logsIn();
    }

    private static boolean isOnline(PresenceNotification notice, UserId user, boolean online) {
        return notice.presenceValueList().stream()
                .filter(one -> one.userId().equals(user))
                .flatMap(one -> one.attributes().onlineStatus().stream())
                .anyMatch(flag -> flag.value().equals(Optional.of(online)));
    }

    @Test
    @Tag("tx:SendMessage")
    @Tag("tx:NotifyDeliveryStatusReport")
    void aMessageIsDeliveredAndItsSenderToldSo() {
        Guest sender = east("sender");
        Guest recipient = west("recipient");

        assertThat(sender.does().saysWithReport("are you there?", User.of(recipient.id())))
                .isEqualTo(200);

        recipient.getsText("are you there?");
        assertThat(sender.gets(DeliveryStatusReport.class).deliveryResult().statusCode())
                .isEqualTo(200);
        assertThat(sender.does().says("anybody?", User.of("wv:nobody@west.example")))
                .isEqualTo(531);
    }

    @Test
    void aMessageWaitsForWhoIsAway() {
        Guest sender = east("sender");
        Guest sleeper = west("sleeper");
        sleeper.logsOut();

        assertThat(sender.does().says("good morning", User.of(sleeper.id()))).isEqualTo(200);
        assertThat(sleeper.texts()).isEmpty();
        sleeper.logsIn();

        sleeper.getsText("good morning");
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("tx:JoinGroup")
    @Tag("tx:NotifyGroupChange")
    @Tag("tx:LeaveGroup")
    void usersOfBothDomainsTalkInAGroup() {
        Guest owner = east("owner");
        Guest member = west("member");
        GroupId club = new GroupId("wv:owner/club@east.example");
        assertThat(owner.does().creates(club, "Owner")).isEqualTo(200);

        assertThat(member.does().joins(club, "Member")).isEqualTo(200);

        owner.gets(
                GroupChangeNotice.class,
                notice -> notice.joinedUserScreenNameList().contains("Member"));
        assertThat(member.does().says("hello all", club)).isEqualTo(200);
        owner.getsText("hello all");
        assertThat(owner.does().says("welcome", club)).isEqualTo(200);
        member.getsText("welcome");
        assertThat(member.does().status(new LeaveGroupRequest(member.does().meta(), club)))
                .isEqualTo(200);
        owner.gets(
                GroupChangeNotice.class,
                notice -> notice.leftUserScreenNameList().contains("Member"));
    }

    @Test
    @Tag("tx:GeneralSearch")
    void aSearchGoesOnInTheOtherDomainAndIsReadPageByPage() {
        Asking seeker = east("seeker-one").does();

        List<SearchHit> found = new ArrayList<>();
        var page = (SearchResponse) seeker.asks(seeker.search(SearchElement.USER_ID, "seeker-", 2));
        found.addAll(page.searchResults());
        assertThat(page.completed()).isFalse();
        assertThat(page.searchFindings()).isEqualTo(3);
        page = (SearchResponse) seeker.asks(seeker.searchOn(page.searchId().orElseThrow(), page.searchIndex()));
        found.addAll(page.searchResults());

        assertThat(page.completed()).isTrue();
        assertThat(found)
                .extracting(hit -> ((User) hit).userId().value())
                .containsExactlyInAnyOrder(
                        "wv:seeker-one@east.example", "wv:seeker-two@west.example", "wv:seeker-three@west.example");
    }

    @Test
    @Tag("tx:BasicInvitation")
    void anInvitationIsAnsweredByYesOrNo() {
        Guest host = east("host");
        Guest guest = west("guest");
        Guest rude = west("rude");

        assertThat(host.does().invites(InviteType.IM, guest.id(), Optional.empty()))
                .isEqualTo(200);
        assertThat(host.does().invites(InviteType.IM, rude.id(), Optional.empty()))
                .isEqualTo(200);

        assertThat(guest.gets(InviteUserRequest.class).inviteReason()).contains("come in");
        assertThat(host.gets(InviteResponse.class, answer -> names(answer, guest))
                        .inviteAcceptance())
                .isTrue();
        assertThat(host.gets(InviteResponse.class, answer -> names(answer, rude))
                        .inviteAcceptance())
                .isFalse();
    }

    private static boolean names(InviteResponse answer, Guest guest) {
        return answer.toString().contains(guest.id().value());
    }

    @Test
    @Tag("tx:CreateContactList")
    @Tag("tx:GetListMember")
    void aContactListIsWatchedAndWrittenToAsOne() {
        Guest keeper = east("keeper");
        Guest one = west("contact-one");
        Guest two = west("contact-two");
        one.does().shows(PresenceAttribute.ONLINE_STATUS);
        two.does().shows(PresenceAttribute.ONLINE_STATUS);
        Asking asks = keeper.does();

        assertThat(asks.keepsList("friends", one.id(), two.id())).isEqualTo(200);

        var members =
                (ContactListMemberResponse) asks.asks(new GetListMemberRequest(asks.meta(), asks.list("friends")));
        assertThat(members.userList()).contains(one.id(), two.id());
        assertThat(asks.watches(asks.list("friends"))).isEqualTo(200);
        keeper.gets(PresenceNotification.class, notice -> isOnline(notice, one.id(), true));
        keeper.gets(PresenceNotification.class, notice -> isOnline(notice, two.id(), true));
        assertThat(asks.says("party tonight", asks.list("friends"))).isEqualTo(200);
        one.getsText("party tonight");
        two.getsText("party tonight");
    }

    @Test
    @Tag("tx:ExtendConversation")
    void aTalkOfTwoBecomesAGroup() {
        Guest talker = east("talker");
        Guest partner = west("partner");
        Guest third = west("third");

        assertThat(talker.does().extendsTalk(partner.id(), third.id())).isEqualTo(200);
        GroupId talk = partner.gets(InviteUserRequest.class).inviteGroupId().orElseThrow();
        assertThat(partner.does().joins(talk, "Partner")).isEqualTo(200);

        assertThat(talker.gets(ExtendConversationResponse.class).groupId()).isEqualTo(talk);
        assertThat(third.gets(InviteUserRequest.class).inviteGroupId()).contains(talk);
        assertThat(third.does().joins(talk, "Third")).isEqualTo(200);
        assertThat(third.does().says("now we are three", talk)).isEqualTo(200);
        talker.getsText("now we are three");
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("tx:UserDisconnect")
    @Tag("status:409")
    void aUserWhosePasswordTheOtherDomainHoldsLogsInAtHome() {
        Guest lodger = east("lodger");
        Guest recipient = west("recipient");
        lodger.logsOut();

        assertThat(lodger.logsIn("open barley")).isEqualTo(409);
        assertThat(lodger.logsIn("open sesame")).isEqualTo(200);
        assertThat(lodger.does().says("I am Larry", User.of(recipient.id()))).isEqualTo(200);
        recipient.gets(
                NewMessage.class, message -> senderOf(message).friendlyName().equals(Optional.of("Larry Lodger")));

        assertThat(domains.west().user("wv:lodger@east.example").isDisconnected())
                .isEqualTo(1);
        lodger.gets(UserDisconnect.class);
        assertThat(lodger.logsIn("open sesame")).as("it was logged out").isEqualTo(200);
    }

    private static User senderOf(NewMessage message) {
        return (User) message.messageInfo().sender().orElseThrow().address();
    }

    @Test
    @Tag("tx:SystemMessageRequest")
    @Tag("tx:SystemMessageUser")
    void aUserAnswersItsOperator() {
        Guest asked = west("asked");

        String id = asked.isAskedByItsOperator("May we?", "y", "Yes");

        assertThat(asked.gets(SystemMessageRequest.class).systemMessageList())
                .extracting(message -> message.systemMessageId())
                .containsExactly(id);
        assertThat(asked.does().answers(id, "y")).isEqualTo(200);
        assertThat(asked.answered()).containsExactly(id + " y");
    }
}
