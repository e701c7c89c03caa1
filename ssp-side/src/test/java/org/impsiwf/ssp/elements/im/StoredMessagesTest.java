package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.im.ImWorld.ANN;
import static org.impsiwf.ssp.elements.im.ImWorld.BOB;
import static org.impsiwf.ssp.elements.im.ImWorld.CID;
import static org.impsiwf.ssp.elements.im.ImWorld.CLUB;
import static org.impsiwf.ssp.elements.im.ImWorld.DAN;
import static org.impsiwf.ssp.elements.im.ImWorld.EVE;
import static org.impsiwf.ssp.elements.im.ImWorld.FAY;
import static org.impsiwf.ssp.elements.im.ImWorld.FRIENDS;
import static org.impsiwf.ssp.elements.im.ImWorld.GUS;
import static org.impsiwf.ssp.elements.im.ImWorld.TEAM;
import static org.impsiwf.ssp.elements.im.ImWorld.code;
import static org.impsiwf.ssp.elements.im.ImWorld.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.RejectMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SetMessageDeliveryMethod;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
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

/** What waits for a user: notified of, listed, fetched, rejected, forwarded, expired. */
class StoredMessagesTest {

    @AutoClose
    private final ImWorld world = new ImWorld();

    private Primitive choose(UserId user, DeliveryMethod method) {
        return world.client(
                user, new SetMessageDeliveryMethod(ImWorld.of(user), method, Optional.empty(), Optional.empty()));
    }

    private Primitive get(UserId user, String id) {
        return world.client(user, new GetMessageRequest(ImWorld.of(user), new MessageId(id)));
    }

    private Primitive confirm(UserId user, String id) {
        return world.client(
                user, new MessageDelivered(Optional.of(ImWorld.of(user)), Optional.empty(), new MessageId(id)));
    }

    private Primitive list(UserId user, Long count) {
        return world.client(
                user, new GetMessageListRequest(ImWorld.of(user), Optional.empty(), Optional.ofNullable(count)));
    }

    private List<String> listed(UserId user) {
        return list(user, null) instanceof GetMessageListResponse response ? ids(response) : List.of();
    }

    private static List<String> ids(GetMessageListResponse response) {
        return response.messageInfoList().stream()
                .map(info -> info.messageId().orElseThrow().value())
                .toList();
    }

    private void store(String... ids) {
        world.sap.offline(BOB);
        Arrays.stream(ids).forEach(id -> world.peer(DAN, message(DAN, id, BOB)));
    }

    @Nested
    @Tag("tx:SetMessageDeliveryMethod")
    @Tag("IMPS-SSP-IMSE-S-013")
    class Method {

        @Test
        @Tag("SSP-384")
        @Tag("status:200")
        void notifyGetTellsTheIdOnlyAndPushTheWholeMessage() {
            assertThat(code(choose(BOB, DeliveryMethod.NOTIFY_GET))).isEqualTo(200);
            assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(200);

            assertThat(world.sap.sent()).hasSize(1);
            assertThat(world.sap.sent(MessageNotification.class))
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.recipientUserIdList()).containsExactly(User.of(BOB));
                        assertThat(told.messageInfo().messageId()).contains(new MessageId("1"));
                    });
            world.sap.forget();

            assertThat(code(choose(BOB, DeliveryMethod.PUSH))).isEqualTo(200);
            world.peer(DAN, message(DAN, "2", BOB));
            assertThat(world.sap.sent(NewMessage.class))
                    .extracting(pushed ->
                            pushed.messageInfo().messageId().orElseThrow().value())
                    .containsExactly("1", "2");
        }

        @Test
        void ofOneGroupTheMessagesCanBeNotifiedOrPushedUpToASize() {
            assertThat(code(ofGroup(DeliveryMethod.PUSH, Optional.of(4L)))).isEqualTo(200);

            world.peer(DAN, fromTeam("1", "long text"));
            world.peer(DAN, fromTeam("2", "hi"));
            world.peer(DAN, message(DAN, "3", BOB));

            assertThat(world.sap.sent(MessageNotification.class))
                    .singleElement()
                    .satisfies(
                            told -> assertThat(told.messageInfo().messageId()).contains(new MessageId("1")));
            assertThat(listed(BOB)).contains("1");
        }

        private Primitive ofGroup(DeliveryMethod method, Optional<Long> limit) {
            return world.client(BOB, new SetMessageDeliveryMethod(ImWorld.of(BOB), method, Optional.of(TEAM), limit));
        }

        private SendMessageRequest fromTeam(String id, String text) {
            SendMessageRequest plain = message(DAN, id, text, false, User.of(BOB));
            return plain.withMessageInfo(plain.messageInfo()
                    .withSender(new MessageInfo.Sender(TEAM, Optional.of(ScreenName.in(TEAM, "Danny")))));
        }

        @Test
        @Tag("status:800")
        void aGroupOfOursThatDoesNotExistIsRefused() {
            assertThat(code(world.client(
                            BOB,
                            new SetMessageDeliveryMethod(
                                    ImWorld.of(BOB),
                                    DeliveryMethod.PUSH,
                                    Optional.of(new GroupId("wv:ann/none@home.example")),
                                    Optional.empty()))))
                    .isEqualTo(800);
        }

        @Test
        @Tag("SSP-385")
        @Tag("status:400")
        void aContentLimitWithoutAGroupIsRefused() {
            assertThat(code(world.client(
                            BOB,
                            new SetMessageDeliveryMethod(
                                    ImWorld.of(BOB), DeliveryMethod.PUSH, Optional.empty(), Optional.of(4L)))))
                    .isEqualTo(400);
        }
    }

    @Nested
    @Tag("tx:MessageNotification")
    @Tag("IMPS-SSP-IMSE-S-009")
    @Tag("IMPS-SSP-IMSE-S-011")
    class Notification {

        @Test
        @Tag("status:200")
        void asPseAUserOfAnotherDomainIsNotifiedThere() {
            world.peer(
                    FAY,
                    new SetMessageDeliveryMethod(
                            ImWorld.of(FAY), DeliveryMethod.NOTIFY_GET, Optional.empty(), Optional.empty()));
            assertThat(code(world.peer(DAN, message(DAN, "1", FAY)))).isEqualTo(200);
            assertThat(world.sap.delivered()).singleElement().satisfies(delivered -> {
                assertThat(delivered.user()).isEqualTo(FAY);
                assertThat(delivered.primitive()).isInstanceOf(MessageNotification.class);
            });
        }

        @Test
        @Tag("status:200")
        void asHomeTheClientIsNotified() {
            assertThat(code(world.peer("pse.example", Optional.empty(), notification(BOB))))
                    .isEqualTo(200);
            assertThat(world.sap.sent(MessageNotification.class)).hasSize(1);
        }

        @Test
        void asHomeAUserWhoIsNotThereIsNamed() {
            world.sap.offline(CID);
            Status status = (Status) world.peer("pse.example", Optional.empty(), notification(BOB, CID));
            assertThat(status.statusCode()).isEqualTo(201);
            assertThat(status.detailedResult())
                    .singleElement()
                    .satisfies(detail -> assertThat(detail.userIds()).containsExactly(CID));
        }

        private MessageNotification notification(UserId... users) {
            return new MessageNotification(
                    ImWorld.of(DAN),
                    Arrays.stream(users).map(User::of).toList(),
                    message(DAN, "1", users).messageInfo());
        }
    }

    @Nested
    @Tag("tx:PushMessage")
    @Tag("IMPS-SSP-IMSE-S-009")
    @Tag("IMPS-SSP-IMSE-S-010")
    class Push {

        @Test
        @Tag("status:200")
        void asHomeTheClientGetsWhatThePsePushes() {
            assertThat(world.peer("pse.example", Optional.empty(), pushed(BOB)))
                    .isEqualTo(new MessageDelivered(Optional.empty(), Optional.of(Status.of(200)), new MessageId("1")));
            assertThat(world.sap.sent(NewMessage.class)).containsExactly(pushed(BOB));
        }

        @Test
        @Tag("status:410")
        void asHomeAUserWhoIsNotThereCannotTakeIt() {
            world.sap.offline(BOB);
            assertThat(code(world.peer("pse.example", Optional.empty(), pushed(BOB))))
                    .isEqualTo(410);
        }

        @Test
        @Tag("status:415")
        void asHomeTheClientMayRefuseTheType() {
            world.sap.taking(delivered -> Status.of(StatusCode.UNSUPPORTED_MEDIA_TYPE));
            assertThat(code(world.peer("pse.example", Optional.empty(), pushed(BOB))))
                    .isEqualTo(415);
        }

        @Test
        @Tag("status:426")
        void asHomeAMessageWithoutAnIdIsRefused() {
            MessageInfo info = message(DAN, "", BOB).messageInfo();
            NewMessage nameless = new NewMessage(
                    Optional.of(ImWorld.of(DAN)),
                    Optional.empty(),
                    List.of(User.of(BOB)),
                    info,
                    message(DAN, "", BOB).content().orElseThrow());
            assertThat(code(world.peer("pse.example", Optional.empty(), nameless)))
                    .isEqualTo(426);
        }

        @Test
        void asPseAMessageWaitsWhileTheHomeDoesNotTakeItAndIsRepeated() {
            world.sap.taking(delivered -> Status.of(StatusCode.UNABLE_TO_DELIVERY));
            assertThat(code(world.peer(DAN, message(DAN, "1", FAY)))).isEqualTo(200);
            world.after(Duration.ofSeconds(1));
            world.sap.forget();
            world.after(Duration.ofSeconds(2));
            assertThat(world.sap.sent()).isEmpty();

            world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
            world.after(Duration.ofSeconds(4));
            assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
            world.after(Duration.ofMinutes(5));
            assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
        }

        private NewMessage pushed(UserId user) {
            return Messages.pushed(
                    message(DAN, "1", user),
                    User.of(user),
                    new org.impsiwf.ssp.primitives.ServiceId("wv:@pse.example"));
        }
    }

    @Nested
    @Tag("tx:GetMessage")
    @Tag("IMPS-SSP-IMSE-S-012")
    class Get {

        @Test
        @Tag("SSP-383")
        @Tag("status:200")
        void aFetchedMessageStaysUntilItIsConfirmed() {
            store("1");

            NewMessage fetched = (NewMessage) get(BOB, "1");
            assertThat(fetched.statusInfo()).contains(Status.of(200));
            assertThat(fetched.content().data().asUtf8()).isEqualTo("hello");
            assertThat(listed(BOB)).containsExactly("1");

            assertThat(code(confirm(BOB, "1"))).isEqualTo(200);
            assertThat(listed(BOB)).isEmpty();
            assertThat(code(confirm(BOB, "1"))).isEqualTo(426);
        }

        @Test
        @Tag("status:426")
        void aMessageThatIsNotThereOrOfSomebodyElseIsInvalid() {
            store("1");
            assertThat(code(get(BOB, "2"))).isEqualTo(426);
            assertThat(code(get(CID, "1"))).isEqualTo(426);
        }

        @Test
        @Tag("status:546")
        void aMessageThatIsTooLargeToBeFetchedStaysStored() {
            world.with(ImSettings.DEFAULT.with(new ImSettings.Contents(Set.of(), 100, 4, Optional.empty(), Set.of())));
            store("1");
            assertThat(code(get(BOB, "1"))).isEqualTo(546);
            assertThat(listed(BOB)).containsExactly("1");
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
            store("1", "2", "3", "4", "5");

            GetMessageListResponse two = (GetMessageListResponse) list(BOB, 2L);
            assertThat(ids(two)).containsExactly("1", "2");
            assertThat(two.messageTotalCount()).contains(5L);
            assertThat(((GetMessageListResponse) list(BOB, 5L)).messageTotalCount())
                    .isEmpty();
        }

        @Test
        @Tag("status:908")
        void withoutMessagesThereIsNoList() {
            assertThat(code(list(BOB, null))).isEqualTo(908);
        }

        @Test
        @Tag("status:539")
        void moreThanIsGivenAtOnceCannotBeAskedFor() {
            assertThat(code(list(BOB, 201L))).isEqualTo(539);
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
            store("1");
            GetMessageListResponse history = (GetMessageListResponse) ofGroup(BOB, TEAM);
            assertThat(ids(history)).containsExactly("g2", "g3");
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

            assertThat(ids((GetMessageListResponse) ofGroup(BOB, CLUB))).containsExactly("g1");
            world.sap.forget();
            assertThat(code(ofGroup(CID, CLUB))).isEqualTo(808);
            assertThat(world.sap.asked()).hasSize(1);
        }
    }

    @Nested
    @Tag("tx:RejectMessage")
    @Tag("IMPS-SSP-IMSE-S-016")
    class Reject {

        private Primitive reject(String... ids) {
            return world.client(
                    BOB,
                    new RejectMessageRequest(
                            ImWorld.of(BOB),
                            Arrays.stream(ids).map(MessageId::new).toList()));
        }

        @Test
        @Tag("SSP-392")
        @Tag("status:200")
        @Tag("status:426")
        void aRejectedMessageIsGone() {
            store("1", "2");
            assertThat(code(reject("1"))).isEqualTo(200);
            assertThat(listed(BOB)).containsExactly("2");
            assertThat(code(reject("1"))).isEqualTo(426);
            world.logsIn(BOB);
            assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
        }

        @Test
        @Tag("status:201")
        void whatIsNotThereIsNamedAndTheRestIsRemoved() {
            store("1");
            Status status = (Status) reject("1", "9");
            assertThat(status.statusCode()).isEqualTo(201);
            assertThat(status.detailedResult()).singleElement().satisfies(detail -> {
                assertThat(detail.code()).isEqualTo(426);
                assertThat(detail.messageIds()).containsExactly(new MessageId("9"));
            });
            assertThat(listed(BOB)).isEmpty();
        }
    }

    @Nested
    @Tag("tx:ForwardMessage")
    @Tag("IMPS-SSP-IMSE-S-005")
    class Forward {

        private Primitive forward(String id, Addressee... to) {
            return forward(BOB, id, to);
        }

        private Primitive forward(UserId user, String id, Addressee... to) {
            return world.client(
                    user,
                    new ForwardMessageRequest(
                            ImWorld.of(user),
                            new MessageId(id),
                            Arrays.stream(to).map(MessageInfo.Recipient::new).toList()));
        }

        @Test
        @Tag("status:200")
        @Tag("IMPS-SSP-IMSE-S-006")
        void theContentGoesOnUnderANewIdOfTheForwardingUserAndTheOriginalStays() {
            store("1");
            ForwardMessageResponse answer = (ForwardMessageResponse) forward("1", User.of(CID), User.of(EVE));

            assertThat(answer.messageId()).isPresent().isNotEqualTo(Optional.of(new MessageId("1")));
            assertThat(world.sap.sent(NewMessage.class)).singleElement().satisfies(pushed -> {
                assertThat(pushed.messageInfo().sender()).contains(MessageInfo.Sender.of(User.of(BOB)));
                assertThat(pushed.messageInfo().messageId()).isEqualTo(answer.messageId());
                assertThat(pushed.content().data().asUtf8()).isEqualTo("hello");
            });
            assertThat(world.sap.sent(SendMessageRequest.class)).hasSize(1);
            assertThat(listed(BOB)).containsExactly("1");
        }

        @Test
        @Tag("IMPS-SSP-IMSE-S-007")
        @Tag("IMPS-SSP-IMSE-S-008")
        void contactListsGroupsAndScreenNamesCanBeForwardedTo() {
            store("1");
            world.contactLists.put(FRIENDS, List.of(CID));
            assertThat(code(forward("1", FRIENDS, TEAM, ScreenName.in(TEAM, "Annie"))))
                    .isEqualTo(200);
            assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
            assertThat(world.posts).hasSize(2);
        }

        @Test
        @Tag("SSP-382")
        @Tag("IMPS-SSP-IMSE-S-020")
        void asComplementaryPseTheJoinedUsersAreAskedFor() {
            world.sap.taking(delivered -> Status.of(StatusCode.UNABLE_TO_DELIVERY));
            world.peer(DAN, message(DAN, "1", FAY));
            world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
            world.sap.forget();
            world.sap.answering(asked -> asked.primitive() instanceof GetJoinedMemberRequest
                    ? new GetJoinedMemberResponse(
                            Status.of(200),
                            List.of(),
                            List.of(new Mapping("Fay", Optional.of(FAY)), new Mapping("Gus", Optional.of(GUS))),
                            List.of())
                    : Status.of(StatusCode.SUCCESSFUL));

            assertThat(code(forward(FAY, "1", CLUB))).isEqualTo(200);

            assertThat(world.sap.asked().getFirst().primitive()).isInstanceOf(GetJoinedMemberRequest.class);
            assertThat(world.sap.delivered())
                    .extracting(delivered -> delivered.user())
                    .containsExactly(GUS);
        }

        @Test
        @Tag("status:426")
        void aMessageThatIsNotStoredCannotBeForwarded() {
            assertThat(code(forward("9", User.of(CID)))).isEqualTo(426);
        }

        @Test
        @Tag("status:531")
        @Tag("status:700")
        @Tag("status:703")
        @Tag("status:800")
        void recipientsThatDoNotExistAreRefused() {
            store("1");
            assertThat(code(forward("1", User.of("wv:nobody@home.example")))).isEqualTo(531);
            assertThat(code(forward("1", FRIENDS))).isEqualTo(700);
            world.contactLists.put(FRIENDS, List.of());
            assertThat(code(forward("1", FRIENDS))).isEqualTo(703);
            assertThat(code(forward("1", new GroupId("wv:ann/none@home.example"))))
                    .isEqualTo(800);
        }

        @Test
        @Tag("status:507")
        @Tag("status:532")
        void recipientsWhoBlockOrWhoseQueueIsFullAreNamed() {
            world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.withQuota(1)));
            store("1");
            world.sap.offline(CID);
            world.peer(DAN, message(DAN, "2", CID));
            assertThat(code(forward("1", User.of(CID)))).isEqualTo(507);
            world.blocking(
                    ANN,
                    new org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest(
                            ImWorld.of(ANN),
                            List.of(BOB),
                            List.of(),
                            org.impsiwf.ssp.primitives.ImPrimitive.ListStatus.ACTIVE,
                            List.of(),
                            List.of(),
                            org.impsiwf.ssp.primitives.ImPrimitive.ListStatus.INACTIVE));
            assertThat(code(forward("1", User.of(ANN)))).isEqualTo(532);
        }

        @ParameterizedTest(name = "what the group or the other domain says is the answer {0}")
        @EnumSource(
                value = StatusCode.class,
                names = {
                    "GROUP_IS_NOT_JOINED",
                    "PRIVATE_MESSAGING_IS_DISABLED_FOR_GROUP",
                    "PRIVATE_MESSAGING_IS_DISABLED_FOR_USER",
                    "UNSUPPORTED_MEDIA_TYPE",
                    "DOMAIN_NOT_SUPPORTED",
                    "MESSAGE_RECIPIENT_NOT_LOGGED_IN"
                })
        @Tag("status:808")
        @Tag("status:812")
        @Tag("status:813")
        @Tag("status:415")
        @Tag("status:516")
        @Tag("status:533")
        void whatTheGroupOrTheOtherDomainSaysIsTheAnswer(StatusCode refusal) {
            store("1");
            world.posted.set(Status.of(refusal));
            world.sap.answering(asked -> Status.of(refusal));
            assertThat(code(forward("1", ScreenName.in(TEAM, "Annie")))).isEqualTo(refusal.code());
            assertThat(code(forward("1", User.of(EVE)))).isEqualTo(refusal.code());
        }
    }

    @Test
    void storedMessagesArePushedInTheirOrderWhenTheUserLogsInAlsoAfterARestart() {
        store("1", "2", "3");
        world.restart();
        world.logsIn(BOB);
        assertThat(world.sap.sent(NewMessage.class))
                .extracting(
                        pushed -> pushed.messageInfo().messageId().orElseThrow().value())
                .containsExactly("1", "2", "3");
        assertThat(listed(BOB)).isEmpty();
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
        assertThat(listed(BOB)).isEmpty();
    }

    @Test
    void aMessageWhoseValidityIsOverIsNotDelivered() {
        store("1");
        world.after(ImSettings.Storing.DEFAULT.validity().plusSeconds(1));
        world.logsIn(BOB);
        assertThat(world.sap.sent()).isEmpty();
    }
}
