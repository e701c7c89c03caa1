package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.im.ImWorld.BOB;
import static org.impsiwf.ssp.elements.im.ImWorld.CID;
import static org.impsiwf.ssp.elements.im.ImWorld.CLUB;
import static org.impsiwf.ssp.elements.im.ImWorld.DAN;
import static org.impsiwf.ssp.elements.im.ImWorld.TEAM;
import static org.impsiwf.ssp.elements.im.ImWorld.code;
import static org.impsiwf.ssp.elements.im.ImWorld.message;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What waits for a user: fetched, listed, given at the next login, expired. */
class StoredMessagesTest {

    @AutoClose
    private final ImWorld world = new ImWorld();

    private Primitive get(UserId user, String id) {
        return world.client(user, new GetMessageRequest(ImWorld.of(user), new MessageId(id)));
    }

    private Primitive confirm(UserId user, String id) {
        return world.client(
                user, new MessageDelivered(Optional.of(ImWorld.of(user)), Optional.empty(), new MessageId(id)));
    }

    @Nested
    @Tag("tx:GetMessage")
    @Tag("IMPS-SSP-IMSE-S-012")
    class Get {

        @Test
        @Tag("SSP-383")
        @Tag("status:200")
        void aFetchedMessageStaysUntilItIsConfirmed() {
            world.store("1");

            NewMessage fetched = (NewMessage) get(BOB, "1");
            assertThat(fetched.statusInfo()).contains(Status.of(200));
            assertThat(fetched.content().data().asUtf8()).isEqualTo("hello");
            assertThat(world.listed(BOB)).containsExactly("1");

            assertThat(code(confirm(BOB, "1"))).isEqualTo(200);
            assertThat(world.listed(BOB)).isEmpty();
            assertThat(code(confirm(BOB, "1"))).isEqualTo(426);
        }

        @Test
        @Tag("status:426")
        void aMessageThatIsNotThereOrOfSomebodyElseIsInvalid() {
            world.store("1");
            assertThat(code(get(BOB, "2"))).isEqualTo(426);
            assertThat(code(get(CID, "1"))).isEqualTo(426);
        }

        @Test
        @Tag("status:546")
        void aMessageThatIsTooLargeToBeFetchedStaysStored() {
            world.with(ImSettings.DEFAULT.with(new ImSettings.Contents(Set.of(), 100, 4, Optional.empty(), Set.of())));
            world.store("1");
            assertThat(code(get(BOB, "1"))).isEqualTo(546);
            assertThat(world.listed(BOB)).containsExactly("1");
        }

        @Test
        void aMessageOfTheGroupHistoryCanBeFetchedAndConfirmed() {
            world.with(ImWorld.historyOf(message(DAN, "g1", BOB)));
            assertThat(get(BOB, "g1")).isInstanceOf(NewMessage.class);
            assertThat(code(confirm(BOB, "g1"))).isEqualTo(200);
        }

        @Test
        void whatIsElsewhereIsNotifiedOfAndFoundByItsUri() {
            SendMessageRequest plain = message(DAN, "1", BOB);
            MessageInfo info = plain.messageInfo();
            MessageInfo elsewhere = new MessageInfo(
                    info.messageId(),
                    Optional.of("http://away.example/m/1"),
                    info.contentType(),
                    info.contentName(),
                    info.contentSize(),
                    info.validity(),
                    info.recipients(),
                    info.sender(),
                    info.dateTime());
            world.peer(DAN, new SendMessageRequest(plain.metaInformation(), false, elsewhere, Optional.empty()));

            assertThat(world.sap.sent(MessageNotification.class)).hasSize(1);
            assertThat(((NewMessage) get(BOB, "http://away.example/m/1"))
                            .messageInfo()
                            .messageUri())
                    .contains("http://away.example/m/1");
        }
    }

    @Nested
    @Tag("tx:GetMessageList")
    class GetList {

        @Test
        @Tag("SSP-386")
        @Tag("SSP-390")
        @Tag("SSP-391")
        @Tag("status:200")
        @Tag("IMPS-SSP-IMSE-S-015")
        void undeliveredMessagesAreListedFromTheEldestWithTheTotalIfThereAreMore() {
            world.store("1", "2", "3", "4", "5");

            GetMessageListResponse two = (GetMessageListResponse) world.list(BOB, 2L);
            assertThat(ImWorld.ids(two)).containsExactly("1", "2");
            assertThat(two.messageTotalCount()).contains(5L);
            assertThat(((GetMessageListResponse) world.list(BOB, 5L)).messageTotalCount())
                    .isEmpty();
        }

        @Test
        @Tag("status:908")
        void withoutMessagesThereIsNoList() {
            assertThat(code(world.list(BOB, null))).isEqualTo(908);
        }

        @Test
        @Tag("status:539")
        void moreThanIsGivenAtOnceCannotBeAskedFor() {
            assertThat(code(world.list(BOB, 201L))).isEqualTo(539);
        }

        private Primitive ofGroup(UserId user, GroupId group) {
            return world.client(user, new GetMessageListRequest(ImWorld.of(user), Optional.of(group), Optional.of(2L)));
        }

        @Test
        @Tag("SSP-386")
        @Tag("SSP-387")
        @Tag("SSP-388")
        @Tag("SSP-390")
        @Tag("IMPS-SSP-IMSE-S-014")
        @Tag("IMPS-SSP-IMSE-S-018")
        @Tag("IMPS-SSP-IMSE-S-019")
        void withAGroupItsHistoryIsListed() {
            world.with(ImWorld.historyOf(message(DAN, "g1", BOB), message(DAN, "g2", BOB), message(DAN, "g3", BOB)));
            world.store("1");
            GetMessageListResponse history = (GetMessageListResponse) ofGroup(BOB, TEAM);
            assertThat(ImWorld.ids(history)).containsExactly("g2", "g3");
            assertThat(history.messageTotalCount()).contains(3L);
        }

        @ParameterizedTest(name = "what the group says of the reader is the answer {0}")
        @EnumSource(
                value = StatusCode.class,
                names = {
                    "GROUP_DOES_NOT_EXIST",
                    "GROUP_IS_NOT_JOINED",
                    "REJECTED",
                    "NOT_A_GROUP_MEMBER",
                    "HISTORY_IS_NOT_SUPPORTED"
                })
        @Tag("SSP-387")
        @Tag("status:800")
        @Tag("status:808")
        @Tag("status:809")
        @Tag("status:810")
        @Tag("status:821")
        void whatTheGroupSaysOfTheReaderIsTheAnswer(StatusCode refusal) {
            world.with(ImWorld.historyRefusing(refusal));
            assertThat(code(ofGroup(BOB, TEAM))).isEqualTo(refusal.code());
        }

        @Test
        @Tag("status:908")
        void aHistoryWithoutMessagesIsSaidSo() {
            world.with(ImWorld.historyOf());
            assertThat(code(ofGroup(BOB, TEAM))).isEqualTo(908);
        }

        @Test
        @Tag("status:509")
        void withoutGroupHistoryTheRelatedServiceIsMissing() {
            assertThat(code(ofGroup(BOB, TEAM))).isEqualTo(509);
        }

        @Test
        @Tag("SSP-389")
        @Tag("IMPS-SSP-IMSE-S-021")
        @Tag("status:808")
        void theHistoryOfAGroupElsewhereIsForThoseWhoAreJoinedThere() {
            world.with(ImWorld.historyOf());
            world.sap.answering(asked -> switch (asked.primitive()) {
                case GetJoinedMemberRequest any ->
                    new GetJoinedMemberResponse(
                            Status.of(200), List.of(), List.of(new Mapping("Bobby", Optional.of(BOB))), List.of());
                default ->
                    new GetMessageListResponse(
                            Status.of(200), List.of(message(DAN, "g1", BOB).messageInfo()), Optional.empty());
            });

            assertThat(ImWorld.ids((GetMessageListResponse) ofGroup(BOB, CLUB))).containsExactly("g1");
            world.sap.forget();
            assertThat(code(ofGroup(CID, CLUB))).isEqualTo(808);
            assertThat(world.sap.asked()).hasSize(1);
        }
    }

    @Test
    void storedMessagesArePushedInTheirOrderWhenTheUserLogsInAlsoAfterARestart() {
        world.store("1", "2", "3");
        world.restart();
        world.logsIn(BOB);
        assertThat(world.sap.sent(NewMessage.class))
                .extracting(
                        pushed -> pushed.messageInfo().messageId().orElseThrow().value())
                .containsExactly("1", "2", "3");
        assertThat(world.listed(BOB)).isEmpty();
    }

    @Test
    void aUserWhoLogsInWhileAMessageForHimIsBeingStoredGetsIt() {
        // The client says that it is away and is back before the message is in the store.
        world.sap.taking(delivered -> {
            world.sap.taking(again -> Status.of(StatusCode.SUCCESSFUL));
            return Status.of(StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN);
        });
        assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(200);
        assertThat(world.sap.sent(NewMessage.class)).hasSize(2);
        assertThat(world.listed(BOB)).isEmpty();
    }

    @Test
    void aMessageWhoseValidityIsOverIsNotDelivered() {
        world.store("1");
        world.after(ImSettings.Storing.DEFAULT.validity().plusSeconds(1));
        world.logsIn(BOB);
        assertThat(world.sap.sent()).isEmpty();
    }
}
