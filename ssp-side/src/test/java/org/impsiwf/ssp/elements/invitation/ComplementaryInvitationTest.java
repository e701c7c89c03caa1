package org.impsiwf.ssp.elements.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.ANN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.BOB;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.DAN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.EVE;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.FAY;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.FRIENDS;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.GUS;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.answer;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.code;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.invite;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.inviteUser;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.userAnswer;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Asked;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invited user's PSE is not its home: we are the one, then the other. */
@Tag("tx:ComplementaryInvitation")
@Tag("IMPS-SSP-CMSE-S-006")
class ComplementaryInvitationTest {

    @AutoClose
    private final InvitationWorld world = new InvitationWorld();

    @Test
    @Tag("SSP-307")
    void thePseInvitesThroughTheHomeOfEveryInvitedUser() {
        world.contactLists.put(FRIENDS, List.of(FAY, GUS));
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, FRIENDS)))).isEqualTo(200);

        assertThat(world.sap.delivered())
                .extracting(Delivered::user, delivered -> delivered.primitive().getClass())
                .containsExactlyInAnyOrder(
                        Tuple.tuple(FAY, InviteUserRequest.class), Tuple.tuple(GUS, InviteUserRequest.class));
    }

    @Test
    @Tag("SSP-302")
    @Tag("SSP-309")
    @Tag("SSP-312")
    @Tag("status:200")
    void thePseAcknowledgesTheAnswerOfTheHomeAndTellsTheInvitingDomain() {
        world.peer(DAN, invite(DAN, InviteType.IM, User.of(FAY)));
        world.sap.forget();

        Primitive status = world.peer("served.example", Optional.empty(), userAnswer(DAN, FAY, true));

        assertThat(status).isEqualTo(Status.of(StatusCode.SUCCESSFUL));
        assertThat(world.sap.delivered()).singleElement().satisfies(delivered -> {
            assertThat(delivered.user()).isEqualTo(DAN);
            InviteResponse response = (InviteResponse) delivered.primitive();
            assertThat(response.inviteId()).isEqualTo(new InviteId("i1"));
            assertThat(response.invitingUser()).isEqualTo(User.of(DAN));
            assertThat(response.respondingUser()).isEqualTo(User.of(FAY));
        });
    }

    @Test
    @Tag("SSP-308")
    void theHomeHandsTheInvitationToItsClientAndTheAnswerToThePse() {
        assertThat(code(world.peer("pse.example", Optional.empty(), inviteUser("pse.example", DAN, BOB))))
                .isEqualTo(200);
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(BOB);
        world.sap.forget();

        InviteUserResponse response = userAnswer(DAN, BOB, true);
        assertThat(code(world.client(BOB, response))).isEqualTo(200);

        assertThat(world.sap.asked()).containsExactly(new Asked("pse.example", response));
    }

    @Test
    @Tag("SSP-308")
    void theAnswerForAPseThatIsDownIsRepeatedAfterARestart() {
        world.peer("pse.example", Optional.empty(), inviteUser("pse.example", DAN, BOB));
        world.sap.answering(asked -> Status.of(StatusCode.SERVICE_UNAVAILABLE));
        assertThat(code(world.client(BOB, userAnswer(DAN, BOB, true)))).isEqualTo(200);
        world.sap.answering(asked -> Status.of(StatusCode.SUCCESSFUL));
        world.sap.forget();
        world.restart();

        world.after(Duration.ofSeconds(6));

        assertThat(world.sap.asked()).extracting(Asked::domain).containsExactly("pse.example");
    }

    @Test
    void anInvitationForAHomeThatIsDownIsRepeatedUntilItIsTaken() {
        world.sap.taking(delivered -> Status.of(StatusCode.INVALID_TIMEOUT));
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, User.of(FAY)))))
                .isEqualTo(200);
        world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
        world.sap.forget();

        world.after(Duration.ofSeconds(4));
        assertThat(world.sap.sent()).isEmpty();
        world.after(Duration.ofSeconds(2));
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
        world.after(Duration.ofMinutes(5));
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
    }

    @ParameterizedTest(name = "an invitation that the home refuses for good is answered for the invited user {0}")
    @EnumSource(
            value = StatusCode.class,
            names = {"UNKNOWN_USER", "INVALID_CLIENT_ID", "FORBIDDEN_APPLICATION_ID"})
    void anInvitationThatTheHomeRefusesForGoodIsAnsweredForTheInvitedUser(StatusCode refusal) {
        world.sap.taking(delivered ->
                Status.of(delivered.primitive() instanceof InviteUserRequest ? refusal : StatusCode.SUCCESSFUL));
        world.client(ANN, invite(ANN, InviteType.IM, User.of(FAY)));
        world.after(Duration.ofSeconds(1));

        assertThat(world.sap.sent(InviteResponse.class)).singleElement().satisfies(response -> {
            assertThat(response.inviteAcceptance()).isFalse();
            assertThat(response.inviteResponse()).contains(refusal.title());
        });
    }

    @Test
    @Tag("status:531")
    @Tag("status:427")
    void theHomeRefusesAnInvitationForSomebodyUnknownOrFromNobody() {
        UserId nobody = new UserId("wv:nobody@home.example");
        assertThat(code(world.peer("pse.example", Optional.empty(), inviteUser("pse.example", DAN, nobody))))
                .isEqualTo(531);
        InviteUserRequest good = inviteUser("pse.example", DAN, BOB);
        InviteUserRequest fromNobody = new InviteUserRequest(
                good.metaInformation(),
                good.inviteId(),
                good.inviteType(),
                InvitationWorld.CLUB,
                good.invitedUser(),
                good.inviteGroupId(),
                good.inviteApplicationId(),
                good.invitePresenceAttributeList(),
                good.inviteContentIdList(),
                good.inviteReason(),
                good.ownScreenName(),
                good.validity());
        assertThat(code(world.peer("pse.example", Optional.empty(), fromNobody)))
                .isEqualTo(427);
    }

    @Test
    @Tag("status:410")
    void theHomeSaysThatItsUserIsNotThereAndThePseTriesAgain() {
        world.sap.offline(BOB);
        assertThat(code(world.peer("pse.example", Optional.empty(), inviteUser("pse.example", DAN, BOB))))
                .isEqualTo(410);
    }

    @Test
    @Tag("status:402")
    @Tag("status:751")
    void typesAndAttributesThatThePseDoesNotSupportAreRefused() {
        world.with(only(EnumSet.of(InviteType.PR), Set.of()));
        assertThat(code(world.peer(DAN, invite(DAN, InviteType.IM, User.of(FAY)))))
                .isEqualTo(402);
        assertThat(code(world.peer(DAN, invite(DAN, InviteType.PR, User.of(FAY)))))
                .isEqualTo(751);
        assertThat(world.sap.sent()).isEmpty();
    }

    private static InvitationSettings only(Set<InviteType> types, Set<PresenceAttribute> attributes) {
        InvitationSettings usual = InvitationSettings.DEFAULT;
        return new InvitationSettings(
                types,
                attributes,
                usual.contents(),
                true,
                usual.validity(),
                usual.longestValidity(),
                usual.collect(),
                usual.mostInvited());
    }

    @Test
    @Tag("status:700")
    @Tag("status:800")
    @Tag("status:516")
    void aServedUserCannotInviteWhomThePseCannotFind() {
        assertThat(code(world.peer(FAY, invite(FAY, InviteType.IM, FRIENDS)))).isEqualTo(700);
        assertThat(code(world.peer(FAY, invite(FAY, InviteType.GM, new GroupId("wv:ann/none@home.example")))))
                .isEqualTo(800);
        world.sap.answering(asked -> Status.of(StatusCode.DOMAIN_NOT_SUPPORTED));
        assertThat(code(world.peer(FAY, invite(FAY, InviteType.IM, User.of(EVE)))))
                .isEqualTo(516);
    }

    @Test
    @Tag("SSP-302")
    @Tag("status:423")
    void thePseRefusesAnAnswerToAnInvitationThatItDoesNotKnow() {
        assertThat(code(world.peer("served.example", Optional.empty(), userAnswer(DAN, FAY, true))))
                .isEqualTo(423);
    }

    @ParameterizedTest(
            name = "what the requests of the basic form are refused with, those for served users are, too {0}")
    @EnumSource(
            value = StatusCode.class,
            names = {"INVALID_CLIENT_ID", "MISSING_APPLICATION_ID", "INVALID_APPLICATION_ID", "FORBIDDEN_APPLICATION_ID"
            })
    @Tag("status:428")
    @Tag("status:450")
    @Tag("status:451")
    @Tag("status:452")
    void whatTheClientSaysToTheHomeIsTheAnswerToThePse(StatusCode refusal) {
        world.sap.taking(delivered -> Status.of(refusal));
        assertThat(code(world.peer("pse.example", Optional.empty(), inviteUser("pse.example", DAN, BOB))))
                .isEqualTo(refusal.code());
    }

    @Test
    @Tag("SSP-309")
    void theHomeOfAnInvitingUserWhosePseIsElsewhereHandsTheAnswerToItsClientOrKeepsIt() {
        world.sap.primaryElsewhere(ANN);
        assertThat(code(world.peer("pse.example", Optional.empty(), answer(ANN, EVE, true))))
                .isEqualTo(200);
        assertThat(world.sap.delivered()).containsExactly(new Delivered(ANN, answer(ANN, EVE, true)));
        world.sap.forget();

        world.sap.offline(ANN);
        assertThat(code(world.peer("pse.example", Optional.empty(), answer(ANN, DAN, true))))
                .isEqualTo(200);
        assertThat(world.sap.sent()).isEmpty();
        world.logsIn(ANN);
        assertThat(world.sap.delivered()).containsExactly(new Delivered(ANN, answer(ANN, DAN, true)));
    }
}
