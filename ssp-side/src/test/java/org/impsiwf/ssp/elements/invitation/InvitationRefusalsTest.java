package org.impsiwf.ssp.elements.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.ANN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.BOB;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.CHESS;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.DAN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.EVE;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.FRIENDS;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.TEAM;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.answer;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.code;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.invite;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.im.ImSettings;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ListStatus;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invitations that are refused, at once or by whom they are for. */
@Tag("tx:BasicInvitation")
class InvitationRefusalsTest {

    @AutoClose
    private final InvitationWorld world = new InvitationWorld();

    @Test
    @Tag("status:402")
    void aTypeThatIsNotSupportedIsRefused() {
        world.with(only(EnumSet.of(InviteType.IM), EnumSet.allOf(PresenceAttribute.class)));
        assertThat(code(world.client(ANN, invite(ANN, InviteType.PR, User.of(BOB)))))
                .isEqualTo(402);
    }

    @Test
    @Tag("status:751")
    void presenceAttributesThatAreNotSupportedAreRefused() {
        world.with(only(EnumSet.allOf(InviteType.class), Set.of()));
        assertThat(code(world.client(ANN, invite(ANN, InviteType.PR, User.of(BOB)))))
                .isEqualTo(751);
    }

    private static InvitationSettings only(Set<InviteType> types, Set<PresenceAttribute> attributes) {
        InvitationSettings usual = InvitationSettings.DEFAULT;
        return new InvitationSettings(
                types,
                attributes,
                usual.contents(),
                false,
                usual.validity(),
                usual.longestValidity(),
                usual.collect(),
                usual.mostInvited());
    }

    @Test
    @Tag("status:451")
    @Tag("status:452")
    void applicationsThatAreUnknownOrForbiddenAreRefused() {
        assertThat(codeWith(contents(Optional.of(Set.of(new ApplicationId("other"))), Set.of())))
                .isEqualTo(451);
        assertThat(codeWith(contents(Optional.empty(), Set.of(CHESS)))).isEqualTo(452);
        assertThat(codeWith(contents(Optional.of(Set.of(CHESS)), Set.of()))).isEqualTo(200);
    }

    private int codeWith(ImSettings.Contents contents) {
        InvitationSettings usual = InvitationSettings.DEFAULT;
        world.with(new InvitationSettings(
                usual.types(),
                usual.attributes(),
                contents,
                true,
                usual.validity(),
                usual.longestValidity(),
                usual.collect(),
                usual.mostInvited()));
        return code(world.client(ANN, invite(ANN, InviteType.AP, User.of(BOB))));
    }

    private static ImSettings.Contents contents(
            Optional<Set<ApplicationId>> applications, Set<ApplicationId> forbidden) {
        return new ImSettings.Contents(Set.of(), 100, 100, applications, forbidden);
    }

    @Test
    @Tag("status:531")
    void usersAndScreenNamesThatDoNotExistAreUnknown() {
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, User.of("wv:nobody@home.example")))))
                .isEqualTo(531);
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, ScreenName.in(TEAM, "Nobody")))))
                .isEqualTo(531);
    }

    @Test
    @Tag("status:800")
    void aGroupOfOursThatDoesNotExistIsRefused() {
        assertThat(code(world.client(ANN, invite(ANN, InviteType.GM, new GroupId("wv:ann/none@home.example")))))
                .isEqualTo(800);
    }

    @Test
    @Tag("status:427")
    void anAddressWithoutDomainIsInvalid() {
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, User.of("wv:bob")))))
                .isEqualTo(427);
    }

    @Test
    @Tag("status:700")
    void aContactListThatDoesNotExistIsUnknown() {
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, FRIENDS)))).isEqualTo(700);
    }

    @Test
    @Tag("status:516")
    void nobodyElseInvitesThroughUs() {
        assertThat(code(world.peer(DAN, invite(DAN, InviteType.IM, User.of(EVE)))))
                .isEqualTo(516);
        assertThat(world.sap.sent()).isEmpty();
    }

    @Test
    @Tag("status:410")
    void withoutStoringAUserWhoIsNotLoggedInCannotBeReached() {
        world.with(only(EnumSet.allOf(InviteType.class), Set.of()));
        world.sap.offline(BOB);
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)))))
                .isEqualTo(410);
    }

    @Test
    @Tag("SSP-397")
    @Tag("status:410")
    void somebodyWhoIsBlockedCannotInvite() {
        block(BOB, DAN);
        assertThat(code(world.peer(DAN, invite(DAN, InviteType.IM, User.of(BOB)))))
                .isEqualTo(410);
        assertThat(world.sap.sent()).isEmpty();
    }

    @Test
    @Tag("SSP-397")
    void somebodyWhoIsBlockedWhileHisInvitationWaitsIsAnsweredForTheInvitedUser() {
        world.sap.offline(BOB);
        world.peer(DAN, invite(DAN, InviteType.IM, User.of(BOB)));
        block(BOB, DAN);
        world.logsIn(BOB);
        world.after(Duration.ofSeconds(1));

        assertThat(world.sap.sent(InviteUserRequest.class)).isEmpty();
        assertThat(world.sap.sent(InviteResponse.class))
                .singleElement()
                .satisfies(response -> assertThat(response.inviteAcceptance()).isFalse());
    }

    private void block(UserId owner, UserId blocked) {
        BlockEntityRequest request = new BlockEntityRequest(
                InvitationWorld.of(owner),
                List.of(blocked),
                List.of(),
                ListStatus.ACTIVE,
                List.of(),
                List.of(),
                ListStatus.INACTIVE);
        world.blocks.serve(ServiceRequest.ofClient(owner, request, world.now));
    }

    @ParameterizedTest(name = "what another domain says of its user is the answer {0}")
    @EnumSource(
            value = StatusCode.class,
            names = {
                "INVALID_CLIENT_ID",
                "MISSING_APPLICATION_ID",
                "UNKNOWN_USER",
                "UNABLE_TO_DELIVERY",
                "DOMAIN_NOT_SUPPORTED"
            })
    @Tag("status:428")
    @Tag("status:450")
    @Tag("status:531")
    @Tag("status:410")
    @Tag("status:516")
    void whatAnotherDomainSaysOfItsUserIsTheAnswer(StatusCode refusal) {
        world.sap.answering(asked -> Status.of(refusal));
        assertThat(code(world.client(ANN, invite(ANN, InviteType.IM, User.of(DAN)))))
                .isEqualTo(refusal.code());
        assertThat(code(world.peer("away.example", Optional.empty(), answer(ANN, DAN, true))))
                .isEqualTo(423);
    }
}
