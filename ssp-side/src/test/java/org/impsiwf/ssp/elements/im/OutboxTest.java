package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.im.ImWorld.ANN;
import static org.impsiwf.ssp.elements.im.ImWorld.BOB;
import static org.impsiwf.ssp.elements.im.ImWorld.CID;
import static org.impsiwf.ssp.elements.im.ImWorld.DAN;
import static org.impsiwf.ssp.elements.im.ImWorld.EVE;
import static org.impsiwf.ssp.elements.im.ImWorld.FAY;
import static org.impsiwf.ssp.elements.im.ImWorld.code;
import static org.impsiwf.ssp.elements.im.ImWorld.message;
import static org.impsiwf.ssp.elements.im.ImWorld.reported;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Asked;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that were accepted and are on their way. */
@Tag("tx:SendMessage")
class OutboxTest {

    private static final UserId DORA = new UserId("wv:dora@away.example");

    @AutoClose
    private final ImWorld world = new ImWorld();

    private void accept(SendMessageRequest message, UserId... recipients) {
        world.im.outbox().accept(message, List.of(recipients), world.now.plus(Duration.ofHours(1)));
    }

    @Test
    void aMessageGoesOnceToEveryDomainAndToUsersOfOursByTheirMethod() {
        world.sap.offline(CID);
        accept(message(ANN, "1", BOB, CID, DAN, DORA, EVE, FAY), BOB, CID, DAN, DORA, EVE, FAY);

        assertThat(world.sap.asked())
                .extracting(Asked::domain)
                .containsExactlyInAnyOrder("away.example", "far.example");
        assertThat(world.sap.sent(SendMessageRequest.class))
                .filteredOn(sent -> sent.messageInfo().recipients().size() == 2)
                .singleElement()
                .satisfies(sent -> assertThat(sent.messageInfo().recipients())
                        .containsExactly(new Recipient(User.of(DAN)), new Recipient(User.of(DORA))));
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactlyInAnyOrder(BOB, FAY);
        world.sap.forget();
        world.logsIn(CID);
        assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
    }

    @ParameterizedTest(name = "a message for a domain that answers {0} is repeated under the same id until it is taken")
    @EnumSource(
            value = StatusCode.class,
            names = {"SERVICE_UNAVAILABLE", "INVALID_TIMEOUT"})
    void aMessageForASilentDomainIsRepeatedUnderTheSameIdUntilItIsTakenAlsoAfterARestart(StatusCode silence) {
        world.sap.answering(asked -> Status.of(silence));
        accept(message(ANN, "1", DAN), DAN);
        world.after(Duration.ofSeconds(6));
        world.restart();
        world.after(Duration.ofSeconds(11));
        world.sap.answering(asked -> Status.of(StatusCode.SUCCESSFUL));
        world.after(Duration.ofSeconds(61));
        world.after(Duration.ofSeconds(61));

        assertThat(world.sap.sent(SendMessageRequest.class))
                .hasSize(4)
                .allSatisfy(sent -> assertThat(sent).isEqualTo(message(ANN, "1", DAN)));
    }

    @Test
    void whatHasToWaitForADomainLeavesInTheOrderOfItsSender() {
        world.sap.answering(asked -> Status.of(StatusCode.SERVICE_UNAVAILABLE));
        for (int i = 1; i <= 50; i++) {
            accept(message(ANN, "m" + i, DAN), DAN);
        }
        // Nobody knocks fifty times at a door that nobody opens.
        assertThat(world.sap.asked()).hasSize(1);
        world.sap.forget();
        world.sap.answering(asked -> Status.of(StatusCode.SUCCESSFUL));

        world.after(Duration.ofSeconds(6));

        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            expected.add("m" + i);
        }
        assertThat(world.sap.sent(SendMessageRequest.class))
                .extracting(sent -> sent.messageInfo().messageId().orElseThrow().value())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void oneMessageThatTheDomainPutsOffHoldsUpNoOther() {
        world.sap.answering(asked -> Status.of(
                ((SendMessageRequest) asked.primitive())
                                .messageInfo()
                                .messageId()
                                .orElseThrow()
                                .value()
                                .equals("1")
                        ? StatusCode.MESSAGE_QUEUE_IS_FULL
                        : StatusCode.SUCCESSFUL));
        accept(message(ANN, "1", DAN), DAN);
        accept(message(ANN, "2", DORA), DORA);
        assertThat(world.sap.asked()).hasSize(2);
        world.sap.forget();

        world.sap.answering(asked -> Status.of(StatusCode.SUCCESSFUL));
        world.after(Duration.ofSeconds(6));
        assertThat(world.sap.sent(SendMessageRequest.class))
                .extracting(sent -> sent.messageInfo().messageId().orElseThrow().value())
                .containsExactly("1");
    }

    @Test
    void aMessageThatExpiresOnItsWayIsReportedAndNotSentAnyMore() {
        world.sap.answering(asked -> Status.of(StatusCode.SERVICE_UNAVAILABLE));
        accept(reported(ANN, "1", DAN, DORA), DAN, DORA);
        world.sap.forget();
        world.after(Duration.ofHours(2));
        world.after(Duration.ofHours(1));

        assertThat(world.sap.asked()).isEmpty();
        assertThat(world.sap.sent(DeliveryStatusReport.class))
                .hasSize(2)
                .allSatisfy(report ->
                        assertThat(report.deliveryResult().statusCode()).isEqualTo(410));
    }

    @Test
    void whomADomainCouldNotReachIsReportedOneByOne() {
        world.sap.answering(asked -> new Status(
                201,
                Optional.empty(),
                List.of(Status.DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(DORA))),
                Optional.empty(),
                List.of()));
        accept(reported(ANN, "1", DAN, DORA), DAN, DORA);
        world.after(Duration.ofSeconds(1));

        assertThat(world.sap.sent(DeliveryStatusReport.class)).singleElement().satisfies(report -> {
            assertThat(report.deliveryResult().statusCode()).isEqualTo(531);
            assertThat(report.messageInfo().recipients()).containsExactly(new Recipient(User.of(DORA)));
        });
    }

    @Test
    void usersOfOursWhoCannotHaveItAreReported() {
        world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.withQuota(0)));
        accept(reported(ANN, "1", BOB), BOB, new UserId("wv:nobody@home.example"));
        assertThat(world.sap.sent(DeliveryStatusReport.class))
                .extracting(report -> report.deliveryResult().statusCode())
                .containsExactlyInAnyOrder(507, 531);
        assertThat(world.sap.sent(NewMessage.class)).isEmpty();
    }

    @Test
    void withStoreAndForwardAMessageForASilentDomainIsAcceptedAndDeliveredLater() {
        world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.forSilentDomains(true)));
        world.sap.answering(asked -> Status.of(StatusCode.INVALID_TIMEOUT));
        assertThat(code(world.client(ANN, message(ANN, "1", DAN)))).isEqualTo(200);
        world.restart();
        world.sap.answering(asked -> Status.of(StatusCode.SUCCESSFUL));
        world.after(Duration.ofSeconds(6));
        world.after(Duration.ofMinutes(2));
        assertThat(world.sap.sent(SendMessageRequest.class))
                .hasSize(2)
                .allSatisfy(sent -> assertThat(sent).isEqualTo(message(ANN, "1", DAN)));
    }
}
