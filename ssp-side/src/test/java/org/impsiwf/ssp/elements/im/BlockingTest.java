package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.impsiwf.ssp.elements.im.ImWorld.ANN;
import static org.impsiwf.ssp.elements.im.ImWorld.BOB;
import static org.impsiwf.ssp.elements.im.ImWorld.CID;
import static org.impsiwf.ssp.elements.im.ImWorld.DAN;
import static org.impsiwf.ssp.elements.im.ImWorld.EVE;
import static org.impsiwf.ssp.elements.im.ImWorld.FRIENDS;
import static org.impsiwf.ssp.elements.im.ImWorld.TEAM;
import static org.impsiwf.ssp.elements.im.ImWorld.code;
import static org.impsiwf.ssp.elements.im.ImWorld.message;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetBlockedRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetBlockedResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.IsUserBlockedRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.IsUserBlockedResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.ListStatus;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockingTest {

    @AutoClose
    private final ImWorld world = new ImWorld();

    private static final ContactListId LIST = new ContactListId("wv:bob/pests@home.example");

    private Primitive block(Entity... entities) {
        return change(List.of(entities), ListStatus.ACTIVE, List.of(), ListStatus.INACTIVE);
    }

    private Primitive grant(Entity... entities) {
        return change(List.of(), ListStatus.INACTIVE, List.of(entities), ListStatus.ACTIVE);
    }

    private Primitive change(List<Entity> blocked, ListStatus blocks, List<Entity> granted, ListStatus grants) {
        return world.blocking(
                BOB, new BlockEntityRequest(ImWorld.of(BOB), blocked, List.of(), blocks, granted, List.of(), grants));
    }

    private GetBlockedResponse lists() {
        return (GetBlockedResponse) world.blocking(BOB, new GetBlockedRequest(ImWorld.of(BOB)));
    }

    @Nested
    @Tag("tx:BlockEntity")
    @Tag("IMPS-SSP-IMSE-S-022")
    class Block {

        @Test
        @Tag("SSP-397")
        @Tag("status:200")
        void noMessageOfABlockedUserIsDeliveredAndItsSenderIsToldSo() {
            assertThat(code(block(DAN))).isEqualTo(200);
            assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(532);
            assertThat(code(world.peer(EVE, message(EVE, "2", BOB)))).isEqualTo(200);
            assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
        }

        static Stream<Entity> kinds() {
            return Stream.of(
                    new UserId("wv:DAN@away.example"),
                    new UserId("wv:*@away.example"),
                    TEAM,
                    ScreenName.in(TEAM, "Danny"),
                    LIST,
                    new ApplicationId("chess"));
        }

        @ParameterizedTest(name = "a message is shut out by {0} [SSP-394]")
        @MethodSource("kinds")
        @Tag("SSP-394")
        void entitiesOfEveryKindShutOut(Entity entity) {
            world.contactLists.put(LIST, List.of(DAN));
            assertThat(code(world.peer(DAN, fromGroup("1")))).isEqualTo(200);
            assertThat(code(block(entity))).isEqualTo(200);

            assertThat(code(world.peer(DAN, fromGroup("2")))).isEqualTo(532);
        }

        @ParameterizedTest(name = "with the grant list in use only who is on it gets through, as {0}")
        @MethodSource("kinds")
        @Tag("SSP-394")
        void entitiesOfEveryKindCanBeGranted(Entity entity) {
            world.contactLists.put(LIST, List.of(DAN));
            grant(new UserId("wv:nobody@far.example"));
            assertThat(code(world.peer(DAN, fromGroup("1")))).isEqualTo(532);

            grant(entity);

            assertThat(code(world.peer(DAN, fromGroup("2")))).isEqualTo(200);
            assertThat(code(world.peer(EVE, message(EVE, "3", BOB)))).isEqualTo(532);
        }

        private SendMessageRequest fromGroup(String id) {
            ClientId client = new ClientId("phone", Optional.of(new ApplicationId("chess")));
            MetaInformation meta =
                    new MetaInformation(true, new ServiceId("wv:@away.example"), Optional.of(DAN), Optional.of(client));
            MessageInfo plain = message(DAN, id, BOB).messageInfo();
            MessageInfo info = new MessageInfo(
                    Optional.of(new MessageId(id)),
                    Optional.empty(),
                    plain.contentType(),
                    Optional.empty(),
                    plain.contentSize(),
                    Optional.empty(),
                    plain.recipients(),
                    Optional.of(new MessageInfo.Sender(TEAM, Optional.of(ScreenName.in(TEAM, "Danny")))),
                    Optional.empty());
            return new SendMessageRequest(
                    meta, false, info, message(DAN, id, BOB).content());
        }

        @Test
        @Tag("SSP-395")
        @Tag("SSP-396")
        void aContactListCountsWithTheMembersThatItHasNow() {
            world.contactLists.put(LIST, List.of(EVE));
            block(LIST);
            assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(200);

            world.contactLists.put(LIST, List.of(EVE, DAN));
            assertThat(code(world.peer(DAN, message(DAN, "2", BOB)))).isEqualTo(532);

            world.contactLists.remove(LIST);
            assertThat(code(world.peer(DAN, message(DAN, "3", BOB)))).isEqualTo(200);
        }

        @Test
        void aListThatIsNotInUseShutsNobodyOut() {
            change(List.of(DAN), ListStatus.INACTIVE, List.of(EVE), ListStatus.INACTIVE);
            assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(200);
        }

        @Test
        void withBothListsInUseOneHasToBeGrantedAndNotBlocked() {
            change(List.of(DAN), ListStatus.ACTIVE, List.of(DAN, EVE), ListStatus.ACTIVE);
            assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(532);
            assertThat(code(world.peer(EVE, message(EVE, "2", BOB)))).isEqualTo(200);
        }

        @Test
        void whoIsUnblockedGetsThroughAgain() {
            block(DAN);
            world.blocking(
                    BOB,
                    new BlockEntityRequest(
                            ImWorld.of(BOB),
                            List.of(),
                            List.of(new UserId("wv:Dan@Away.example")),
                            ListStatus.ACTIVE,
                            List.of(),
                            List.of(),
                            ListStatus.INACTIVE));
            assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(200);
        }

        @Test
        @Tag("SSP-397")
        void aMessageThatWasStoredBeforeItsSenderWasBlockedIsNotDelivered() {
            world.sap.offline(BOB);
            world.peer(DAN, message(DAN, "1", BOB));
            block(DAN);
            world.logsIn(BOB);
            assertThat(world.sap.sent(NewMessage.class)).isEmpty();
        }

        @Test
        @Tag("status:531")
        @Tag("status:800")
        void usersAndGroupsOfOursThatDoNotExistAreRefused() {
            assertThat(code(block(new UserId("wv:nobody@home.example")))).isEqualTo(531);
            assertThat(code(block(new GroupId("wv:ann/none@home.example")))).isEqualTo(800);
        }

        @Test
        @Tag("status:201")
        void theRestIsBlockedAllTheSame() {
            Status status = (Status) block(new UserId("wv:nobody@home.example"), DAN);
            assertThat(status.statusCode()).isEqualTo(201);
            assertThat(status.detailedResult())
                    .singleElement()
                    .satisfies(detail -> assertThat(detail.code()).isEqualTo(531));
            assertThat(lists().blockEntityList()).containsExactly(DAN);
        }

        @Test
        @Tag("status:548")
        void onlyAllUsersOfADomainCanBeMeantByAWildcard() {
            assertThat(code(block(new UserId("wv:d*@away.example")))).isEqualTo(548);
            assertThat(code(block(new UserId("wv:*@*.example")))).isEqualTo(548);
        }

        @Test
        @Tag("status:547")
        void wildcardsCanBeForbidden() {
            ImSettings usual = ImSettings.DEFAULT;
            world.with(new ImSettings(
                    usual.storing(),
                    usual.contents(),
                    new ImSettings.Blocking(10, 10, false),
                    usual.mostRecipients(),
                    usual.mostListed()));
            assertThat(code(block(new UserId("wv:*@away.example")))).isEqualTo(547);
        }

        @Test
        @Tag("status:756")
        @Tag("status:757")
        void bothListsHaveALimitAndAreLeftAsTheyWere() {
            ImSettings usual = ImSettings.DEFAULT;
            world.with(new ImSettings(
                    usual.storing(),
                    usual.contents(),
                    new ImSettings.Blocking(2, 1, true),
                    usual.mostRecipients(),
                    usual.mostListed()));
            block(DAN);
            assertThat(code(block(EVE, CID))).isEqualTo(757);
            assertThat(code(grant(EVE, CID))).isEqualTo(756);
            assertThat(lists().blockEntityList()).containsExactly(DAN);
            assertThat(lists().grantEntityList()).isEmpty();
        }

        @Test
        void theUsersClientsAreNotifiedOfWhatHasChanged() {
            block(DAN);
            assertThat(world.notices)
                    .extracting(notice -> notice.type())
                    .containsExactly(NotificationType.BLC, NotificationType.BLUC);
            world.notices.clear();
            grant(EVE);
            assertThat(world.notices)
                    .extracting(notice -> notice.type())
                    .containsExactly(NotificationType.BLUC, NotificationType.GLC, NotificationType.GLUC);
            assertThat(world.notices.getFirst().listInUse()).contains(false);
        }

        @Test
        void anElementMayPutSomethingOnTheGrantListAndLeavesTheRest() {
            block(DAN);
            world.blocks.grant(BOB, FRIENDS);
            world.blocks.grant(BOB, FRIENDS);
            assertThat(lists().grantEntityList()).containsExactly(FRIENDS);
            assertThat(lists().blockListStatus()).isEqualTo(ListStatus.ACTIVE);
            assertThat(lists().grantListStatus()).isEqualTo(ListStatus.INACTIVE);
        }

        @Test
        void anElementIsToldWhenTheGrantListElsewhereIsFull() {
            world.sap.answering(asked -> asked.primitive() instanceof GetBlockedRequest
                    ? new GetBlockedResponse(
                            Status.of(200), List.of(), ListStatus.ACTIVE, List.of(), ListStatus.INACTIVE)
                    : Status.of(756));
            assertThatThrownBy(() -> world.blocks.grant(DAN, FRIENDS))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status().statusCode()).isEqualTo(756));
        }
    }

    @Nested
    @Tag("tx:GetBlockedList")
    @Tag("IMPS-SSP-IMSE-S-022")
    class Get {

        @Test
        @Tag("status:200")
        void givesBothListsInTheirOrderAndWhetherTheyAreInUse() {
            change(
                    List.of(DAN, TEAM, ScreenName.in(TEAM, "Danny"), LIST, new ApplicationId("chess")),
                    ListStatus.ACTIVE,
                    List.of(EVE),
                    ListStatus.INACTIVE);

            assertThat(lists())
                    .isEqualTo(new GetBlockedResponse(
                            Status.of(200),
                            List.of(DAN, TEAM, ScreenName.in(TEAM, "Danny"), LIST, new ApplicationId("chess")),
                            ListStatus.ACTIVE,
                            List.of(EVE),
                            ListStatus.INACTIVE));
        }

        @Test
        void whoHasNoListsGetsEmptyOnes() {
            assertThat(lists().blockEntityList()).isEmpty();
            assertThat(lists().blockListStatus()).isEqualTo(ListStatus.INACTIVE);
        }

        @Test
        @Tag("status:531")
        void whoDoesNotExistHasNone() {
            UserId nobody = new UserId("wv:nobody@home.example");
            assertThat(code(world.blocking(nobody, new GetBlockedRequest(ImWorld.of(nobody)))))
                    .isEqualTo(531);
        }

        @Test
        @Tag("status:427")
        void aServerHasNoLists() {
            Refusal[] refused = new Refusal[1];
            try {
                world.blocks.serve(new ServiceRequest(
                        new GetBlockedRequest(MetaInformation.ofServer(new ServiceId("wv:@away.example"))),
                        Optional.of(new ServiceId("wv:@away.example")),
                        Optional.empty(),
                        Optional.empty(),
                        world.now));
            } catch (Refusal refusal) {
                refused[0] = refusal;
            }
            assertThat(refused[0].status().statusCode()).isEqualTo(427);
        }
    }

    @Nested
    @Tag("tx:IsUserBlocked")
    @Tag("IMPS-SSP-IMSE-S-023")
    class IsBlocked {

        private Primitive ask(UserId blocking, UserId blocked) {
            return world.blocking(ANN, new IsUserBlockedRequest(ImWorld.of(ANN), blocking, blocked));
        }

        @Test
        @Tag("status:200")
        void saysWhetherMessagesOfThatUserWouldBeShutOut() {
            block(DAN);
            assertThat(ask(BOB, DAN)).isEqualTo(new IsUserBlockedResponse(Status.of(200), true));
            assertThat(ask(BOB, EVE)).isEqualTo(new IsUserBlockedResponse(Status.of(200), false));
        }

        @Test
        @Tag("status:531")
        void aUserOfOursWhoDoesNotExistIsUnknown() {
            assertThat(code(ask(new UserId("wv:nobody@home.example"), DAN))).isEqualTo(531);
        }

        @Test
        void theDomainOfAnotherUserIsAsked() {
            world.sap.answering(asked -> new IsUserBlockedResponse(Status.of(200), true));
            assertThat(ask(DAN, BOB)).isEqualTo(new IsUserBlockedResponse(Status.of(200), true));
            assertThat(world.sap.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.domain()).isEqualTo("away.example"));
        }
    }

    @Test
    @Tag("tx:SendMessage")
    @Tag("status:532")
    @Tag("SSP-397")
    void aBlockedSenderIsRefusedAndOthersWhoAreAddressedGetTheMessage() {
        block(DAN);
        Primitive answer = world.peer(DAN, message(DAN, "1", BOB, CID));
        assertThat(code(answer)).isEqualTo(201);
        assertThat(code(world.peer(DAN, message(DAN, "2", BOB)))).isEqualTo(532);
        assertThat(world.sap.sent(NewMessage.class))
                .extracting(NewMessage::recipientUserIdList)
                .containsExactly(List.of(User.of(CID)));
    }
}
