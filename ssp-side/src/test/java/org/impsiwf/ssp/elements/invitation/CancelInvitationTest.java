package org.impsiwf.ssp.elements.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.ANN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.BOB;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.CID;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.DAN;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.EVE;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.FAY;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.FRIENDS;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.GUS;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.cancel;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.code;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.invite;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.inviteUser;
import static org.impsiwf.ssp.elements.invitation.InvitationWorld.userAnswer;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancelInvitationTest {

    @AutoClose
    private final InvitationWorld world = new InvitationWorld();

    @Nested
    @Tag("tx:BasicCancelInvitation")
    @Tag("IMPS-SSP-CMSE-S-007")
    class Basic {

        @Test
        @Tag("SSP-314")
        @Tag("SSP-315")
        @Tag("SSP-317")
        @Tag("status:200")
        void everyInvitedUserIsToldOfTheCancellationAndCannotAnswerAnyMore() {
            world.contactLists.put(FRIENDS, List.of(BOB, CID));
            world.client(ANN, invite(ANN, InviteType.PR, FRIENDS));
            world.sap.forget();

            Status status = (Status) world.client(ANN, cancel(ANN, InviteType.PR, FRIENDS));

            assertThat(status.statusCode()).isEqualTo(200);
            assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactlyInAnyOrder(BOB, CID);
            assertThat(world.sap.sent(CancelInviteUserRequest.class)).allSatisfy(told -> {
                assertThat(told.inviteId()).isEqualTo(new InviteId("i1"));
                assertThat(told.cancelReason()).contains("no longer");
            });
            assertThat(code(world.client(BOB, userAnswer(ANN, BOB, true)))).isEqualTo(423);
            assertThat(world.notices).extracting(notice -> notice.type()).containsExactly(NotificationType.IC);
        }

        @ParameterizedTest(name = "an invitation of type {0} can be cancelled after it was answered")
        @EnumSource(
                value = InviteType.class,
                names = {"GR", "IM", "PR", "SC", "EC", "AP"})
        @Tag("SSP-314")
        @Tag("SSP-318")
        void everyTypeCanBeCancelledAfterItWasAnswered(InviteType type) {
            world.client(ANN, invite(ANN, type, User.of(BOB)));
            world.client(BOB, userAnswer(ANN, BOB, true));

            assertThat(code(world.client(ANN, cancel(ANN, type, User.of(BOB))))).isEqualTo(200);

            assertThat(world.sap.sent(CancelInviteUserRequest.class)).hasSize(1);
        }

        @Test
        @Tag("SSP-314")
        void whoHasNotHeardOfTheInvitationHearsNothingOfItsEndEither() {
            world.sap.offline(BOB);
            world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)));
            world.client(ANN, cancel(ANN, InviteType.IM, User.of(BOB)));
            world.logsIn(BOB);

            assertThat(world.sap.sent(InviteUserRequest.class)).isEmpty();
            assertThat(world.sap.sent(CancelInviteUserRequest.class)).isEmpty();
        }

        @Test
        @Tag("SSP-315")
        void usersOfOtherDomainsAreToldByThese() {
            world.contactLists.put(FRIENDS, List.of(DAN, EVE));
            world.client(ANN, invite(ANN, InviteType.SC, FRIENDS));
            world.sap.forget();
            world.client(ANN, cancel(ANN, InviteType.SC, FRIENDS));

            assertThat(world.sap.sent(CancelInviteRequest.class))
                    .extracting(CancelInviteRequest::canceledUser)
                    .containsExactlyInAnyOrder(User.of(DAN), User.of(EVE));
        }

        @Test
        @Tag("SSP-317")
        @Tag("status:423")
        void anInvitationThatNobodyHasMadeCannotBeCancelled() {
            world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)));
            assertThat(code(world.client(CID, cancel(CID, InviteType.IM, User.of(BOB)))))
                    .isEqualTo(423);
        }

        @Test
        @Tag("status:402")
        void theElementsMustBeThoseOfTheInvitationsType() {
            world.client(ANN, invite(ANN, InviteType.GR, User.of(BOB)));
            assertThat(code(world.client(ANN, cancel(ANN, InviteType.SC, User.of(BOB)))))
                    .isEqualTo(402);
            assertThat(code(world.client(ANN, cancel(ANN, InviteType.IM, User.of(BOB)))))
                    .isEqualTo(402);
        }

        @Test
        @Tag("status:531")
        void somebodyWhoIsNotInvitedIsUnknown() {
            world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)));
            assertThat(code(world.client(ANN, cancel(ANN, InviteType.IM, User.of(CID)))))
                    .isEqualTo(531);
        }

        @Test
        @Tag("status:700")
        void aContactListThatDoesNotExistIsUnknown() {
            world.client(ANN, invite(ANN, InviteType.IM, User.of(BOB)));
            assertThat(code(world.client(ANN, cancel(ANN, InviteType.IM, FRIENDS))))
                    .isEqualTo(700);
        }

        @ParameterizedTest(name = "what the other domain says is the answer {0}")
        @EnumSource(
                value = StatusCode.class,
                names = {"UNABLE_TO_DELIVERY", "DOMAIN_NOT_SUPPORTED"})
        @Tag("status:410")
        @Tag("status:516")
        void whatTheOtherDomainSaysIsTheAnswer(StatusCode refusal) {
            world.client(ANN, invite(ANN, InviteType.IM, User.of(DAN)));
            world.sap.answering(asked -> Status.of(refusal));
            assertThat(code(world.client(ANN, cancel(ANN, InviteType.IM, User.of(DAN)))))
                    .isEqualTo(refusal.code());
        }
    }

    @Nested
    @Tag("tx:ComplementaryCancelInvitation")
    @Tag("IMPS-SSP-CMSE-S-008")
    class Complementary {

        @Test
        @Tag("SSP-316")
        @Tag("SSP-317")
        @Tag("status:200")
        void thePseCancelsAtTheHomeOfEveryInvitedUser() {
            world.contactLists.put(FRIENDS, List.of(FAY, GUS));
            world.client(ANN, invite(ANN, InviteType.PR, FRIENDS));
            world.sap.forget();

            assertThat(code(world.client(ANN, cancel(ANN, InviteType.PR, FRIENDS))))
                    .isEqualTo(200);

            assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactlyInAnyOrder(FAY, GUS);
            assertThat(world.sap.sent(CancelInviteUserRequest.class))
                    .extracting(CancelInviteUserRequest::inviteId)
                    .containsExactly(new InviteId("i1"), new InviteId("i1"));
        }

        @Test
        @Tag("SSP-316")
        @Tag("status:200")
        void theHomeHandsTheCancellationToItsClient() {
            world.peer("pse.example", Optional.empty(), inviteUser("pse.example", DAN, BOB));
            world.sap.forget();

            assertThat(code(world.peer("pse.example", Optional.empty(), ofPse(BOB))))
                    .isEqualTo(200);

            assertThat(world.sap.delivered()).containsExactly(new Delivered(BOB, ofPse(BOB)));
        }

        private CancelInviteUserRequest ofPse(UserId user) {
            return cancel(DAN, InviteType.IM, User.of(user))
                    .forUser(MetaInformation.ofServer(new ServiceId("wv:@pse.example")), User.of(user));
        }

        @Test
        @Tag("status:402")
        @Tag("status:700")
        void thePseRefusesWhatDoesNotFitTheInvitation() {
            world.client(ANN, invite(ANN, InviteType.PR, User.of(FAY)));
            assertThat(code(world.client(ANN, cancel(ANN, InviteType.AP, User.of(FAY)))))
                    .isEqualTo(402);
            assertThat(code(world.client(ANN, cancel(ANN, InviteType.PR, FRIENDS))))
                    .isEqualTo(700);
        }

        @ParameterizedTest(name = "a served user is told what the domain of the invited says {0}")
        @EnumSource(
                value = StatusCode.class,
                names = {"UNABLE_TO_DELIVERY", "DOMAIN_NOT_SUPPORTED"})
        @Tag("status:410")
        @Tag("status:516")
        void aServedUserIsToldWhatTheDomainOfTheInvitedSays(StatusCode refusal) {
            world.peer(FAY, invite(FAY, InviteType.IM, User.of(DAN)));
            world.sap.answering(asked -> Status.of(refusal));
            assertThat(code(world.peer(FAY, cancel(FAY, InviteType.IM, User.of(DAN)))))
                    .isEqualTo(refusal.code());
        }

        @Test
        @Tag("SSP-317")
        @Tag("status:423")
        void theHomeRefusesTheCancellationOfAnInvitationThatItHasNotSeen() {
            assertThat(code(world.peer("pse.example", Optional.empty(), ofPse(BOB))))
                    .isEqualTo(423);
        }

        @Test
        @Tag("status:531")
        void theHomeRefusesTheCancellationForSomebodyWhoIsNotInvited() {
            world.peer("pse.example", Optional.empty(), inviteUser("pse.example", DAN, BOB));
            assertThat(code(world.peer("pse.example", Optional.empty(), ofPse(CID))))
                    .isEqualTo(531);
        }
    }
}
