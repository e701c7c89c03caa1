package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.im.ImWorld.BOB;
import static org.impsiwf.ssp.elements.im.ImWorld.CID;
import static org.impsiwf.ssp.elements.im.ImWorld.DAN;
import static org.impsiwf.ssp.elements.im.ImWorld.FAY;
import static org.impsiwf.ssp.elements.im.ImWorld.TEAM;
import static org.impsiwf.ssp.elements.im.ImWorld.code;
import static org.impsiwf.ssp.elements.im.ImWorld.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SetMessageDeliveryMethod;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a user hears of a message: by a notification, or by the message itself. */
class DeliveryMethodTest {

    @AutoClose
    private final ImWorld world = new ImWorld();

    private Primitive choose(UserId user, DeliveryMethod method) {
        return world.client(
                user, new SetMessageDeliveryMethod(ImWorld.of(user), method, Optional.empty(), Optional.empty()));
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
            return Messages.pushed(message(DAN, "1", user), User.of(user), new ServiceId("wv:@pse.example"));
        }
    }
}
