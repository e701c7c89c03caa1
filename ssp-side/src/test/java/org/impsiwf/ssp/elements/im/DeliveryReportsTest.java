package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.im.ImWorld.ANN;
import static org.impsiwf.ssp.elements.im.ImWorld.BOB;
import static org.impsiwf.ssp.elements.im.ImWorld.DAN;
import static org.impsiwf.ssp.elements.im.ImWorld.EVE;
import static org.impsiwf.ssp.elements.im.ImWorld.FAY;
import static org.impsiwf.ssp.elements.im.ImWorld.code;
import static org.impsiwf.ssp.elements.im.ImWorld.message;
import static org.impsiwf.ssp.elements.im.ImWorld.reported;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.RejectMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
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

@Tag("tx:NotifyDeliveryStatusReport")
@Tag("IMPS-SSP-IMSE-S-017")
class DeliveryReportsTest {

    @AutoClose
    private final ImWorld world = new ImWorld();

    private DeliveryStatusReport report() {
        assertThat(world.sap.delivered())
                .filteredOn(delivered -> delivered.primitive() instanceof DeliveryStatusReport)
                .singleElement()
                .satisfies(delivered -> assertThat(delivered.user()).isEqualTo(DAN));
        return world.sap.sent(DeliveryStatusReport.class).getFirst();
    }

    @Nested
    class Given {

        @Test
        @Tag("status:200")
        void aDeliveredMessageIsReportedWithItsTimeAndInformation() {
            world.peer(DAN, reported(DAN, "1", BOB));

            DeliveryStatusReport report = report();
            assertThat(report.deliveryResult().statusCode()).isEqualTo(200);
            assertThat(report.deliveryTime()).contains(world.now);
            assertThat(report.messageInfo().messageId()).contains(new MessageId("1"));
            assertThat(report.messageInfo().recipients()).containsExactly(new MessageInfo.Recipient(User.of(BOB)));
        }

        @Test
        void nobodyIsToldWhoHasNotAskedForIt() {
            world.peer(DAN, message(DAN, "1", BOB));
            assertThat(world.sap.sent(DeliveryStatusReport.class)).isEmpty();
        }

        @Test
        void aStoredMessageIsReportedWhenTheUserHasIt() {
            world.sap.offline(BOB);
            world.peer(DAN, reported(DAN, "1", BOB));
            assertThat(world.sap.sent()).isEmpty();
            world.logsIn(BOB);
            world.after(Duration.ofSeconds(1));
            assertThat(report().deliveryResult().statusCode()).isEqualTo(200);
        }

        @Test
        void aFetchedMessageIsReportedWhenItIsConfirmed() {
            world.sap.offline(BOB);
            world.peer(DAN, reported(DAN, "1", BOB));
            world.client(BOB, new MessageDelivered(Optional.of(ImWorld.of(BOB)), Optional.empty(), new MessageId("1")));
            assertThat(report().deliveryResult().statusCode()).isEqualTo(200);
        }

        @Test
        @Tag("SSP-393")
        void anExpiredMessageIsReportedAsNotDelivered() {
            world.sap.offline(BOB);
            world.peer(DAN, reported(DAN, "1", BOB));
            world.after(Duration.ofDays(8));
            world.after(Duration.ofSeconds(1));

            assertThat(report().deliveryResult())
                    .isEqualTo(Status.of(StatusCode.UNABLE_TO_DELIVERY, "expired before it could be delivered"));
            assertThat(report().deliveryTime()).isEmpty();
        }

        @Test
        @Tag("SSP-393")
        void aRejectedMessageIsReportedAsNotDelivered() {
            world.sap.offline(BOB);
            world.peer(DAN, reported(DAN, "1", BOB));
            world.client(BOB, new RejectMessageRequest(ImWorld.of(BOB), List.of(new MessageId("1"))));

            assertThat(report().deliveryResult())
                    .isEqualTo(Status.of(StatusCode.UNABLE_TO_DELIVERY, "rejected by the recipient"));
        }

        @Test
        @Tag("SSP-393")
        void aStoredMessageThatTheClientRefusesForGoodIsReportedWithItsCode() {
            world.sap.offline(BOB);
            world.peer(DAN, reported(DAN, "1", BOB));
            world.sap.taking(delivered -> Status.of(
                    delivered.primitive() instanceof NewMessage
                            ? StatusCode.UNSUPPORTED_MEDIA_TYPE
                            : StatusCode.SUCCESSFUL));
            world.logsIn(BOB);
            world.after(Duration.ofSeconds(1));
            assertThat(report().deliveryResult().statusCode()).isEqualTo(415);
        }

        @Test
        void aReportThatTheSendersDomainCannotTakeNowIsRepeatedAlsoAfterARestart() {
            world.sap.taking(delivered -> Status.of(
                    delivered.primitive() instanceof DeliveryStatusReport
                            ? StatusCode.SERVICE_UNAVAILABLE
                            : StatusCode.SUCCESSFUL));
            world.peer(DAN, reported(DAN, "1", BOB));
            world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
            world.sap.forget();
            world.restart();
            world.after(Duration.ofSeconds(6));
            assertThat(report().deliveryResult().statusCode()).isEqualTo(200);
        }

        @Test
        void aSenderOfOursWhoHasLoggedOutGetsItAtTheNextLogIn() {
            world.sap.offline(ANN);
            world.client(ANN, reported(ANN, "1", BOB));
            assertThat(world.sap.sent(DeliveryStatusReport.class)).isEmpty();
            world.logsIn(ANN);
            assertThat(world.sap.sent(DeliveryStatusReport.class)).hasSize(1);
        }
    }

    @Nested
    class Taken {

        private DeliveryStatusReport about(String id, UserId from, UserId to) {
            return new DeliveryStatusReport(
                    MetaInformation.ofServer(new ServiceId("wv:@away.example")),
                    Status.of(StatusCode.SUCCESSFUL),
                    Optional.of(world.now),
                    reported(from, id, to).messageInfo());
        }

        private Primitive come(DeliveryStatusReport report) {
            return world.peer("away.example", Optional.empty(), report);
        }

        @Test
        @Tag("status:200")
        void aReportReachesTheUserWhoSentTheMessage() {
            world.client(ANN, reported(ANN, "1", DAN));
            world.sap.forget();
            assertThat(code(come(about("1", ANN, DAN)))).isEqualTo(200);
            assertThat(world.sap.delivered()).containsExactly(new Delivered(ANN, about("1", ANN, DAN)));
        }

        @Test
        void theSenderIsToldUnderItsOwnIdWhateverIdTheOtherDomainGave() {
            world.sap.answering(asked ->
                    new SendMessageResponse(Status.of(200), Optional.of(new MessageId("theirs@away.example"))));
            SendMessageResponse sent = (SendMessageResponse) world.client(ANN, reported(ANN, "", DAN));
            world.sap.forget();

            come(about("theirs@away.example", ANN, DAN));

            assertThat(world.sap.sent(DeliveryStatusReport.class))
                    .singleElement()
                    .satisfies(report ->
                            assertThat(report.messageInfo().messageId()).isEqualTo(sent.messageId()));
        }

        @Test
        void aReportWithSenderAndRecipientTurnedRoundReachesTheUserTwoWays() {
            world.client(ANN, reported(ANN, "1", DAN));
            world.sap.forget();
            come(about("1", DAN, ANN));
            come(about("unknown", DAN, ANN));
            assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(ANN, ANN);
        }

        @Test
        void aReportForAUserWhoIsNotThereIsKept() {
            world.sap.offline(ANN);
            assertThat(code(come(about("1", ANN, DAN)))).isEqualTo(200);
            world.restart();
            world.logsIn(ANN);
            assertThat(world.sap.sent(DeliveryStatusReport.class)).containsExactly(about("1", ANN, DAN));
        }

        @Test
        void asPseAReportForAServedUserGoesToItsHome() {
            assertThat(code(come(about("1", FAY, DAN)))).isEqualTo(200);
            assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(FAY);
        }

        @Test
        @Tag("status:533")
        void withoutStoreAndForwardAUserWhoIsNotThereIsSaidSo() {
            world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.forOffline(false)));
            world.sap.offline(ANN);
            assertThat(code(come(about("1", ANN, DAN)))).isEqualTo(533);
        }

        @Test
        @Tag("status:507")
        void reportsForOneWhoIsNotThereAreNotKeptWithoutLimit() {
            world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.withQuota(1)));
            world.sap.offline(ANN);
            assertThat(code(come(about("1", ANN, DAN)))).isEqualTo(200);
            assertThat(code(come(about("2", ANN, DAN)))).isEqualTo(507);
        }

        @Test
        @Tag("status:531")
        @Tag("status:516")
        @Tag("status:427")
        void aReportForNobodyOfOursIsRefused() {
            assertThat(code(come(about("1", new UserId("wv:nobody@home.example"), DAN))))
                    .isEqualTo(531);
            assertThat(code(come(about("1", DAN, EVE)))).isEqualTo(516);
            DeliveryStatusReport good = about("1", ANN, DAN);
            MessageInfo info = good.messageInfo();
            MessageInfo ofNobody = new MessageInfo(
                    info.messageId(),
                    info.messageUri(),
                    info.contentType(),
                    info.contentName(),
                    info.contentSize(),
                    info.validity(),
                    List.of(),
                    Optional.empty(),
                    info.dateTime());
            assertThat(code(come(new DeliveryStatusReport(
                            good.metaInformation(), good.deliveryResult(), good.deliveryTime(), ofNobody))))
                    .isEqualTo(427);
        }

        @ParameterizedTest(name = "what the client or the home of the sender says is the answer {0}")
        @EnumSource(
                value = StatusCode.class,
                names = {
                    "UNSUPPORTED_MEDIA_TYPE",
                    "INVALID_CLIENT_ID",
                    "INVALID_APPLICATION_ID",
                    "FORBIDDEN_APPLICATION_ID",
                    "UNSUPPORTED_MESSAGE_CONTEXT",
                    "RELATED_CLIENT_CAPABILITIES_ARE_MISSING",
                    "RECIPIENT_BLOCKED_THE_SENDER",
                    "CONTACT_LIST_DOES_NOT_EXIST",
                    "CONTACT_LIST_IS_EMPTY",
                    "GROUP_DOES_NOT_EXIST",
                    "GROUP_IS_NOT_JOINED",
                    "PRIVATE_MESSAGING_IS_DISABLED_FOR_GROUP",
                    "PRIVATE_MESSAGING_IS_DISABLED_FOR_USER"
                })
        @Tag("status:700")
        @Tag("status:703")
        @Tag("status:800")
        @Tag("status:808")
        @Tag("status:812")
        @Tag("status:813")
        @Tag("status:415")
        @Tag("status:428")
        @Tag("status:451")
        @Tag("status:452")
        @Tag("status:508")
        @Tag("status:510")
        @Tag("status:532")
        void whatTheClientOfTheSenderSaysIsTheAnswer(StatusCode refusal) {
            world.sap.taking(delivered -> Status.of(refusal));
            assertThat(code(come(about("1", ANN, DAN)))).isEqualTo(refusal.code());
            assertThat(code(come(about("1", FAY, DAN)))).isEqualTo(refusal.code());
        }
    }

    @Test
    void theOutcomeOfAMessageThatWeTookChargeOfIsReportedWhenItsDomainRefusesIt() {
        SendMessageRequest message = reported(DAN, "1", EVE);
        world.sap.answering(asked -> Status.of(StatusCode.RECIPIENT_BLOCKED_THE_SENDER));
        world.im.outbox().accept(message, List.of(EVE), world.now.plusSeconds(100));
        world.after(Duration.ofSeconds(1));
        assertThat(report().deliveryResult().statusCode()).isEqualTo(532);
    }
}
