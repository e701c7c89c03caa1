package org.impsiwf.mapping.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said in a group reaches those of our users whom it is for, once. */
class DistributionTest {

    private final Scene scene = new Scene();

    DistributionTest() {
        scene.entered("alice", "Alice", "Alice", "Bob").entered("tom", "Tom", "Alice", "Bob", "Tom");
    }

    private Event.MessageSaid saidTo(String user) {
        return (Event.MessageSaid) scene.told().get(Scene.user(user));
    }

    private String envelopeFor(String user) {
        return new String(saidTo(user).message().envelope().bytes(), StandardCharsets.UTF_8);
    }

    private String distribution() {
        return scene.focus.orElseThrow().distributions().keySet().iterator().next();
    }

    @Test
    @Tag("tx:SendMessage")
    @DisplayName("SSP 16.2.1: one transaction of the host, one telling for each of those addressed, and 200 at once")
    void tellsEachOfThoseAddressedAndAnswers() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom")));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("alice"), Scene.user("tom"));
        assertThat(scene.answer()).isEqualTo(Status.of(200));
        assertThat(saidTo("tom").screenName()).contains("Bob");
        assertThat(envelopeFor("tom"))
                .contains("From: \"Bob\" <sip:/room@imps.example.com;screen-name=Bob>")
                .contains("To: <sip:/room@imps.example.com>")
                .doesNotContain("Disposition-Notification")
                .endsWith("hello");
        assertThat(saidTo("tom").message().messageId()).isEqualTo("m1@imps.example.com");
        assertThat(saidTo("tom").message().envelope())
                .as("made once for all")
                .isSameAs(saidTo("alice").message().envelope());
    }

    @Test
    void isOverWhenEverybodyHasTakenIt() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom")));
        String id = distribution();
        scene.taken("alice", id, 200);
        assertThat(scene.focus.orElseThrow().distributions()).hasSize(1);
        scene.taken("tom", id, 200).taken("tom", id, 200);
        assertThat(scene.focus.orElseThrow().distributions()).isEmpty();
        assertThat(scene.orders).isEmpty();
    }

    @Test
    @DisplayName(
            "On one node a telling is not lost: nothing is kept of it, and however many are under way, none is refused")
    void keepsNothingOfWhatIsToldInOneHeap() {
        scene.policy = scene.policy.onOneNode();
        for (int i = 0; i <= scene.policy.queueMessages(); i++) {
            scene.received(Scene.said("m" + i + "@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom")));
            assertThat(scene.told()).containsOnlyKeys(Scene.user("alice"), Scene.user("tom"));
            assertThat(scene.answer()).isEqualTo(Status.of(200));
        }
        assertThat(scene.focus.orElseThrow().distributions()).isEmpty();
        assertThat(scene.focus.orElseThrow().deadline()).isEmpty();
        scene.received(Scene.said("m0@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom")))
                .received(Scene.said("m99@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom")));
        assertThat(scene.told()).as("a repeat is one all the same").isEmpty();
    }

    @Test
    void whoHasNotTakenItIsToldAgain() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom")));
        String id = distribution();
        scene.taken("alice", id, 200).later(Distributions.RETELL);
        assertThat(scene.told()).containsOnlyKeys(Scene.user("tom"));
        assertThat(saidTo("tom").distribution()).isEqualTo(id);
    }

    @Test
    void whoNeverTakesItDoesNotKeepItForEver() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("tom")));
        scene.later(Distributions.RETELL.multipliedBy(Distributions.MOST_TELLINGS));
        assertThat(scene.focus.orElseThrow().distributions()).isEmpty();
        assertThat(scene.notes()).containsExactly(Noted.DEADLINE_PASSED);
    }

    @Test
    void whoLeavesIsOwedNothingAnyMore() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom")));
        scene.taken("alice", distribution(), 200).left("tom");
        assertThat(scene.focus.orElseThrow().distributions()).isEmpty();
    }

    @Test
    void aRepeatIsAnsweredAndNotToldAgain() {
        var request = Scene.said("m1@imps.example.com", "hello", Scene.to("alice"), Scene.to("tom"));
        scene.received(request).received(request);
        assertThat(scene.told()).isEmpty();
        assertThat(scene.answer()).isEqualTo(Status.of(200));
        assertThat(scene.notes()).containsExactly(Noted.DUPLICATE_ABSORBED);
    }

    @Test
    void aHostMayHandOneMessageOnInSeveralTransactions() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice")))
                .received(Scene.said("m1@imps.example.com", "hello", Scene.to("tom")));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("tom"));
    }

    @Test
    void repeatsAreRememberedForAWhileOnly() {
        var request = Scene.said("m1@imps.example.com", "hello", Scene.to("alice"));
        scene.received(request).later(scene.policy.memory().plusSeconds(1)).received(request);
        assertThat(scene.told()).hasSize(1);
    }

    @Test
    @Tag("status:808")
    @DisplayName("SSP 18.7.9: who is not in the group is named with 808, the others get the message")
    void namesWhoIsNotIn_808() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice"), Scene.to("carol")));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("alice"));
        assertThat(scene.answer().statusCode()).isEqualTo(201);
        assertThat(scene.answer().detailedResult())
                .singleElement()
                .returns(808, DetailedResult::code)
                .returns(List.of(new UserId("wv:carol@ims.example.com")), DetailedResult::userIds);
    }

    @Test
    @Tag("status:900")
    void refusesEachForItsOwnReason_516_531_808() {
        scene.received(Scene.said(
                "m1@imps.example.com",
                "hello",
                Scene.to("carol"),
                User.of("wv:dave@elsewhere.example.com"),
                User.of("wv:no address")));
        assertThat(scene.told()).isEmpty();
        assertThat(scene.answer().statusCode()).isEqualTo(900);
        assertThat(scene.answer().detailedResult())
                .extracting(DetailedResult::code)
                .containsExactly(516, 531, 808);
    }

    @Test
    void aMessageForAGroupThatNobodyIsInIsRefusedAndLeavesNothingBehind_808() {
        Scene empty = new Scene();
        empty.received(Scene.said("m1@imps.example.com", "hello", Scene.to("alice")));
        assertThat(empty.answer().statusCode()).isEqualTo(808);
        assertThat(empty.focus).isEmpty();
    }

    @Test
    @DisplayName("A host that names the group only means all; who is about to enter may have missed it")
    void tellsAllWhoAreInWhenTheGroupIsNamed() {
        scene.entering("carol").received(Scene.said("m1@imps.example.com", "hello", Scene.GROUP));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("alice"), Scene.user("tom"));
        assertThat(scene.answer()).isEqualTo(Status.of(200));
        scene.received(Scene.said("m2@imps.example.com", "hello", new GroupId("wv:/other@imps.example.com")));
        assertThat(scene.answer().statusCode()).isEqualTo(800);
    }

    @Test
    @DisplayName(
            "CSPX-35: nothing said before somebody's entry reaches it; what overtakes the host's answer to the entry does")
    void nothingFromBeforeTheEntryReachesAParticipant() {
        scene.received(Scene.said("m1@imps.example.com", "before", Scene.GROUP));
        String before = distribution();
        scene.entering("carol");
        scene.received(Scene.said("m2@imps.example.com", "after", Scene.to("carol")));
        assertThat(envelopeFor("carol")).endsWith("after");
        scene.entered("carol", "Carol").later(Distributions.RETELL);
        assertThat(scene.focus.orElseThrow().distributions().get(before).owed()).doesNotContainKey(Scene.user("carol"));
    }

    @Test
    void aWhisperIsForItsRecipientAlone() {
        scene.received(Scene.whispered("m1@imps.example.com", "psst", Scene.to("tom")));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("tom"));
        assertThat(envelopeFor("tom"))
                .contains("From: \"Bob\" <sip:/room@imps.example.com;screen-name=Bob>")
                .contains("To: <sip:tom@ims.example.com>");
    }

    @Test
    @DisplayName("SSP 5.2: a whisper to a screen name, distributed by the group's domain, is accepted")
    void aWhisperMayNameTheScreenName() {
        scene.received(Scene.whispered("m1@imps.example.com", "psst", ScreenName.in(Scene.GROUP, "tom")));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("tom"));
        scene.received(Scene.whispered("m2@imps.example.com", "psst", ScreenName.in(Scene.GROUP, "Zoe")));
        assertThat(scene.answer().statusCode()).isEqualTo(531);
    }

    @Test
    @Tag("CHAT-12")
    void nobodyHearsHisOwnWordsAgain() {
        scene.entered("bob", "Bob")
                .received(Scene.said("m1@imps.example.com", "hello", Scene.to("bob"), Scene.to("tom")));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("tom"));
        assertThat(scene.answer()).isEqualTo(Status.of(200));
    }

    @Test
    @Tag("status:503")
    void refusesMoreThanMayBeUnderWay_503() {
        int most = scene.policy.queueMessages();
        for (int i = 0; i < most; i++) {
            scene.received(Scene.said("m" + i + "@imps.example.com", "hello", Scene.to("tom")));
            assertThat(scene.answer().statusCode()).isEqualTo(200);
        }
        scene.received(Scene.said("last@imps.example.com", "hello", Scene.to("tom")));
        assertThat(scene.answer().statusCode()).isEqualTo(503);
        assertThat(scene.told()).isEmpty();
        scene.taken("tom", distribution(), 200).received(Scene.said("last@imps.example.com", "hello", Scene.to("tom")));
        assertThat(scene.answer().statusCode())
                .as("and takes it once there is room")
                .isEqualTo(200);
    }

    @Test
    void refusesMoreBytesThanMayBeUnderWay_503() {
        String large = "x".repeat((int) Math.min(scene.policy.maxMessageSize(), scene.policy.queueBytes() / 3));
        int taken = 0;
        for (int i = 0; i < 10; i++) {
            scene.received(Scene.said("m" + i + "@imps.example.com", large, Scene.to("tom")));
            taken += scene.answer().statusCode() == 200 ? 1 : 0;
        }
        assertThat(scene.answer().statusCode()).isEqualTo(503);
        assertThat((long) taken * large.length()).isLessThanOrEqualTo(scene.policy.queueBytes());
    }

    @Test
    @Tag("status:540")
    void refusesAMessageThatIsTooLarge_540() {
        scene.policy = scene.policy.withMaxMessageSize(4);
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("tom")));
        assertThat(scene.answer().statusCode()).isEqualTo(540);
    }

    @Test
    void aMessageWithoutAnIdGetsOneOfOurs() {
        scene.received(Scene.said("", "hello", Scene.to("tom")));
        assertThat(saidTo("tom").message().messageId()).endsWith("@iwf.example.com");
    }

    @Test
    void aParticipationThatIsNoMoreIsOutOfTheGroup() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("tom")));
        scene.taken("tom", distribution(), 808);
        assertThat(scene.focus.orElseThrow().participants()).containsOnlyKeys(Scene.user("alice"));
    }

    @Test
    void whatIsUnderWayIsToldAlsoWhenTheGatewayStops() {
        scene.received(Scene.said("m1@imps.example.com", "hello", Scene.to("tom")))
                .on(new Event.Draining());
        scene.later(Distributions.RETELL);
        assertThat(scene.told()).containsOnlyKeys(Scene.user("tom"));
    }

    @Test
    @Tag("tx:ServerInitiatedLeaveGroup")
    @DisplayName("SSP 17.1.5: those who have to leave are put out, the others stay")
    void putsOutWhoHasToLeave() {
        scene.received(Scene.putOut("kicked", "tom", "carol"));
        assertThat(scene.told()).containsExactlyEntriesOf(Map.of(Scene.user("tom"), new Event.PutOut("kicked", false)));
        assertThat(scene.focus.orElseThrow().participants()).containsOnlyKeys(Scene.user("alice"));
        scene.left("tom");
        assertThat(scene.orders).as("it is out already").isEmpty();
    }

    @Test
    @DisplayName("SSP 17.1.5: an indication that names nobody ends the group for all of ours")
    void putsEverybodyOutWhenTheGroupEnds() {
        scene.received(Scene.putOut("the group has ended"));
        assertThat(scene.told()).containsOnlyKeys(Scene.user("alice"), Scene.user("tom"));
        assertThat(scene.told().values()).containsOnly(new Event.PutOut("the group has ended", true));
        scene.left("alice").left("tom");
        assertThat(scene.focus).isEmpty();
    }

    @Test
    void putsOutAgainUntilTheParticipationHasHeardIt() {
        scene.received(Scene.putOut("kicked", "tom", "carol")).on(new Event.TakenOver());
        assertThat(scene.told()).containsEntry(Scene.user("tom"), new Event.PutOut("kicked", false));
        scene.later(Distributions.RETELL);
        assertThat(scene.told()).containsEntry(Scene.user("tom"), new Event.PutOut("kicked", false));
        scene.left("tom").on(new Event.TakenOver());
        assertThat(scene.told()).isEmpty();
    }

    @Test
    void whoAsksToBeLetInAgainIsNotPutOutForWhatWasBefore() {
        scene.received(Scene.putOut("kicked", "tom"));
        scene.on(new Event.Entering(Scene.participation("tom").text(), Scene.user("tom"), Scene.HOST));
        scene.on(new Event.TakenOver());
        assertThat(scene.told()).isEmpty();
    }

    @Test
    void aParticipationThatNeverAnswersIsGivenUp() {
        scene.received(Scene.putOut("the group has ended"));
        for (int i = 0; i < Distributions.MOST_TELLINGS; i++) {
            scene.later(Distributions.RETELL);
        }
        assertThat(scene.focus).isEmpty();
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    @DisplayName("SSP 17.2.8: a notice is answered for each of those told, 800 where nobody is in, 808 for who is not")
    void answersANoticeForEachOfThoseTold_800_808() {
        scene.received(Scene.notice(List.of("alice", "tom"), List.of("Erin"), List.of()));
        assertThat(scene.answer().statusCode()).isEqualTo(200);
        scene.received(Scene.notice(List.of("alice", "carol"), List.of("Ed"), List.of()));
        assertThat(scene.answer().statusCode()).isEqualTo(201);
        assertThat(scene.answer().detailedResult())
                .singleElement()
                .returns(808, DetailedResult::code)
                .returns(List.of(new UserId("wv:carol@ims.example.com")), DetailedResult::userIds);
        scene.received(Scene.notice(List.of("carol"), List.of("Zoe"), List.of()));
        assertThat(scene.answer().statusCode()).isEqualTo(808);
        assertThat(scene.focus.orElseThrow().roster().find(Roster.ofName("Zoe")))
                .isEqualTo(Optional.empty());
        Scene empty = new Scene();
        empty.received(Scene.notice(List.of("carol"), List.of("Zoe"), List.of()));
        assertThat(empty.answer().statusCode()).isEqualTo(800);
        assertThat(empty.focus).isEmpty();
    }

    @Test
    void endsBeforeItsBeginningAreHarmless() {
        Scene empty = new Scene();
        empty.left("alice").taken("alice", "d1", 200).subscriptionEnded("s1").asked("tom", 200);
        assertThat(empty.focus).isEmpty();
        assertThat(empty.later(Duration.ofDays(1)).focus).isEmpty();
        assertThat(empty.notes()).isEmpty();
    }

    @Test
    void whoNeverGetsInLeavesNothingBehind() {
        Scene empty = new Scene();
        empty.entering("alice").left("alice");
        assertThat(empty.focus).isEmpty();
    }
}
