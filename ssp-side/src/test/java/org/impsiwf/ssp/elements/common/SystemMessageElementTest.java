package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Told;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.common.SystemMessages.Draft;
import org.impsiwf.ssp.elements.common.SystemMessages.Verification;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageUser;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.SystemMessage.AnswerOption;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcSystemMessageStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IMPS-SSP-CMSE-S-010")
class SystemMessageElementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ServiceId PEER = new ServiceId("wv:@peer.example.com");
    private static final UserId ANN = new UserId("wv:ann@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");
    private static final Draft QUESTION = new Draft(
            "May we?", List.of(new AnswerOption("y", "Yes"), new AnswerOption("n", "No")), true, Optional.empty());
    private static final Draft TASK = new Draft(
            "Are you a person?",
            List.of(),
            true,
            Optional.of(new Verification(Optional.of("What is in the picture?"), Optional.empty(), "a boat")));

    @AutoClose
    private final Database database = Databases.H2.fresh();

    private final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example.com");
    private final List<SystemMessage.Response> answers = new ArrayList<>();
    private Instant now = NOON;

    private final SystemMessageElement element = new SystemMessageElement(
            new JdbcSystemMessageStore(database),
            new AnswerGuard.Policy(3, Duration.ofHours(1), Duration.ofMinutes(10)),
            (user, response) -> answers.add(response),
            sap,
            () -> now);

    private Status annAnswers(SystemMessage.Response... responses) {
        return (Status) element.serve(ServiceRequest.ofClient(
                ANN, new SystemMessageUser(MetaInformation.ofUser(sap.serviceId(), ANN), List.of(responses)), now));
    }

    private static SystemMessage.Response choice(String message, String option) {
        return new SystemMessage.Response(message, Optional.of(option), Optional.empty());
    }

    private static SystemMessage.Response key(String message, String key) {
        return new SystemMessage.Response(message, Optional.empty(), Optional.of(key));
    }

    private Status peerSends(SystemMessageRequest message) {
        return (Status)
                element.serve(new ServiceRequest(message, Optional.of(PEER), Optional.empty(), Optional.empty(), now));
    }

    private static SystemMessageRequest fromPeer(String id, UserId... users) {
        return new SystemMessageRequest(
                MetaInformation.ofServer(PEER),
                List.of(users).stream().map(User::of).toList(),
                List.of(new SystemMessage(id, true, "Hello", List.of(), Optional.empty(), Optional.empty())));
    }

    @Test
    @Tag("tx:SystemMessageRequest")
    void aMessageGoesToTheUserWithItsOptionsAndItsTaskButWithoutTheSolution() {
        String id = element.send(ANN, TASK);
        assertThat(sap.told()).singleElement().satisfies(told -> {
            assertThat(told.users()).containsExactly(ANN);
            assertThat(((SystemMessageRequest) told.primitive()).systemMessageList())
                    .containsExactly(new SystemMessage(
                            id,
                            true,
                            "Are you a person?",
                            List.of(),
                            Optional.of("What is in the picture?"),
                            Optional.empty()));
        });
        assertThat(sap.told()).extracting(Told::toString).noneMatch(text -> text.contains("a boat"));
        assertThat(TASK.toString()).doesNotContain("a boat");
    }

    @Test
    @Tag("tx:SystemMessageUser")
    @Tag("status:200")
    void aRightAnswerIsTakenOnce() {
        String id = element.send(ANN, QUESTION);
        assertThat(annAnswers(choice(id, "y"))).isEqualTo(Status.of(200));
        assertThat(answers).containsExactly(choice(id, "y"));
        assertThat(annAnswers(choice(id, "n")).statusCode()).isEqualTo(437);
        assertThat(answers).hasSize(1);
    }

    @Test
    @Tag("tx:SystemMessageUser")
    @Tag("status:437")
    void nobodyAnswersWhatSomebodyElseWasAsked() {
        String id = element.send(BOB, QUESTION);
        assertThat(annAnswers(choice(id, "y")).statusCode()).isEqualTo(437);
        assertThat(annAnswers(choice("never sent", "y")).statusCode()).isEqualTo(437);
    }

    @Test
    @Tag("tx:SystemMessageUser")
    @Tag("status:438")
    void aWrongKeyOrNoneIsRefusedAndTheRightOneTakenAfterIt() {
        String id = element.send(ANN, TASK);
        assertThat(annAnswers(key(id, "a house")).statusCode()).isEqualTo(438);
        assertThat(annAnswers(choice(id, "y")).statusCode()).isEqualTo(438);
        assertThat(annAnswers(key(id, "a boat"))).isEqualTo(Status.of(200));
    }

    @Test
    @Tag("tx:SystemMessageUser")
    @Tag("status:402")
    @Tag("status:201")
    void anOptionThatWasNotOfferedIsRefusedAndRightAnswersBesideItTaken() {
        String first = element.send(ANN, QUESTION);
        String second = element.send(ANN, QUESTION);
        Status partly = annAnswers(choice(first, "maybe"), choice(second, "n"));
        assertThat(partly.statusCode()).isEqualTo(201);
        assertThat(partly.detailedResult()).extracting(DetailedResult::code).containsExactly(402);
        assertThat(annAnswers(choice(first, "maybe")).statusCode()).isEqualTo(402);
        assertThat(answers).containsExactly(choice(second, "n"));
    }

    @Test
    @Tag("SSP-334")
    @Tag("tx:SystemMessageUser")
    @Tag("status:611")
    void tooManyWrongAnswersCloseTheDoorForAWhile() {
        String id = element.send(ANN, TASK);
        annAnswers(key(id, "1"));
        annAnswers(key(id, "2"));
        Status third = annAnswers(key(id, "3"));
        assertThat(third.statusCode()).isEqualTo(611);
        assertThat(third.tryAgainTimeout()).contains(Duration.ofMinutes(10));
        now = now.plus(Duration.ofMinutes(9));
        assertThat(annAnswers(key(id, "a boat")).tryAgainTimeout()).contains(Duration.ofMinutes(1));
        assertThat(annAnswers(key("never sent", "x")).statusCode()).isEqualTo(611);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(annAnswers(key(id, "a boat"))).isEqualTo(Status.of(200));
    }

    @Test
    void wrongAnswersLongAgoDoNotCount() {
        String id = element.send(ANN, TASK);
        for (int i = 0; i < 6; i++) {
            assertThat(annAnswers(key(id, "wrong")).statusCode()).isEqualTo(438);
            now = now.plus(Duration.ofMinutes(61));
        }
    }

    @Test
    void whatNobodyAnswersIsForgotten() {
        String id = element.send(ANN, QUESTION);
        element.expire(NOON.plus(Duration.ofDays(6)));
        element.expire(NOON.plus(Duration.ofDays(8)));
        assertThat(annAnswers(choice(id, "y")).statusCode()).isEqualTo(437);
    }

    @Test
    @Tag("tx:SystemMessageRequest")
    @Tag("status:200")
    @Tag("status:439")
    void asTheHomeDomainWeHandOnWhatAProviderSendsAndWhatTheClientSaysOfIt() {
        sap.taking(delivered -> Status.of(delivered.user().equals(BOB) ? 439 : 200));
        assertThat(peerSends(fromPeer("m1", ANN))).isEqualTo(Status.of(200));
        assertThat(peerSends(fromPeer("m2", BOB)).statusCode()).isEqualTo(439);
        assertThat(sap.delivered())
                .extracting(RecordingAccessPoint.Delivered::user)
                .containsExactly(ANN, BOB);
    }

    @Test
    @Tag("status:531")
    @Tag("tx:SystemMessageRequest")
    void weAreNoWayToUsersOfOtherDomains() {
        assertThat(peerSends(fromPeer("m1", new UserId("wv:x@other.example.com")))
                        .statusCode())
                .isEqualTo(531);
        assertThat(sap.sent()).isEmpty();
    }

    @Test
    @Tag("tx:SystemMessageUser")
    void theAnswerGoesToTheDomainThatAsked() {
        peerSends(fromPeer("m1", ANN));
        assertThat(annAnswers(choice("m1", "y"))).isEqualTo(Status.of(200));
        assertThat(sap.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.domain()).isEqualTo("peer.example.com");
            assertThat(((SystemMessageUser) asked.primitive()).systemMessageResponseList())
                    .containsExactly(choice("m1", "y"));
        });
    }

    @Test
    @Tag("SSP-333")
    @Tag("tx:SystemMessageUser")
    @Tag("status:611")
    void afterA611TheProviderIsNotAskedAgainBeforeItsTimeIsOver() {
        peerSends(fromPeer("m1", ANN));
        Primitive tooMany =
                new Status(611, Optional.empty(), List.of(), Optional.of(Duration.ofSeconds(90)), List.of());
        sap.answering(asked -> tooMany);
        assertThat(annAnswers(choice("m1", "y"))).isEqualTo(tooMany);
        sap.answering(asked -> Status.of(200));
        now = now.plusSeconds(89);
        assertThat(annAnswers(choice("m1", "y")).statusCode()).isEqualTo(611);
        assertThat(sap.asked()).hasSize(1);
        now = now.plusSeconds(1);
        assertThat(annAnswers(choice("m1", "y"))).isEqualTo(Status.of(200));
        assertThat(sap.asked()).hasSize(2);
    }

    @Test
    @Tag("tx:SystemMessageUser")
    @Tag("status:900")
    void answersToSeveralProvidersAreBroughtToEach() {
        peerSends(fromPeer("m1", ANN));
        sap.answering(asked -> Status.of(438));
        assertThat(annAnswers(choice("m1", "y"), choice("unknown", "y")).statusCode())
                .isEqualTo(900);
    }
}
