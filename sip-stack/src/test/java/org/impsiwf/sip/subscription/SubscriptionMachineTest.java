package org.impsiwf.sip.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.sip.subscription.SubscriptionScenes.HOUR;
import static org.impsiwf.sip.subscription.SubscriptionScenes.MACHINE;
import static org.impsiwf.sip.subscription.SubscriptionScenes.T0;
import static org.impsiwf.sip.subscription.SubscriptionScenes.accept;
import static org.impsiwf.sip.subscription.SubscriptionScenes.asked;
import static org.impsiwf.sip.subscription.SubscriptionScenes.notified;
import static org.impsiwf.sip.subscription.SubscriptionScenes.requested;
import static org.impsiwf.sip.subscription.SubscriptionScenes.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.subscription.Subscription.Kind;
import org.impsiwf.sip.subscription.SubscriptionEvent.DeadlineReached;
import org.impsiwf.sip.subscription.SubscriptionEvent.End;
import org.impsiwf.sip.subscription.SubscriptionEvent.Notify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionMachineTest {

    /** A subscription that lives, and what it did. */
    private static final class Run {
        private Optional<Subscription> subscription;
        private Instant now = T0;
        private final List<SubscriptionOrder> did = new ArrayList<>();

        Run(Subscription start) {
            subscription = Optional.of(start);
        }

        Run on(SubscriptionEvent event) {
            SubscriptionDecision decision = MACHINE.decide(subscription.orElseThrow(), event, now);
            subscription = decision.next();
            did.addAll(decision.orders());
            return this;
        }

        Run atDeadline() {
            now = subscription.orElseThrow().state().deadline();
            return on(new DeadlineReached());
        }

        List<String> notices() {
            return did.stream()
                    .filter(SubscriptionOrder.SendNotify.class::isInstance)
                    .map(SubscriptionOrder.SendNotify.class::cast)
                    .map(notify -> notify.notice()
                                    .body()
                                    .map(body -> new String(body.bytes(), StandardCharsets.UTF_8).strip())
                                    .orElse("")
                            + notify.notice()
                                    .endedBy()
                                    .map(reason -> "/" + reason)
                                    .orElse(""))
                    .toList();
        }

        <E extends SipEvent> List<E> told(Class<E> type) {
            return did.stream()
                    .filter(SubscriptionOrder.Tell.class::isInstance)
                    .map(order -> ((SubscriptionOrder.Tell) order).event())
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }

    private static Run running() {
        return new Run(asked()).on(accept());
    }

    @Test
    void noticesGoOutInTheirOrder_oneAtATime_RFC6665_4_2_2() {
        var run =
                running().on(new Notify(state("1"))).on(new Notify(state("2"))).on(new Notify(state("3")));
        assertThat(run.notices()).containsExactly("1");
        run.on(notified(200));
        assertThat(run.notices()).containsExactly("1", "2");
        run.on(notified(200)).on(notified(200));
        assertThat(run.notices()).containsExactly("1", "2", "3");
    }

    @Test
    void eachNoticeHasTheNextNumber_RFC3261_12_2_1_1() {
        var run = running().on(new Notify(state("1"))).on(notified(200)).on(new Notify(state("2")));
        assertThat(run.did)
                .filteredOn(SubscriptionOrder.SendNotify.class::isInstance)
                .extracting(
                        order -> ((SubscriptionOrder.SendNotify) order).dialog().localCSeq())
                .containsExactly(1L, 2L);
    }

    @Test
    void aSubscriptionThatRunsOutIsToldSo_RFC6665_4_2_2() {
        var run = running().on(new Notify(state("1"))).on(notified(200)).atDeadline();
        assertThat(run.now).isEqualTo(T0.plus(HOUR));
        assertThat(run.notices()).containsExactly("1", "/timeout");
        assertThat(run.told(SipEvent.SubscriptionEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.owner()).isEqualTo("F:room"));
        assertThat(run.on(notified(200)).subscription).isEmpty();
    }

    @Test
    void aRefreshPutsTheEndOffAndAsksForTheWholeState_RFC6665_4_2_1_2() {
        var run = running().on(requested(2, Duration.ofMinutes(10)));
        assertThat(run.subscription.orElseThrow().state().deadline()).isEqualTo(T0.plus(Duration.ofMinutes(10)));
        assertThat(run.told(SipEvent.SubscriptionRefreshed.class)).hasSize(1);
    }

    @Test
    void aSubscriberThatEndsItGetsALastNotice_RFC6665_4_1_2_3() {
        var run = running().on(requested(2, Duration.ZERO));
        assertThat(run.notices()).containsExactly("/timeout");
        assertThat(run.told(SipEvent.SubscriptionEnded.class)).hasSize(1);
        run.on(requested(3, HOUR));
        assertThat(run.did.getLast())
                .isInstanceOfSatisfying(
                        SubscriptionOrder.Answer.class,
                        answer -> assertThat(answer.response().status()).isEqualTo(481));
    }

    @Test
    void aSingleLookGetsItsStateInTheLastNotice_RFC6665_4_4_3() {
        var run = new Run(asked(Kind.CONFERENCE, Duration.ZERO, false))
                .on(accept())
                .on(new Notify(state("all")));
        assertThat(run.notices()).containsExactly("all/timeout");
        assertThat(run.on(notified(200)).subscription).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 503, 604})
    void aSubscriberThatIsGoneHasNoSubscriptionAnyMore_RFC6665_4_2_2(int status) {
        var run = running().on(new Notify(state("1"))).on(notified(status));
        assertThat(run.subscription).isEmpty();
        assertThat(run.told(SipEvent.SubscriptionEnded.class)).hasSize(1);
    }

    @Test
    void aSubscriberThatAsksForALaterTimeGetsTheSameNoticeThen_RFC6665_4_2_2() {
        var run = running()
                .on(new Notify(state("1")))
                .on(new SubscriptionEvent.Notified(500, Optional.of(Duration.ofSeconds(7))))
                .on(new Notify(state("2")));
        assertThat(run.notices()).containsExactly("1");
        run.atDeadline();
        assertThat(run.now).isEqualTo(T0.plusSeconds(7));
        assertThat(run.notices()).containsExactly("1", "1");
        assertThat(run.on(notified(200)).notices()).containsExactly("1", "1", "2");
    }

    @Test
    void anEndFollowsWhatWasSaidBefore() {
        var run = running()
                .on(new Notify(state("1")))
                .on(new Notify(state("2")))
                .on(new End("noresource", Optional.empty()))
                .on(notified(200))
                .on(notified(200));
        assertThat(run.notices()).containsExactly("1", "2", "/noresource");
        assertThat(run.on(notified(200)).subscription).isEmpty();
        assertThat(run.told(SipEvent.SubscriptionEnded.class)).isEmpty();
    }

    @Test
    void whoDoesNotKeepUpIsGivenUp() {
        var run = running();
        for (int i = 0; i < 80; i++) {
            run.on(new Notify(state("" + i)));
        }
        assertThat(run.told(SipEvent.SubscriptionEnded.class)).hasSize(1);
        assertThat(run.on(notified(200)).notices()).containsExactly("0", "/giveup");
    }

    @Test
    void whatBecomesOfAReferIsToldUntilTheLastWord_RFC3515_2_4_5() {
        var run = new Run(asked(Kind.REFER, SubscriptionTimes.REFER, false))
                .on(new SubscriptionEvent.Accept(SubscriptionTimes.REFER, ""));
        assertThat(run.did.getFirst())
                .isInstanceOfSatisfying(
                        SubscriptionOrder.Grant.class,
                        grant -> assertThat(grant.status()).isEqualTo(202));
        run.on(new End("noresource", Optional.of(state("SIP/2.0 200 OK"))))
                .on(notified(200))
                .on(notified(200));
        assertThat(run.notices()).containsExactly("SIP/2.0 100 Trying", "SIP/2.0 200 OK/noresource");
        assertThat(run.subscription).isEmpty();
    }

    @Test
    void aReferThatWantsNoSubscriptionGetsNone_RFC4488_4() {
        var run = new Run(asked(Kind.REFER, SubscriptionTimes.REFER, true))
                .on(new SubscriptionEvent.Accept(SubscriptionTimes.REFER, ""));
        assertThat(run.subscription).isEmpty();
        assertThat(run.did).singleElement().isInstanceOfSatisfying(SubscriptionOrder.Answer.class, answer -> {
            assertThat(answer.response().status()).isEqualTo(200);
            assertThat(answer.response().headers()).containsEntry("Refer-Sub", "false");
        });
    }

    @Test
    void nobodyWaitsForADecisionForEver_andNeverGets408_RFC4320_4_2() {
        var run = new Run(asked()).atDeadline();
        assertThat(run.subscription).isEmpty();
        assertThat(run.did)
                .singleElement()
                .isInstanceOfSatisfying(
                        SubscriptionOrder.Answer.class,
                        answer -> assertThat(answer.response().status()).isEqualTo(504));
    }

    @ParameterizedTest
    @ValueSource(longs = {6665, 4575})
    void whateverHappens_thereIsOneNoticeOutAtMost_andItsEndComes(long seed) {
        var random = new Random(seed);
        var events = List.copyOf(SubscriptionScenes.events().values());
        for (int round = 0; round < 300; round++) {
            var run = running();
            long cseq = 1;
            for (int step = 0; step < 40 && run.subscription.isPresent(); step++) {
                SubscriptionEvent event = events.get(random.nextInt(events.size()));
                run.on(event instanceof SubscriptionEvent.Requested r ? requested(++cseq, r.expires()) : event);
                run.subscription.ifPresent(
                        left -> assertThat(left.state().deadline()).isAfter(run.now));
            }
            for (int i = 0; i < 5 && run.subscription.isPresent(); i++) {
                run.atDeadline();
            }
            assertThat(run.subscription).as("seed %d round %d", seed, round).isEmpty();
        }
    }
}
