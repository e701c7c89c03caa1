package org.impsiwf.ssp.elements.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.ANN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.BOB;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.CID;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.CLUB;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.DAN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.EVE;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.FRIENDS;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.TEAM;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.answer;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.code;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.invite;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.userAnswer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Asked;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("tx:BasicInvitation")
class InvitationTest {

    @AutoClose
    private final InvitationWorld world = new InvitationWorld();

    @Test
    @Tag("SSP-298")
    @Tag("SSP-299")
    @Tag("SSP-300")
    @Tag("SSP-302")
    @Tag("SSP-312")
    @Tag("status:200")
    @Tag("IMPS-SSP-CMSE-S-005")
    void theInvitedUserOfAnotherDomainsInvitationIsInvitedAndItsAnswerGoesBack() {
        InviteRequest request = invite(DAN, InviteType.IM, User.of(BOB));
        assertThat(code(world.peer(DAN, request))).isEqualTo(200);

        assertThat(world.sap.delivered()).singleElement().satisfies(delivered -> {
            assertThat(delivered.user()).isEqualTo(BOB);
            InviteUserRequest invited = (InviteUserRequest) delivered.primitive();
            assertThat(invited.inviteId()).isEqualTo(request.inviteId());
            assertThat(invited.invitingUser()).isEqualTo(User.of(DAN));
            assertThat(invited.inviteReason()).contains("come");
        });
        world.sap.forget();

        assertThat(code(world.client(BOB, userAnswer(DAN, BOB, true)))).isEqualTo(200);

        assertThat(world.sap.delivered()).singleElement().satisfies(delivered -> {
            assertThat(delivered.user()).isEqualTo(DAN);
            InviteResponse response = (InviteResponse) delivered.primitive();
            assertThat(response.inviteId()).isEqualTo(request.inviteId());
            assertThat(response.invitingUser()).isEqualTo(request.invitingUser());
            assertThat(response.answers())
                    .containsExactly(new FurtherAnswer(true, User.of(BOB), Optional.of("gladly")));
        });
    }

    @Test
    @Tag("SSP-299")
    void aRejectionTravelsBackWithItsNote() {
        world.peer(DAN, invite(DAN, InviteType.IM, User.of(BOB)));
        world.client(BOB, userAnswer(DAN, BOB, false));

        assertThat(world.sap.sent(InviteResponse.class)).singleElement().satisfies(response -> {
            assertThat(response.inviteAcceptance()).isFalse();
            assertThat(response.inviteResponse()).contains("later");
        });
    }

    @Test
    @Tag("SSP-298")
    @Tag("SSP-310")
    void everybodyOnAContactListIsInvitedAtHomeOrThroughHisDomain() {
        world.contactLists.put(FRIENDS, List.of(BOB, CID, DAN, EVE));

        assertThat(code(world.client(ANN, invite(ANN, InviteType.PR, FRIENDS)))).isEqualTo(200);

        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactlyInAnyOrder(BOB, CID);
        assertThat(world.sap.asked())
                .extracting(Asked::domain)
                .containsExactlyInAnyOrder("away.example", "far.example");
        assertThat(world.sap.sent(InviteRequest.class))
                .extracting(InviteRequest::invitedUser)
                .containsExactlyInAnyOrder(User.of(DAN), User.of(EVE));
    }

    @Test
    @Tag("SSP-301")
    void answersThatComeCloseTogetherAreOneInviteResponse() {
        world.with(collecting(Duration.ofSeconds(10)));
        world.contactLists.put(FRIENDS, List.of(BOB, CID, DAN));
        world.client(ANN, invite(ANN, InviteType.IM, FRIENDS));
        world.sap.forget();

        world.client(BOB, userAnswer(ANN, BOB, true));
        world.client(CID, userAnswer(ANN, CID, false));
        world.after(Duration.ofSeconds(5));
        assertThat(world.sap.sent()).isEmpty();
        world.after(Duration.ofSeconds(6));

        assertThat(world.sap.sent(InviteResponse.class))
                .singleElement()
                .satisfies(response -> assertThat(response.answers())
                        .containsExactly(
                                new FurtherAnswer(true, User.of(BOB), Optional.of("gladly")),
                                new FurtherAnswer(false, User.of(CID), Optional.of("later"))));
    }

    @Test
    @Tag("SSP-301")
    void whenAllHaveAnsweredNobodyWaitsForTheCollection() {
        world.with(collecting(Duration.ofHours(1)));
        world.contactLists.put(FRIENDS, List.of(BOB, CID));
        world.client(ANN, invite(ANN, InviteType.IM, FRIENDS));
        world.client(BOB, userAnswer(ANN, BOB, true));
        world.client(CID, userAnswer(ANN, CID, true));

        assertThat(world.sap.sent(InviteResponse.class))
                .singleElement()
                .satisfies(response -> assertThat(response.answers()).hasSize(2));
    }

    private static InvitationSettings collecting(Duration collect) {
        InvitationSettings usual = InvitationSettings.DEFAULT;
        return new InvitationSettings(
                usual.types(),
                usual.attributes(),
                usual.contents(),
                true,
                usual.validity(),
                usual.longestValidity(),
                collect,
                usual.mostInvited());
    }

    @Test
    @Tag("SSP-300")
    void severalAnswersOfAnotherDomainInOnePrimitiveReachTheInvitingUser() {
        world.contactLists.put(FRIENDS, List.of(DAN, EVE));
        world.client(ANN, invite(ANN, InviteType.IM, FRIENDS));
        world.sap.forget();
        InviteResponse first = answer(ANN, DAN, true);
        InviteResponse both = new InviteResponse(
                first.statusInfo(),
                first.inviteId(),
                first.invitingUser(),
                true,
                first.respondingUser(),
                first.inviteResponse(),
                Optional.empty(),
                List.of(new FurtherAnswer(false, User.of(EVE), Optional.empty())));

        assertThat(code(world.peer("away.example", Optional.empty(), both))).isEqualTo(200);

        assertThat(world.sap.delivered()).containsExactly(new Delivered(ANN, both));
    }

    @ParameterizedTest(name = "an invitation of type {0} reaches the invited user with its elements")
    @EnumSource(
            value = InviteType.class,
            names = {"GR", "IM", "PR", "SC", "EC", "AP"})
    @Tag("SSP-305")
    @Tag("SSP-311")
    void everyTypeReachesTheInvitedUserWithItsElements(InviteType type) {
        InviteRequest request = invite(ANN, type, User.of(BOB));
        assertThat(code(world.client(ANN, request))).isEqualTo(200);

        assertThat(world.sap.sent(InviteUserRequest.class)).singleElement().satisfies(invited -> {
            assertThat(invited.inviteType()).isEqualTo(type);
            assertThat(invited.inviteGroupId()).isEqualTo(request.inviteGroupId());
            assertThat(invited.inviteApplicationId()).isEqualTo(request.inviteApplicationId());
            assertThat(invited.invitePresenceAttributeList()).isEqualTo(request.invitePresenceAttributeList());
            assertThat(invited.inviteContentIdList()).isEqualTo(request.inviteContentIdList());
        });
    }

    @Test
    @Tag("SSP-310")
    @Tag("SSP-305")
    void aRequestForMembershipGoesToThoseWhoAdministrateTheGroupAndIsAnsweredForTheGroup() {
        assertThat(code(world.peer(DAN, invite(DAN, InviteType.GM, TEAM)))).isEqualTo(200);
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(ANN);
        world.sap.forget();

        assertThat(code(world.client(ANN, userAnswer(DAN, TEAM, true)))).isEqualTo(200);

        assertThat(world.sap.sent(InviteResponse.class))
                .singleElement()
                .satisfies(response -> assertThat(response.respondingUser()).isEqualTo(TEAM));
    }

    @Test
    @Tag("SSP-310")
    void everybodyInAGroupCanBeInvitedAndSomebodyByHisScreenName() {
        world.client(ANN, invite(ANN, InviteType.IM, TEAM));
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(BOB);
        world.sap.forget();

        world.screenNames.put(ScreenName.in(TEAM, "Sid"), CID);
        world.client(ANN, invite(ANN, "i2", InviteType.IM, ScreenName.in(TEAM, "Sid"), Optional.empty()));
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(CID);
    }

    @Test
    @Tag("SSP-310")
    void aGroupOrScreenNameElsewhereIsInvitedThroughItsDomain() {
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, ScreenName.in(CLUB, "Danny")))))
                .isEqualTo(200);
        assertThat(world.sap.asked()).extracting(Asked::domain).containsExactly("away.example");
    }

    @Test
    @Tag("SSP-050")
    void anAddressOfAnotherSystemIsInvitedThroughTheDomainThatLeadsThere() {
        User tom = User.of("sip:tom@ims.example");
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, tom)))).isEqualTo(200);
        assertThat(world.sap.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.domain()).isEqualTo("ims.example");
            assertThat(((InviteRequest) asked.primitive()).invitedUser()).isEqualTo(tom);
        });
    }

    @Test
    @Tag("SSP-304")
    void aGroupOfOursLetsInWhoWasInvited() {
        world.client(ANN, invite(ANN, InviteType.GR, User.of(DAN)));
        assertThat(world.admitted).containsExactly(DAN);
    }

    @Test
    @Tag("SSP-306")
    void anAcceptedPresenceInvitationChangesNothing() {
        world.client(ANN, invite(ANN, InviteType.PR, User.of(BOB)));
        world.client(BOB, userAnswer(ANN, BOB, true));

        assertThat(world.admitted).isEmpty();
        assertThat(world.notices).extracting(notice -> notice.type()).containsExactly(NotificationType.IA);
        assertThat(world.sap.sent())
                .allSatisfy(sent ->
                        assertThat(sent.primitive()).isInstanceOfAny(InviteUserRequest.class, InviteResponse.class));
    }

    @Test
    void anInvitationAndItsAnswerSurviveARestartAndWaitForWhoIsNotLoggedIn() {
        world.sap.offline(BOB, ANN);
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)))))
                .isEqualTo(200);
        world.restart();
        world.logsIn(BOB);
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);

        assertThat(code(world.client(BOB, userAnswer(ANN, BOB, true)))).isEqualTo(200);
        assertThat(world.sap.sent(InviteResponse.class)).isEmpty();
        world.restart();
        world.logsIn(ANN);
        assertThat(world.sap.sent(InviteResponse.class)).hasSize(1);
    }

    @Test
    @Tag("SSP-313")
    @Tag("status:423")
    void anAnswerAfterTheValidityIsRefusedAndAnUnheardInvitationIsNotGivenAnyMore() {
        world.sap.offline(CID);
        world.contactLists.put(FRIENDS, List.of(BOB, CID));
        world.client(ANN, invite(ANN, "i1", InviteType.IM, FRIENDS, Optional.of(Duration.ofSeconds(60))));
        world.now = world.now.plusSeconds(61);

        assertThat(code(world.client(BOB, userAnswer(ANN, BOB, true)))).isEqualTo(423);
        world.after(Duration.ofSeconds(1));
        world.logsIn(CID);
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(BOB);
    }

    @Test
    @Tag("SSP-302")
    @Tag("status:423")
    void anAnswerUnderAnotherInviteIdIsRefused() {
        world.client(ANN, invite(ANN, "i7", InviteType.IM, User.of(BOB), Optional.empty()));
        assertThat(code(world.client(BOB, userAnswer(ANN, BOB, true)))).isEqualTo(423);
        assertThat(code(world.peer("away.example", Optional.empty(), answer(ANN, DAN, true))))
                .isEqualTo(423);
    }

    @Test
    @Tag("status:423")
    void whoHasAnsweredDoesNotChangeTheAnswerButMayRepeatIt() {
        world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)));
        assertThat(code(world.client(BOB, userAnswer(ANN, BOB, true)))).isEqualTo(200);
        assertThat(code(world.client(BOB, userAnswer(ANN, BOB, true)))).isEqualTo(200);
        assertThat(code(world.client(BOB, userAnswer(ANN, BOB, false)))).isEqualTo(423);
        assertThat(world.sap.sent(InviteResponse.class)).hasSize(1);
    }

    @Test
    @Tag("status:427")
    void somebodyWhoIsNotInvitedCannotAnswer() {
        world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)));
        assertThat(code(world.client(CID, userAnswer(ANN, CID, true)))).isEqualTo(427);
        assertThat(code(world.client(CID, userAnswer(ANN, BOB, true)))).isEqualTo(427);
        assertThat(world.sap.sent(InviteResponse.class)).isEmpty();
    }

    @Test
    void theAnswerInAConversationThatIsBeingExtendedGoesThere() {
        world.extending.add(new InviteId("i1"));
        assertThat(code(world.client(BOB, userAnswer(ANN, BOB, false)))).isEqualTo(200);
        assertThat(world.extensions).containsExactly("i1 " + BOB + " false");
    }
}
