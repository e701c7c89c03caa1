package org.impsiwf.mapping.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.ConferenceState;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SubscriptionId;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The conference event package towards the SIP users of a group (RFC 4575). */
class ConferencePackageTest {

    private final Scene scene = new Scene();

    private Scene aliceAndBobAreIn() {
        return scene.entered("alice", "Alice", "Alice", "Bob");
    }

    private List<String> shown(String subscription) {
        return scene.subscribers.get(subscription).shown();
    }

    private Optional<Integer> refusal() {
        return scene.orders(SipCommand.RefuseSubscription.class).stream()
                .map(order -> order.refusal().status())
                .findFirst();
    }

    @Test
    @DisplayName("RFC 4575 §3.3, §5.2: a participant is told everything first, for an hour at most")
    void tellsAParticipantEverythingFirst() {
        aliceAndBobAreIn().subscribe("alice", "s1");
        assertThat(scene.orders(SipCommand.AcceptSubscription.class))
                .singleElement()
                .returns(Duration.ofHours(1), SipCommand.AcceptSubscription::expires)
                .returns(Scene.KEY.text(), SipCommand.AcceptSubscription::owner);
        ConferenceState full = scene.subscribers.get("s1").last();
        assertThat(full.full()).isTrue();
        assertThat(full.version()).isEqualTo(1);
        assertThat(full.entity().value()).isEqualTo("sip:/room@imps.example.com");
        assertThat(full.userCount()).isEqualTo(OptionalLong.of(2));
        assertThat(full.users())
                .extracting(user -> user.entity().value())
                .containsExactly(
                        "sip:/room@imps.example.com;screen-name=Alice", "sip:/room@imps.example.com;screen-name=Bob");
        assertThat(shown("s1")).containsExactly("Alice", "Bob");
    }

    @Test
    @DisplayName("RFC 4575 §3.5: others than participants are refused with 403")
    void refusesOthersThanParticipants_403() {
        aliceAndBobAreIn().subscribe("mallory", "s1");
        assertThat(refusal()).contains(403);
        assertThat(scene.subscribers).isEmpty();
    }

    @Test
    void refusesWhoAsksForAGroupOfOthersThatNobodyIsIn_404() {
        scene.subscribe("alice", "s1");
        assertThat(refusal()).contains(404);
        assertThat(scene.focus).isEmpty();
    }

    @Test
    void tellsOthersWhereTheOperatorAllowsIt() {
        Policy policy = scene.policy;
        Policy.Conferences c = policy.conferences();
        scene.policy = policy.with(c.withRosterForAll());
        aliceAndBobAreIn().subscribe("mallory", "s1");
        assertThat(shown("s1")).containsExactly("Alice", "Bob");
    }

    @Test
    @DisplayName("RFC 4575 §4.4: a change is told in part, with the next version")
    void tellsChangesInPart() {
        aliceAndBobAreIn().subscribe("alice", "s1").joined("alice", "Erin");
        ConferenceState partial = scene.subscribers.get("s1").last();
        assertThat(partial.full()).isFalse();
        assertThat(partial.version()).isEqualTo(2);
        assertThat(partial.users())
                .extracting(user -> user.displayText().orElseThrow())
                .containsExactly("Erin");
        assertThat(partial.subject()).isEmpty();
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "Erin");
    }

    @Test
    void severalChangesInOneNoticeAreOneNotification() {
        aliceAndBobAreIn()
                .subscribe("alice", "s1")
                .received(Scene.notice(List.of("alice"), List.of("Erin", "Ed"), List.of("Bob")));
        assertThat(scene.orders(SipCommand.Notify.class)).hasSize(1);
        assertThat(shown("s1")).containsExactly("Alice", "Bob(DEPARTED)", "Ed", "Erin");
        assertThat(scene.subscribers.get("s1").count).isEqualTo(3);
    }

    @Test
    @DisplayName("RFC 4575 §3.9: not more often than every five seconds; what happens meanwhile is gathered")
    void gathersWhatHappensWithinFiveSeconds() {
        aliceAndBobAreIn().subscribe("alice", "s1").joined("alice", "Erin").joined("alice", "Ed");
        assertThat(scene.orders(SipCommand.Notify.class)).isEmpty();
        scene.gone("alice", "Erin").later(Duration.ofMillis(4999));
        assertThat(scene.orders(SipCommand.Notify.class)).isEmpty();
        scene.later(Duration.ofMillis(1));
        assertThat(scene.orders(SipCommand.Notify.class)).hasSize(1);
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "Ed", "Erin(DEPARTED)");
    }

    @Test
    @DisplayName("RFC 4575 §5.7.6: how somebody went is told once, then the user is deleted")
    void whoHasGoneIsDeletedWithTheNextChange() {
        aliceAndBobAreIn().subscribe("alice", "s1").gone("alice", "Bob");
        assertThat(shown("s1")).containsExactly("Alice", "Bob(DEPARTED)");
        scene.later(Duration.ofSeconds(6)).joined("alice", "Erin");
        assertThat(scene.subscribers.get("s1").last().users()).anySatisfy(user -> {
            assertThat(user.deleted()).isTrue();
            assertThat(user.entity().value()).isEqualTo("sip:/room@imps.example.com;screen-name=Bob");
        });
        assertThat(shown("s1")).containsExactly("Alice", "Erin");
        assertThat(scene.focus.orElseThrow().roster().members()).hasSize(2);
    }

    @Test
    void whoComesBackIsNotDeleted() {
        aliceAndBobAreIn().subscribe("alice", "s1").gone("alice", "Bob").later(Duration.ofSeconds(6));
        scene.joined("alice", "Bob").later(Duration.ofSeconds(6)).joined("alice", "Erin");
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "Erin");
    }

    @Test
    void aNoticeThatSaysNothingNewIsNotPassedOn() {
        aliceAndBobAreIn()
                .subscribe("alice", "s1")
                .received(Scene.notice(List.of("alice"), List.of("bob"), List.of("Zoe")));
        assertThat(scene.orders(SipCommand.Notify.class)).isEmpty();
        assertThat(scene.answer().statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 6665 §4.2.1.2: who refreshes is told everything, with the next version")
    void tellsWhoRefreshesEverything() {
        aliceAndBobAreIn().subscribe("alice", "s1").entered("tom", "Tom").subscribe("tom", "s2");
        scene.later(Duration.ofSeconds(6)).refresh("s1");
        ConferenceState full = scene.subscribers.get("s1").last();
        assertThat(full.full()).isTrue();
        assertThat(full.version()).isEqualTo(3);
        scene.joined("alice", "Erin");
        assertThat(scene.subscribers.get("s1").last().version()).isEqualTo(4);
        assertThat(scene.subscribers.get("s2").last().version()).isEqualTo(2);
    }

    @Test
    void aRefreshOfWhatIsNotKnownEndsIt() {
        aliceAndBobAreIn().refresh("s9");
        assertThat(scene.orders(SipCommand.EndSubscription.class))
                .containsExactly(new SipCommand.EndSubscription(new SubscriptionId("s9"), "deactivated"));
    }

    @Test
    @DisplayName("RFC 6665 §4.4.3: a single look is one full state and nothing after it")
    void aSingleLookIsOneFullState() {
        aliceAndBobAreIn().subscribe("alice", "s1", Duration.ZERO).joined("alice", "Erin");
        assertThat(scene.orders(SipCommand.Notify.class)).isEmpty();
        assertThat(scene.focus.orElseThrow().audience().subscriptions()).isEmpty();
    }

    @Test
    void theOldestOfTooManySubscriptionsOfOneUserEnds() {
        aliceAndBobAreIn();
        for (int i = 1; i <= 6; i++) {
            scene.later(Duration.ofSeconds(1)).subscribe("alice", "s" + i);
        }
        assertThat(scene.orders(SipCommand.EndSubscription.class))
                .extracting(end -> end.subscription().value())
                .containsExactly("s1");
        assertThat(scene.subscribers).containsOnlyKeys("s2", "s3", "s4", "s5", "s6");
    }

    @Test
    void aSubscriptionWhoseEndNobodyTellsOfIsForgotten() {
        aliceAndBobAreIn().subscribe("alice", "s1").later(Duration.ofHours(3));
        assertThat(scene.focus.orElseThrow().audience()).isEqualTo(Audience.EMPTY);
    }

    @Test
    void subscriptionsOfWhoLeavesEnd() {
        aliceAndBobAreIn()
                .entered("tom", "Tom")
                .subscribe("alice", "s1")
                .subscribe("tom", "s2")
                .left("tom");
        assertThat(scene.orders(SipCommand.EndSubscription.class))
                .extracting(SipCommand.EndSubscription::reason)
                .containsExactly("rejected");
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "Tom(DEPARTED)");
    }

    @Test
    @DisplayName("RFC 4575 §3.3: at the end of the conference subscriptions end with noresource")
    void subscriptionsEndWithTheConference_noresource() {
        aliceAndBobAreIn().entered("tom", "Tom").subscribe("alice", "s1").subscribe("tom", "s2");
        scene.received(Scene.putOut("over"));
        assertThat(scene.orders(SipCommand.EndSubscription.class))
                .extracting(SipCommand.EndSubscription::reason)
                .containsExactly("noresource", "noresource");
        scene.left("alice").left("tom");
        assertThat(scene.focus).isEmpty();
    }

    @Test
    void theTopicIsAskedForOnceSomebodyWantsToKnow() {
        aliceAndBobAreIn();
        assertThat(scene.orders(SspCommand.SendRequest.class)).isEmpty();
        scene.subscribe("alice", "s1");
        SspCommand.SendRequest asked = request(GetGroupPropsRequest.class);
        assertThat(asked.peer()).isEqualTo(Scene.HOST);
        scene.entered("tom", "Tom").subscribe("tom", "s2");
        assertThat(scene.orders(SspCommand.SendRequest.class)).as("asked once").isEmpty();
        scene.later(Duration.ofSeconds(6));
        respond(asked.request(), properties("Topic", "Tea", "Name", "The room", "MaxActiveUsers", "20"));
        ConferenceState partial = scene.subscribers.get("s1").last();
        assertThat(partial.subject()).contains("Tea");
        assertThat(partial.displayText()).contains("The room");
        assertThat(partial.maximumUserCount()).hasValue(20);
        scene.refresh("s2");
        assertThat(scene.subscribers.get("s2").last().subject()).contains("Tea");
    }

    @Test
    void aHostThatDoesNotAnswerIsAskedAgainByTheNextSubscriber() {
        aliceAndBobAreIn().subscribe("alice", "s1");
        SspCommand.SendRequest asked = request(GetGroupPropsRequest.class);
        scene.on(new Event.Ssp(new SspEvent.RequestFailed(Scene.HOST, asked.request(), SspEvent.Cause.NO_SESSION)));
        assertThat(scene.orders).isEmpty();
        scene.subscribe("alice", "s2");
        assertThat(scene.orders(SspCommand.SendRequest.class)).hasSize(1);
    }

    @Test
    void aChangedTopicIsTheSubject() {
        aliceAndBobAreIn().subscribe("alice", "s1").received(Scene.properties("alice", "Topic", "Tea"));
        assertThat(scene.subscribers.get("s1").subject).isEqualTo("Tea");
        scene.later(Duration.ofSeconds(6)).received(Scene.properties("alice", "Topic", ""));
        assertThat(scene.subscribers.get("s1").subject).isEmpty();
    }

    @Test
    void aChangedLevelIsARole() {
        aliceAndBobAreIn().subscribe("alice", "s1").received(Scene.level("alice", "Mod"));
        assertThat(scene.subscribers.get("s1").last().users())
                .singleElement()
                .satisfies(alice -> assertThat(alice.roles()).containsExactly("moderator"));
    }

    @Test
    void theListIsAskedForWhereTheEntryBroughtNone() {
        scene.entered("alice", "Alice").subscribe("alice", "s1");
        SspCommand.SendRequest asked = request(GetJoinedMemberRequest.class);
        scene.gone("alice", "Ed").joined("alice", "Erin").later(Duration.ofSeconds(6));
        respond(
                asked.request(),
                new GetJoinedMemberResponse(
                        Status.of(200),
                        List.of(new Mapping("Ben", Optional.empty())),
                        List.of(new Mapping("Alice", Optional.empty()), new Mapping("Ed", Optional.empty())),
                        List.of()));
        assertThat(shown("s1"))
                .as("Ed has gone, Erin has come since the list was made")
                .containsExactly("Alice", "Ben", "Erin");
        assertThat(scene.subscribers.get("s1").users.values())
                .filteredOn(user -> user.displayText().equals(Optional.of("Ben")))
                .allSatisfy(ben -> assertThat(ben.roles()).containsExactly("administrator"));
    }

    @Test
    @DisplayName("RFC 4575 §5.7.3: who is asked in is dialing-out; who refuses has failed")
    void showsWhoIsAskedIn() {
        aliceAndBobAreIn().subscribe("alice", "s1").asked("tom", null);
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "TOM(DIALING_OUT)");
        assertThat(scene.subscribers.get("s1").users).containsKey("sip:tom@ims.example.com");
        scene.later(Duration.ofSeconds(6)).asked("tom", 825);
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "TOM(FAILED)");
        assertThat(scene.subscribers.get("s1").count).isEqualTo(2);
    }

    @Test
    void whoComesByAnInvitationIsShownOnce() {
        aliceAndBobAreIn().subscribe("alice", "s1").asked("tom", null);
        scene.later(Duration.ofSeconds(6)).entering("tom").entered("tom", "Tom").asked("tom", 200);
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "Tom");
    }

    @Test
    void aRejoinUnderAnotherNameTakesTheOldNameOff() {
        aliceAndBobAreIn().entered("tom", "Tom").subscribe("alice", "s1").entered("tom", "Tommy");
        assertThat(shown("s1")).containsExactly("Alice", "Bob", "Tom(DEPARTED)", "Tommy");
        assertThat(scene.focus.orElseThrow().participants()).hasSize(2);
    }

    @Test
    void aHostCannotMakeTheRosterGrowWithoutEnd() {
        aliceAndBobAreIn();
        String[] many = new String[Roster.MOST_SHOWN + 100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "m" + i;
        }
        Scene large = new Scene(false);
        large.entered("alice", "Alice", "Alice").joined("alice", many).joined("alice", "x".repeat(2000));
        assertThat(large.focus.orElseThrow().roster().members()).hasSize(Roster.MOST_SHOWN);
    }

    @Test
    void nobodyIsToldAnyMoreWhenTheGatewayStops() {
        aliceAndBobAreIn().subscribe("alice", "s1").on(new Event.Draining());
        assertThat(scene.orders(SipCommand.EndSubscription.class))
                .extracting(SipCommand.EndSubscription::reason)
                .containsExactly("deactivated");
        scene.subscribe("alice", "s2");
        assertThat(refusal()).contains(480);
        scene.left("alice");
        assertThat(scene.focus).isEmpty();
    }

    private <T extends Primitive> SspCommand.SendRequest request(Class<T> type) {
        return scene.orders(SspCommand.SendRequest.class).stream()
                .filter(order -> type.isInstance(order.primitive()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type.getSimpleName() + " among " + scene.orders));
    }

    private void respond(SspRequestId request, Primitive response) {
        scene.on(new Event.Ssp(new SspEvent.ResponseReceived(Scene.HOST, request, response)));
    }

    private static GetGroupPropsResponse properties(String... namesAndValues) {
        List<Property> properties = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.add(new Property(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new GetGroupPropsResponse(
                Status.of(200), new GroupProperties(properties, Optional.empty()), new OwnProperties(List.of()));
    }

    @Test
    void aMisroutedEventIsOurMistakeAndChangesNothing() {
        aliceAndBobAreIn();
        Focus before = scene.focus.orElseThrow();
        scene.on(new Event.ShareConcluded(0, 200));
        assertThat(scene.notes()).containsExactly(Command.Noted.OUR_MISTAKE);
        assertThat(scene.focus).contains(before);
    }
}
