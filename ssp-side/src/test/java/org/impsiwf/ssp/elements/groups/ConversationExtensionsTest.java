package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.GHOST;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.own;
import static org.impsiwf.ssp.elements.groups.GroupWorld.properties;
import static org.impsiwf.ssp.elements.groups.GroupWorld.subscribing;
import static org.impsiwf.ssp.elements.groups.GroupWorld.value;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Sent;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.JdbcGroupDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A talk of two becomes a group: who is invited when, and what the group is like. */
class ConversationExtensionsTest extends ExtendedTalk {

    @Test
    @Tag("SSP-400")
    @Tag("CSPX-01")
    @Tag("CSPX-17")
    @Tag("CSPX-19")
    @Tag("CSPX-20")
    @Tag("CSPX-29")
    @Tag("CSPX-39")
    @Tag("tx:ExtendConversation")
    @Tag("IMPS-SSP-IMSE-S-024")
    void theRequestIsAnsweredAndThePresentPartnerAloneInvited() {
        extended(annExtends());
        assertThat(world.sap.sent()).hasSize(1);
        assertThat(world.sap.delivered().getFirst().user()).isEqualTo(BOB);
        InviteUserRequest invitation = partnersInvitation();
        assertThat(invitation.inviteType()).isEqualTo(InviteType.EC);
        assertThat(invitation.invitingUser()).isEqualTo(User.of(ANN));
        assertThat(invitation.invitedUser()).isEqualTo(User.of(BOB));
        assertThat(invitation.ownScreenName().map(ScreenName::name)).contains("Annie");
        assertThat(invitation.validity()).contains(Duration.ofSeconds(60));
        assertThat(world.joined(group())).isEmpty();
        assertThat(world.store.find(group())).isPresent();
    }

    @Test
    @Tag("SSP-400")
    @Tag("SSP-401")
    @Tag("CSPX-24")
    @Tag("CSPX-25")
    @Tag("CSPX-26")
    @Tag("CSPX-27")
    @Tag("tx:ExtendConversation")
    void whenThePartnerJoinsTheInitiatorIsInAndIsTold() {
        extended(annExtends());
        JoinGroupResponse answer = joins(BOB, "Bobby");
        assertThat(answer.statusInfo().statusCode()).isEqualTo(200);
        assertThat(answer.joinedUserScreenNameList()).containsExactlyInAnyOrder("Annie", "Bobby");
        ExtendConversationResponse outcome = outcomes().getFirst();
        assertThat(outcome.groupId()).isEqualTo(group());
        assertThat(outcome.extendConversationId()).isEqualTo(new ExtendConversationId("x1"));
        assertThat(outcome.result().statusCode()).isEqualTo(200);
        assertThat(world.joined(group())).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(world.sap.delivered().stream()
                        .filter(delivered -> delivered.primitive() instanceof ExtendConversationResponse)
                        .map(Delivered::user))
                .containsExactly(ANN);
    }

    @Test
    @Tag("CSPX-34")
    @Tag("CSPX-38")
    @Tag("tx:ExtendConversation")
    void onlyThenTheOthersAreInvitedInTheOrderOfTheFigure() {
        extended(annExtends());
        joins(BOB, "Bobby");
        List<String> order = world.sap.sent().stream()
                .map(Sent::primitive)
                .map(primitive -> primitive.getClass().getSimpleName())
                .toList();
        assertThat(order).hasSize(6);
        assertThat(order.subList(0, 2)).containsExactly("InviteUserRequest", "ExtendConversationResponse");
        assertThat(order.subList(2, 5))
                .containsExactlyInAnyOrder("InviteUserRequest", "InviteRequest", "InviteRequest");
        assertThat(order.get(5)).isEqualTo("GroupChangeNotice");
        assertThat(world.sap.sent(InviteRequest.class)).allSatisfy(invitation -> {
            assertThat(invitation.inviteType()).isEqualTo(InviteType.EC);
            assertThat(invitation.inviteGroupId()).contains(group());
            assertThat(invitation.invitingUser()).isEqualTo(User.of(ANN));
        });
        assertThat(world.sap.sent(InviteRequest.class))
                .extracting(InviteRequest::invitedUser)
                .containsExactlyInAnyOrder(User.of(DAN), User.of(FAY));
        assertThat(world.sap.sent(InviteUserRequest.class))
                .extracting(InviteUserRequest::invitedUser)
                .containsExactly(User.of(BOB), User.of(CID));

        GroupId group = group();
        world.sap.forget();
        world.ask(CID, subscribing(join(CID, group, "Ciddy")));
        assertThat(world.toldTo(GroupChangeNotice.class)).containsExactlyInAnyOrder(List.of(ANN), List.of(BOB));
        assertThat(world.notices())
                .allSatisfy(
                        notice -> assertThat(notice.joinedUserScreenNameList()).containsExactly("Ciddy"));
    }

    @ParameterizedTest(name = "Subscribe-Notif {0}, notices agreed {1} CSPX-06 CSPX-07")
    @CsvSource({"true,true", "true,false", "false,true"})
    void theInitiatorSubscribesIfItWishesAndNoticesWereAgreed(boolean wishes, boolean agreed) {
        world.conversations = world.conversations.whereNoticesAreAgreed(user -> agreed);
        ExtendConversationRequest plain = annExtends();
        extended(new ExtendConversationRequest(
                plain.metaInformation(),
                plain.extendConversationId(),
                plain.userIdList(),
                plain.extendConversationUserId(),
                wishes,
                plain.welcomeNote(),
                plain.ownScreenName()));
        joins(BOB, "Bobby");
        GroupId group = group();
        world.sap.forget();
        world.ask(CID, join(CID, group, "Ciddy"));
        assertThat(world.toldTo(GroupChangeNotice.class).contains(List.of(ANN))).isEqualTo(wishes && agreed);
    }

    @Test
    @Tag("SSP-398")
    @Tag("CSPX-10")
    @Tag("CSPX-11")
    @Tag("CSPX-14")
    void theGroupHasAllThePropertiesOfAConversation() {
        extended(annExtends());
        joins(BOB, "Bobby");
        GetGroupPropsResponse response =
                (GetGroupPropsResponse) world.ask(BOB, new GetGroupPropsRequest(meta(BOB), group()));
        List<Property> all = response.groupPropList().properties();
        assertThat(value(all, "Type")).isEqualTo("Public");
        assertThat(value(all, "AccessType")).isEqualTo("Open");
        assertThat(value(all, "RequireInvitation")).isEqualTo("T");
        assertThat(value(all, "AutoDelete")).isEqualTo("T");
        assertThat(value(all, "PrivateMessaging")).isEqualTo("F");
        assertThat(value(all, "Searchable")).isEqualTo("F");
        for (UserId user : List.of(ANN, BOB)) {
            assertThat(world.code(user, new DeleteGroupRequest(meta(user), group())))
                    .isEqualTo(804);
            assertThat(world.code(
                            user,
                            new SetGroupPropsRequest(
                                    meta(user),
                                    group(),
                                    Optional.of(properties("Searchable", "T", "Name", "n")),
                                    Optional.empty())))
                    .isEqualTo(816);
        }
        world.leave(BOB, group());
        assertThat(world.store.find(group())).isPresent();
        world.leave(ANN, group());
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(800);
    }

    @Test
    @Tag("CSPX-12")
    @Tag("CSPX-13")
    void whoIsInMayInviteAndWhoIsNotInvitedStaysOut() {
        world.registered.add(GHOST);
        extended(extend(ANN, BOB, CID));
        joins(BOB, "Bobby");
        assertThat(world.code(DAN, join(DAN, group(), "Danny"))).isEqualTo(816);
        assertThatThrownBy(() -> world.element().groups().invited(group(), DAN, FAY))
                .isInstanceOf(Refusal.class);

        world.element().groups().invited(group(), BOB, DAN);
        assertThat(world.code(DAN, join(DAN, group(), "Danny"))).isEqualTo(200);
        joins(CID, "Ciddy");
        world.element().groups().invited(group(), CID, FAY);
        assertThat(world.code(FAY, join(FAY, group(), "Fay"))).isEqualTo(200);
        assertThat(world.code(GHOST, join(GHOST, group(), "Boo"))).isEqualTo(816);
    }

    @Test
    @Tag("CSPX-34")
    void theOthersCannotComeBeforeThePartner() {
        extended(annExtends());
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(816);
        assertThat(world.sap.asked()).isEmpty();
        joins(BOB, "Bobby");
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(200);
    }

    @Test
    @Tag("CSPX-15")
    void nobodyWhispersInAConversation() {
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.post(BOB, group(), "m1", "psst", ScreenName.in(group(), "Annie"))
                        .statusCode())
                .isEqualTo(812);
    }

    @Test
    @Tag("CSPX-16")
    void noSearchFindsAConversation() {
        extended(annExtends());
        joins(BOB, "Bobby");
        JdbcGroupDirectory directory = new JdbcGroupDirectory(world.database);
        assertThat(directory.candidates(SearchElement.GROUP_ID, "talk", 10)).isEmpty();
        assertThat(directory.candidates(SearchElement.GROUP_NAME, "", 10)).isEmpty();
        assertThat(directory.describe(List.of(group()), BOB))
                .singleElement()
                .satisfies(found -> assertThat(found.searchable()).isFalse());
    }

    @Test
    @Tag("CSPX-28")
    void whatIsSaidToTheGroupReachesTheOtherTwo() {
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.post(ANN, group(), "m1", "hi").statusCode()).isEqualTo(200);
        assertThat(world.post(BOB, group(), "m2", "ho").statusCode()).isEqualTo(200);
        assertThat(world.outbox)
                .extracting(GroupWorld.Accepted::recipients)
                .containsExactly(List.of(BOB), List.of(ANN));
    }

    @Test
    @Tag("CSPX-35")
    void whoComesLaterDoesNotSeeWhatWasSaidBefore() {
        extended(annExtends());
        joins(BOB, "Bobby");
        world.post(ANN, group(), "m1", "before");
        joins(CID, "Ciddy");
        world.post(BOB, group(), "m2", "after");
        assertThat(world.element()
                        .history()
                        .read(group(), CID, OptionalInt.empty())
                        .messages())
                .extracting(message -> message.content().orElseThrow().data().asUtf8())
                .containsExactly("after");
        assertThat(world.element()
                        .history()
                        .read(group(), BOB, OptionalInt.empty())
                        .messages())
                .hasSize(2);
        assertThat(world.element().history().message(new MessageId("m1"), CID)).isEmpty();
    }

    @Test
    @Tag("CSPX-08")
    void theWelcomeNoteIsTheInitiators() {
        ExtendConversationRequest plain = annExtends();
        extended(new ExtendConversationRequest(
                plain.metaInformation(),
                plain.extendConversationId(),
                plain.userIdList(),
                plain.extendConversationUserId(),
                plain.subscribeNotif(),
                Optional.of(Content.text("come in")),
                plain.ownScreenName()));
        assertThat(joins(BOB, "Bobby").welcomeText()).contains(Content.text("come in"));
        assertThat(joins(CID, "Ciddy").welcomeText()).contains(Content.text("come in"));
    }

    @Test
    @Tag("CSPX-09")
    void withoutOneTheServersNoteIsUsedWhereItHasOne() {
        world.conversations = world.conversations.with(ConversationSettings.DEFAULT.withWelcomeNote("be kind"));
        extended(annExtends());
        assertThat(joins(BOB, "Bobby").welcomeText()).contains(Content.text("be kind"));
    }

    @Test
    void aParticipantMaySetItsOwnPropertiesAllTheSame() {
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.code(
                        BOB,
                        new SetGroupPropsRequest(
                                meta(BOB), group(), Optional.empty(), Optional.of(own("ShowID", "T")))))
                .isEqualTo(200);
    }
}
