package org.impsiwf.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.sip.dialog.UsageScenes.MACHINE;
import static org.impsiwf.sip.dialog.UsageScenes.OURS;
import static org.impsiwf.sip.dialog.UsageScenes.SDP;
import static org.impsiwf.sip.dialog.UsageScenes.T0;
import static org.impsiwf.sip.dialog.UsageScenes.TX;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.sip.event.SipEvent;
import org.junit.jupiter.api.Test;

/** The INVITE usage on a virtual clock: what the wire tests cannot wait for. */
class InviteUsageMachineTest {

    /** A usage that is driven to each of its deadlines. */
    private static final class Run {
        private Optional<InviteUsage> usage;
        private Instant now = T0;
        private final List<String> did = new ArrayList<>();

        Run(InviteUsage start) {
            usage = Optional.of(start);
        }

        Run on(UsageEvent event) {
            UsageDecision decision = MACHINE.decide(usage.orElseThrow(), event, now);
            usage = decision.next();
            decision.orders().forEach(order -> did.add(name(order)));
            return this;
        }

        private static String name(UsageOrder order) {
            return order instanceof UsageOrder.Tell(var event)
                    ? event.getClass().getSimpleName()
                    : order.getClass().getSimpleName();
        }

        /** Lets time pass up to then, each deadline at its time. */
        Run until(Duration sinceStart) {
            Instant end = T0.plus(sinceStart);
            while (usage.flatMap(InviteUsage::deadline)
                    .filter(due -> !due.isAfter(end))
                    .isPresent()) {
                now = usage.orElseThrow().deadline().orElseThrow();
                on(new UsageEvent.DeadlineReached());
            }
            now = end;
            return this;
        }

        List<String> done() {
            var done = List.copyOf(did);
            did.clear();
            return done;
        }
    }

    @Test
    void a2xxWithoutAckIsRepeatedTenTimesAndThenTheCallIsEnded_RFC3261_13_3_1_4() {
        var run = new Run(UsageScenes.called(TimerTerms.NONE))
                .on(new UsageEvent.Accept(OURS, Optional.empty(), Map.of()));
        assertThat(run.done()).containsExactly("SendAccept");
        run.until(Duration.ofMillis(31_900));
        // 0.5, 1.5, 3.5, 7.5 s, then every 4 s
        assertThat(run.done()).hasSize(10).containsOnly("RepeatAccept");
        run.until(Duration.ofSeconds(32));
        assertThat(run.done()).containsExactly("UsageEnded", "SendBye");
        run.until(Duration.ofMinutes(5));
        assertThat(run.usage).isEmpty();
    }

    @Test
    void byeWaitsForTheAckOfOur2xx_RFC3261_15() {
        var run = new Run(UsageScenes.called(TimerTerms.NONE))
                .on(new UsageEvent.Accept(OURS, Optional.empty(), Map.of()))
                .on(new UsageEvent.End(Optional.empty()));
        assertThat(run.done()).containsExactly("SendAccept");
        run.on(new UsageEvent.Acknowledged(1, Optional.empty()));
        assertThat(run.done()).containsExactly("SendBye");
    }

    @Test
    void aCallNobodyAnswersIsCancelledWhenItsTimeIsUp() {
        var run = new Run(UsageScenes.calling()).on(new UsageEvent.Progressed(180, "from-callee"));
        run.until(Duration.ofSeconds(60));
        assertThat(run.done()).containsExactly("InviteProgressed", "SendCancel", "InviteRefused");
        run.until(Duration.ofMinutes(5));
        assertThat(run.usage).isEmpty();
    }

    @Test
    void theRefresherRefreshesAtHalfTimeByUpdateWhereThatIsAllowed_RFC4028_10() {
        var terms = new TimerTerms(
                Optional.of(Duration.ofMinutes(10)), Optional.of(TimerTerms.Refresher.UAC), Optional.empty(), true);
        var run = new Run(UsageScenes.calling()).on(UsageScenes.accepted(1, "theirs", terms));
        assertThat(run.done()).containsExactly("SendAck", "InviteAccepted");
        run.until(Duration.ofMinutes(5));
        assertThat(run.done()).containsExactly("SendReinvite");
        run.on(UsageScenes.accepted(2, "theirs", terms));
        run.until(Duration.ofMinutes(9));
        assertThat(run.done()).isEmpty();
        run.until(Duration.ofMinutes(10));
        assertThat(run.done()).containsExactly("SendReinvite");
        run.until(Duration.ofMinutes(10).plusSeconds(32)); // no answer at all
        assertThat(run.done()).containsExactly("UsageEnded", "SendBye");
    }

    @Test
    void whoIsNotRefreshedEndsTheCallBeforeItExpires_RFC4028_10() {
        var run = new Run(UsageScenes.talkingAsCallee(UsageScenes.REFRESHED_BY_THEM));
        run.until(Duration.ofMinutes(10).minusSeconds(33));
        assertThat(run.done()).isEmpty();
        run.on(UsageScenes.reinvite(2, true, Optional.empty()));
        assertThat(run.done()).containsExactly("AcceptReinvite");
        assertThat(run.usage.orElseThrow().timer())
                .as("an UPDATE that knows no timer ends it")
                .isEmpty();
        var other = new Run(UsageScenes.talkingAsCallee(UsageScenes.REFRESHED_BY_THEM));
        other.until(Duration.ofMinutes(10).minusSeconds(32));
        assertThat(other.done()).containsExactly("UsageEnded", "SendBye");
    }

    @Test
    void anInviteRefusedWith422IsSentAgainWithTheirMinimumOnce_RFC4028_7_3() {
        var tooShort = new UsageEvent.Refused(
                1, SipEvent.FinalResponse.of(422, "Too Small"), Optional.of(Duration.ofHours(1)));
        UsageDecision decision = MACHINE.decide(UsageScenes.calling(), tooShort, T0);
        assertThat(decision.orders()).singleElement().isInstanceOfSatisfying(UsageOrder.InviteAgain.class, again -> {
            assertThat(again.cseq()).isEqualTo(2);
            assertThat(again.terms().sessionExpires()).contains(Duration.ofHours(1));
        });
        var twice = new UsageEvent.Refused(
                2, SipEvent.FinalResponse.of(422, "Too Small"), Optional.of(Duration.ofHours(2)));
        assertThat(MACHINE.decide(decision.next().orElseThrow(), twice, T0).orders())
                .singleElement()
                .isInstanceOf(UsageOrder.Tell.class);
    }

    @Test
    void aReinviteThatMetTheirsIsSentAgainAfterAWhile_RFC3261_14_1() {
        var run = new Run(UsageScenes.talkingAsCallee(TimerTerms.NONE))
                .on(new UsageEvent.Reinvite(OURS, Optional.empty()))
                .on(UsageScenes.refused(1, 491));
        assertThat(run.done()).containsExactly("SendReinvite");
        run.until(Duration.ofSeconds(2)); // the Call-ID is theirs: up to 2 s
        assertThat(run.done()).containsExactly("SendReinvite");
    }

    @Test
    void aReinviteWithoutEndHasOneOfOurs() { // usnistgov/jsip issue 78
        var run = new Run(UsageScenes.talkingAsCallee(TimerTerms.NONE))
                .on(new UsageEvent.Reinvite(OURS, Optional.empty()));
        run.done();
        run.until(Duration.ofSeconds(32));
        assertThat(run.done()).containsExactly("UsageEnded", "SendBye");
    }

    @Test
    void aRefusedReinviteLeavesTheDescriptionsAsTheyWere_RFC3264_8() {
        InviteUsage before = UsageScenes.talkingAsCallee(TimerTerms.NONE);
        var run = new Run(before)
                .on(new UsageEvent.Reinvite(OURS, Optional.empty()))
                .on(UsageScenes.refused(1, 488));
        assertThat(run.done()).containsExactly("SendReinvite", "ReinviteAnswered");
        assertThat(run.usage.orElseThrow().sdp()).isEqualTo(before.sdp());
    }

    @Test
    void aSecondReinviteBeforeTheFirstIsAnsweredGets500WithRetryAfter_RFC3261_14_2() {
        InviteUsage asked = UsageScenes.after(
                UsageScenes.talkingAsCallee(TimerTerms.NONE), UsageScenes.reinvite(2, false, Optional.of(SDP)));
        var orders = MACHINE.decide(asked, UsageScenes.reinvite(3, false, Optional.of(SDP)), T0)
                .orders();
        assertThat(orders).singleElement().isInstanceOfSatisfying(UsageOrder.Answer.class, answer -> {
            assertThat(answer.response().status()).isEqualTo(500);
            assertThat(answer.response().retryAfter().orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
        });
    }

    @Test
    void aReinviteThatIsOpenWhenTheDialogEndsGets487_RFC3261_15_1_2() {
        InviteUsage asked = UsageScenes.after(
                UsageScenes.talkingAsCallee(TimerTerms.NONE), UsageScenes.reinvite(2, false, Optional.of(SDP)));
        for (UsageEvent end : List.of(
                new UsageEvent.End(Optional.empty()),
                new UsageEvent.ByeRequested(UsageScenes.TX, 3, Optional.empty()))) {
            assertThat(MACHINE.decide(asked, end, T0).orders())
                    .first()
                    .isInstanceOfSatisfying(
                            UsageOrder.Answer.class,
                            answer -> assertThat(answer.response().status()).isEqualTo(487));
        }
    }

    @Test
    void aReinviteThatOvertakesTheAckIsTaken_RFC5407_3_1() {
        InviteUsage answered = UsageScenes.after(
                UsageScenes.called(TimerTerms.NONE), new UsageEvent.Accept(OURS, Optional.empty(), Map.of()));
        var run = new Run(answered).on(UsageScenes.reinvite(2, false, Optional.of(SDP)));
        assertThat(run.done()).containsExactly("AckReceived", "ReinviteReceived");
    }

    @Test
    void strictRoutesAreFollowedAsRfc3261_12_2_1_1Says() {
        var loose = Dialog.calling("c", "a", UsageScenes.BOB, UsageScenes.ALICE, UsageScenes.ALICE.uri())
                .accepted("b", UsageScenes.CONTACT, List.of("<sip:p1;lr>", "<sip:p2;lr>"));
        assertThat(loose.routeSet()).containsExactly("<sip:p2;lr>", "<sip:p1;lr>");
        assertThat(loose.route().requestUri()).isEqualTo(UsageScenes.CONTACT);
        assertThat(loose.route().nextHop().value()).isEqualTo("sip:p2;lr");
        var strict = Dialog.calling("c", "a", UsageScenes.BOB, UsageScenes.ALICE, UsageScenes.ALICE.uri())
                .accepted("b", UsageScenes.CONTACT, List.of("<sip:p1;lr>", "<sip:p2>"));
        assertThat(strict.route().requestUri().value()).isEqualTo("sip:p2");
        assertThat(strict.route().routes()).containsExactly("<sip:p1;lr>", "<" + UsageScenes.CONTACT.value() + ">");
    }

    /** Whatever happens in whatever order: no exception, and in the end nothing is left. */
    @Test
    void everyLifeEndsAndLeavesNothing() {
        var random = new Random(20_260_101);
        for (int life = 0; life < 3_000; life++) {
            var run = new Run(random.nextBoolean() ? UsageScenes.calling() : UsageScenes.called(TimerTerms.NONE));
            for (int i = 0; i < 12 && run.usage.isPresent(); i++) {
                var events = List.copyOf(UsageScenes.events(run.usage.get()).values());
                run.on(events.get(random.nextInt(events.size())));
            }
            if (run.usage.isPresent()) {
                run.on(new UsageEvent.End(Optional.empty()));
                run.now = run.now.plus(Duration.ofSeconds(1));
                for (int i = 0; i < 100 && run.usage.isPresent(); i++) {
                    run.now = run.usage.get().deadline().orElse(run.now.plusSeconds(60));
                    run.on(new UsageEvent.DeadlineReached());
                }
            }
            assertThat(run.usage).as("life %d: %s", life, run.did).isEmpty();
        }
    }

    @Test
    void anAnswerToAReinviteThatIsNoLongerOpenDoesNothing() {
        InviteUsage talking = UsageScenes.talkingAsCallee(TimerTerms.NONE);
        UsageDecision decision =
                MACHINE.decide(talking, new UsageEvent.AcceptReinvite(TX, OURS, Optional.empty(), Map.of()), T0);
        assertThat(decision.orders()).isEmpty();
        assertThat(decision.next()).contains(talking);
    }
}
