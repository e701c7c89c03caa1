package org.impsiwf.store.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.impsiwf.store.hazelcast.Lease.Moment;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Duration LENGTH = Duration.ofSeconds(3);
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final List<String> THREE = List.of("old", "me", "young");

    private final Lease lease = new Lease("me", LENGTH, SETTLING, 1);

    private static Moment at(double seconds) {
        return new Moment((long) (seconds * 1e9), (long) (seconds * 1e3));
    }

    private boolean isInTouch(double seconds) {
        return lease.touch(at(seconds)).isPresent();
    }

    private long touch(double seconds) {
        return lease.touch(at(seconds)).orElseThrow();
    }

    private void askedAndGranted(double seconds, String... by) {
        lease.tick(THREE, at(seconds));
        for (String other : by) {
            lease.granted(other, at(seconds), at(seconds));
        }
    }

    @Test
    void aloneTheNodeIsInTouchForAsLongAsItRuns() {
        lease.tick(List.of("me"), at(0));

        assertThat(isInTouch(2.9)).isTrue();
        assertThat(isInTouch(3)).isFalse();
    }

    @Test
    void leaseStartsWhenTheOthersWereAskedAndNotWhenTheyAnswered() {
        lease.tick(THREE, at(0));
        lease.granted("old", at(0), at(2));

        assertThat(isInTouch(2.9)).isTrue();
        assertThat(isInTouch(3)).isFalse();
    }

    @Test
    void answerThatTookLongerThanTheLeaseGrantsNothing() {
        lease.tick(THREE, at(0));
        lease.granted("old", at(0), at(4));

        assertThat(isInTouch(4)).isFalse();
    }

    @Test
    void withoutAWordOfTheOldestMemberThereIsNoLease() {
        askedAndGranted(0, "young");

        assertThat(isInTouch(0)).isFalse();
    }

    @Test
    void withoutMoreThanHalfOfTheMembersThereIsNoLease() {
        lease.tick(List.of("old", "me", "young", "youngest"), at(0));
        lease.granted("old", at(0), at(0));
        assertThat(isInTouch(0)).isFalse();

        lease.granted("youngest", at(0), at(0));
        assertThat(isInTouch(0)).isTrue();
    }

    @Test
    void withFewerMembersThanTheMinimumThereIsNoLease() {
        var strict = new Lease("me", LENGTH, SETTLING, 2);

        strict.tick(List.of("me"), at(0));

        assertThat(strict.touch(at(0))).isEmpty();
        assertThat(strict.isMinority()).isTrue();
    }

    @Test
    void renewedInTimeItIsTheSameTouch() {
        askedAndGranted(0, "old");
        long first = touch(0);
        askedAndGranted(2, "old");

        assertThat(touch(4)).isEqualTo(first);
    }

    @Test
    void lapseShowsInTheNumberAlsoWhenNobodyLookedMeanwhile() {
        askedAndGranted(0, "old");
        long first = touch(0);
        askedAndGranted(2.5, "young");
        askedAndGranted(4, "old");

        assertThat(touch(4)).isNotEqualTo(first);
    }

    @Test
    void stoppedNodeThatSeesItselfAloneWaitsForTheOtherHalf() {
        askedAndGranted(0, "old");
        lease.tick(List.of("me"), at(20)); // the others have expelled it, and closed the connections

        assertThat(isInTouch(20)).isFalse();
        lease.tick(List.of("me"), at(27));
        assertThat(isInTouch(27)).isFalse();

        // They have found each other.
        askedAndGranted(28, "old");
        assertThat(isInTouch(28)).isTrue();
    }

    @Test
    void stoppedNodeThatIsAloneIndeedGoesOnAfterAWhile() {
        askedAndGranted(0, "old");
        lease.tick(List.of("me"), at(20));
        for (int second = 21; second < 35; second++) {
            lease.tick(List.of("me"), at(second));
            assertThat(isInTouch(second)).as("at %s s", second).isFalse();
        }

        lease.tick(List.of("me"), at(35));

        assertThat(isInTouch(35)).isTrue();
    }

    @Test
    void stoppedNodeBelievesWhatWasSaidAfterItWokeOnly() {
        askedAndGranted(0, "old");
        lease.tick(List.of("old", "me"), at(20));
        lease.granted("old", at(0.5), at(20)); // an answer that lay in the socket
        assertThat(isInTouch(20)).isFalse();

        lease.granted("old", at(20), at(20.1));
        assertThat(isInTouch(20.1)).isTrue();
    }

    @Test
    void nodeWhosePartnerDiesGoesOnAtOnce() {
        lease.tick(List.of("me", "young"), at(0));
        lease.granted("young", at(0), at(0));
        for (double second = 0.5; second < 5; second += 0.5) {
            lease.tick(List.of("me", "young"), at(second));
        }
        assertThat(isInTouch(4.5)).isFalse();

        lease.tick(List.of("me"), at(5));

        assertThat(isInTouch(5)).isTrue();
    }

    @Test
    void machineThatWasSuspendedIsNoticedByTheOtherClock() {
        askedAndGranted(0, "old");

        assertThat(lease.touch(new Moment(1_000_000_000L, 600_000))).isEmpty();
    }

    @Test
    void wordOfAMemberThatIsNotInSightIsWorthNothing() {
        lease.tick(List.of("old", "me"), at(0));
        lease.granted("stranger", at(0), at(0));

        assertThat(isInTouch(0)).isFalse();
    }

    @Test
    void afterAMergeOfTwoHalvesItIsAnotherTouch() {
        askedAndGranted(0, "old");
        long before = touch(0);

        lease.lapse();
        assertThat(isInTouch(0)).isFalse();
        askedAndGranted(0.5, "old");

        assertThat(touch(0.5)).isNotEqualTo(before);
    }

    @Test
    void nodeThatGivesItsHalfUpIsNotInTouchWhoeverItSees() {
        lease.tick(List.of("me"), at(0));
        lease.suspend();

        lease.tick(List.of("me"), at(0.5));
        assertThat(isInTouch(0.5)).isFalse();
        askedAndGranted(1, "old");
        assertThat(isInTouch(1)).isFalse();

        lease.resume();
        assertThat(isInTouch(1)).isFalse();
        askedAndGranted(1.5, "old");
        assertThat(isInTouch(1.5)).isTrue();
    }
}
