package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.elements.groups.Participant;
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
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
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
    @Tag("tx:BasicInvitation")
    void anInvitationAndItsAnswerCrossTheDomains() throws IOException {
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
        bob.asks(new InviteUserResponse(
                Status.of(200),
                came.inviteId(),
                came.invitingUser(),
                true,
                came.invitedUser(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
        assertThat(ann.expects(InviteResponse.class).inviteAcceptance()).isTrue();
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
