package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.elements.groups.Participant;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.CommonPrimitive.UpdatePublicProfileRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.PublicProfile;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable.Complementary;
import org.impsiwf.ssp.server.ServiceTerms;
import org.impsiwf.ssp.storage.JdbcGroupStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains with all Service Elements and a database each, connected over loopback; their users use them. */
class WholeDomainTest {

    @AutoClose
    private final Town.Towns towns = new Town.Towns();

    @Test
    @Tag("tx:SendMessage")
    void aMessageReachesAUserOfTheOtherDomain() throws IOException {
        Town a = towns.open("a.example");
        Town b = towns.open("b.example");
        a.connect(b);
        Town.Person ann = a.person("ann");
        Town.Person bob = b.person("bob");

        assertThat(TestHome.code(ann.says("hello", User.of(bob.id)))).isEqualTo(200);

        assertThat(Town.text(bob.expects(NewMessage.class))).isEqualTo("hello");
        assertThat(TestHome.code(ann.says("nobody", User.of("wv:nobody@b.example"))))
                .isEqualTo(531);
    }

    @Test
    @Tag("SSP-052")
    @Tag("SSP-053")
    void aUserIsSentWithItsFriendlyNameIfItHasOne() throws IOException {
        Town a = towns.open("a.example");
        Town b = towns.open("b.example");
        a.connect(b);
        Town.Person ann = a.person("ann");
        Town.Person abe = a.person("abe");
        Town.Person bob = b.person("bob");

        abe.says("nameless", User.of(bob.id));
        NewMessage nameless = bob.expects(NewMessage.class);
        assertThat(nameless.messageInfo().sender().orElseThrow().address()).isEqualTo(User.of(abe.id));
        bob.received.clear();

        assertThat(ann.asks(new UpdatePublicProfileRequest(
                        ann.meta(),
                        false,
                        Optional.of(new PublicProfile(
                                Optional.empty(),
                                List.of(new Property("PP_AGE", "30"), new Property("PP_FRIENDLY_NAME", "Annie")))))))
                .isEqualTo(Status.of(200));
        ann.says("named", User.of(bob.id));
        ann.says("named at home", User.of(abe.id));
        User annie = new User(ann.id, Optional.of("Annie"), Optional.empty());
        assertThat(sender(bob)).isEqualTo(annie);
        assertThat(sender(abe)).isEqualTo(annie);
        assertThat(a.sent.stream()
                        .filter(SendMessageRequest.class::isInstance)
                        .map(sent -> ((SendMessageRequest) sent).messageInfo())
                        .flatMap(info -> info.recipients().stream())
                        .map(MessageInfo.Recipient::addressee))
                .as("users of other domains: their PSE knows their names")
                .containsOnly(User.of(bob.id));
    }

    private static Addressee sender(Town.Person receiver) {
        return receiver.expects(NewMessage.class)
                .messageInfo()
                .sender()
                .orElseThrow()
                .address();
    }

    @Test
    @Tag("SSP-303")
    @Tag("tx:BasicInvitation")
    void anInvitationAndItsAnswerCrossTheDomainsUnchanged() throws IOException {
        Town a = towns.open("a.example");
        Town b = towns.open("b.example");
        a.connect(b);
        Town.Person ann = a.person("ann");
        Town.Person bob = b.person("bob");
        InviteId id = new InviteId("invitation-1");

        Primitive asked = ann.asks(new InviteRequest(
                ann.meta(),
                id,
                InviteType.IM,
                User.of(ann.id),
                User.of(bob.id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of("talk?"),
                Optional.empty(),
                Optional.empty()));

        assertThat(TestHome.code(asked)).isEqualTo(200);
        InviteUserRequest came = bob.expects(InviteUserRequest.class);
        assertThat(came.inviteId()).isEqualTo(id);
        assertThat(came.inviteType()).isEqualTo(InviteType.IM);
        assertThat(came.invitingUser()).isEqualTo(User.of(ann.id));
        assertThat(came.invitedUser()).isEqualTo(User.of(bob.id));
        assertThat(came.inviteReason()).contains("talk?");
        bob.asks(new InviteUserResponse(
                Status.of(200),
                came.inviteId(),
                came.invitingUser(),
                true,
                came.invitedUser(),
                Optional.of("gladly"),
                Optional.empty(),
                List.of()));
        InviteResponse answered = ann.expects(InviteResponse.class);
        assertThat(answered.inviteId()).isEqualTo(id);
        assertThat(answered.inviteAcceptance()).isTrue();
        assertThat(answered.respondingUser()).isEqualTo(User.of(bob.id));
        assertThat(answered.inviteResponse()).contains("gladly");
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("tx:JoinGroup")
    void usersOfTwoDomainsTalkInAGroupOfOne() throws IOException {
        Town a = towns.open("a.example");
        Town b = towns.open("b.example");
        a.connect(b);
        Town.Person ann = a.person("ann");
        Town.Person bob = b.person("bob");
        GroupId club = new GroupId("wv:ann/club@a.example");

        Primitive created = ann.asks(new CreateGroupRequest(
                ann.meta(),
                club,
                new GroupProperties(List.of(), Optional.empty()),
                true,
                Optional.of(ScreenName.in(club, "Ann")),
                false));
        Primitive joined = bob.asks(new JoinGroupRequest(
                bob.meta(),
                club,
                true,
                Optional.of(ScreenName.in(club, "Bob")),
                false,
                Optional.empty(),
                Optional.empty()));

        assertThat(TestHome.code(created)).isEqualTo(200);
        assertThat(joined)
                .isInstanceOfSatisfying(
                        JoinGroupResponse.class,
                        response ->
                                assertThat(response.joinedUserScreenNameList()).contains("Ann"));
        assertThat(TestHome.code(bob.says("hi all", club))).isEqualTo(200);
        assertThat(Town.text(ann.expects(NewMessage.class))).isEqualTo("hi all");
        assertThat(TestHome.code(ann.says("welcome", club))).isEqualTo(200);
        assertThat(Town.text(bob.expects(NewMessage.class))).isEqualTo("welcome");
    }

    @Test
    @Tag("tx:Subscribe")
    void aWatcherOfAnotherDomainIsNotified() throws IOException {
        Town a = towns.open("a.example");
        Town b = towns.open("b.example");
        a.connect(b);
        Town.Person ann = a.person("ann");
        Town.Person bob = b.person("bob");
        bob.asks(new CreateAttrListRequest(
                bob.meta(),
                new PresenceAttributeList(List.of(PresenceAttribute.ONLINE_STATUS)),
                true,
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty()));

        Primitive subscribed =
                ann.asks(new SubscribeRequest(ann.meta(), List.of(bob.id), List.of(), Optional.empty(), false));

        assertThat(TestHome.code(subscribed)).isEqualTo(200);
        assertThat(ann.expects(PresenceNotification.class).presenceValueList())
                .extracting(value -> value.userId())
                .contains(bob.id);
    }

    @Test
    void whatWasAnsweredPositivelyIsThereAfterAnotherStart() throws IOException {
        Town a = towns.open("a.example");
        Town.Person ann = a.person("ann");
        UserId abe = a.registered("abe");
        assertThat(TestHome.code(ann.says("for later", User.of(abe)))).isEqualTo(200);
        a.whole.close();

        Town again = towns.open("a.example", UnaryOperator.identity(), ServiceSettings.defaults("a.example"), a.config);

        assertThat(Town.text(again.logsIn(abe).expects(NewMessage.class))).isEqualTo("for later");
    }

    @ParameterizedTest(name = "group notices agreed: {0} [CSPX-07]")
    @ValueSource(booleans = {true, false})
    void aUserOfAnotherDomainSubscribesToGroupNoticesWhereTheyWereAgreed(boolean agreed) throws IOException {
        Set<Service> im = Set.of(Service.IM);
        Town a = towns.open("a.example", t -> t.providedBy("b.example", im));
        Town b = towns.open("b.example", t -> t.providing(new Complementary("a.example", im, Set.of())));
        Services all = ServiceTerms.EVERYTHING;
        Services some = new Services(all.sap(), all.common(), all.presence(), all.im(), Optional.empty());
        a.connect(b, peer -> peer.withServices(ServiceTerms.DEFAULT.agreedOffline(agreed ? all : some)));
        Town.Person ann = a.person("ann");
        Town.Person bob = b.person("bob");

        Primitive begun = ann.asks(new ExtendConversationRequest(
                ann.meta(),
                new ExtendConversationId("talk-1"),
                List.of(b.registered("cid")),
                User.of(bob.id),
                true,
                Optional.empty(),
                new ScreenName(Optional.empty(), "Ann")));
        assertThat(TestHome.code(begun)).isEqualTo(200);
        GroupId group = bob.expects(InviteUserRequest.class).inviteGroupId().orElseThrow();
        Primitive joined = bob.asks(new JoinGroupRequest(
                bob.meta(), group, true, Optional.empty(), false, Optional.empty(), Optional.empty()));

        assertThat(joined).isInstanceOf(JoinGroupResponse.class);
        assertThat(ann.expects(ExtendConversationResponse.class).groupId()).isEqualTo(group);
        assertThat(new JdbcGroupStore(b.database).participant(group, ann.id).flatMap(Participant::presence))
                .map(Participant.Presence::subscribed)
                .contains(agreed);
    }
}
