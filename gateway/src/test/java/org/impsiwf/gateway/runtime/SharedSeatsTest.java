package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** Who decides, what is written, and what another node goes on with: two nodes, no sockets. */
class SharedSeatsTest {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final PlayedCluster cluster = new PlayedCluster(time);
    private final SeatDesk a = new SeatDesk(cluster, time, "a", Policy.Carriage.PAGER);
    private final SeatDesk b = new SeatDesk(cluster, time, "b", Policy.Carriage.PAGER);

    private static String text(SipCommand.SendMessage message) {
        return new String(message.body().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void anEventAtAnotherNodeIsDecidedByTheNodeOfTheSeat() {
        a.takesHis("1");
        b.hasHerAnswer(a.messages().getFirst().request());
        assertThat(a.answers()).containsExactly(200);
        assertThat(b.orders).isEmpty();
    }

    @Test
    void eventsThatAreHandedOverKeepTheirOrder() {
        a.takesHis("0");
        a.hasHerAnswer(a.messages().getFirst().request());
        b.takesHis("1");
        a.hasHerAnswer(a.messages().getLast().request());
        b.takesHis("2");
        a.hasHerAnswer(a.messages().getLast().request());
        assertThat(a.messages()).extracting(SharedSeatsTest::text).containsExactly("hello 0", "hello 1", "hello 2");
    }

    @Test
    void messagesOfOneTalkWriteNothingThatATakeOverDoesNotNeed() {
        a.takesHis("0");
        a.hasHerAnswer(a.messages().getLast().request());
        int before = cluster.saves();
        for (int i = 1; i <= 20; i++) {
            a.takesHis("" + i);
            a.hasHerAnswer(a.messages().getLast().request());
        }
        assertThat(a.answers()).hasSize(21).containsOnly(200);
        assertThat(cluster.saves()).isEqualTo(before);
    }

    @Test
    void aRequestThatADeadNodeHadInHandIsDecidedAgainAndItsSenderAnswered() {
        a.takesHis("0");
        a.hasHerAnswer(a.messages().getLast().request());
        b.takesHis("1");
        assertThat(a.messages()).hasSize(2);
        cluster.dies("a");
        assertThat(b.takenFrom).containsExactly("a");
        assertThat(b.messages()).extracting(SharedSeatsTest::text).containsExactly("hello 1");
        b.hasHerAnswer(b.messages().getFirst().request());
        assertThat(b.answers()).containsExactly(200);
    }

    @Test
    void aRequestThatWasAnsweredIsNotDecidedAgain() {
        a.takesHis("0");
        b.takesHis("1");
        a.messages().forEach(message -> a.hasHerAnswer(message.request()));
        b.seats.answered(new TransactionRef(SeatDesk.PEER, "t1"));
        cluster.dies("a");
        assertThat(b.orders).isEmpty();
    }

    @Test
    void aNodeThatWakesUpLateLooksBeforeItActs() {
        a.takesHis("0");
        RequestId hers = a.messages().getFirst().request();
        cluster.dies("a"); // as the others see it
        b.takesHis("1");
        assertThat(b.takenFrom).containsExactly("a");
        a.orders.clear();

        a.node.lapses();
        a.hasHerAnswer(hers);
        assertThat(a.orders).isEmpty();
        assertThat(a.left).hasValue(1);
        assertThat(a.seats.keys()).isEmpty();
    }

    @Test
    void aNodeThatWakesUpLateGivesUpWhatItLostBeforeAnythingHappensToIt() {
        a.takesHis("0");
        cluster.dies("a");
        b.takesHis("1");
        int decidedByB = b.orders.size();
        a.node.lapses();
        a.post(SeatDesk.KEY, new Event.DeadlineReached());
        assertThat(a.seats.keys()).isEmpty();
        assertThat(b.orders).hasSize(decidedByB);
    }

    @Test
    void aLapseInWhichNobodyTookItsMailboxesCostsANodeNothing() {
        a.takesHis("0");
        a.node.lapses();
        a.hasHerAnswer(a.messages().getFirst().request());
        assertThat(a.answers()).containsExactly(200);
        assertThat(a.left).hasValue(0);
    }

    @Test
    void aNodeThatIsAloneRefusesWith503() {
        a.node.isAlone();
        a.takesHis("0");
        assertThat(a.messages()).isEmpty();
        assertThat(a.answers()).containsExactly(503);
    }

    @Test
    void aNodeThatStopsGivesItsMailboxesToAnother() {
        a.takesHis("0");
        assertThat(a.seats.leave()).isTrue();
        a.post(SeatDesk.KEY, new Event.Draining());
        assertThat(a.seats.keys()).as("something is under way").containsExactly(SeatDesk.KEY);

        a.hasHerAnswer(a.messages().getFirst().request());
        a.post(SeatDesk.KEY, new Event.Draining());
        assertThat(a.seats.keys()).isEmpty();
        b.takesHis("0");
        assertThat(b.messages()).as("it knows what was taken").isEmpty();
        assertThat(b.answers()).containsExactly(200);

        a.takesHis("2");
        assertThat(b.messages()).extracting(SharedSeatsTest::text).containsExactly("hello 2");
    }

    @Test
    void aNodeThatStopsTakesNothingNew() {
        assertThat(a.seats.leave()).isTrue();
        a.takesHis("0");
        assertThat(a.messages()).isEmpty();
        assertThat(b.messages()).hasSize(1);
        assertThat(b.seats.leave()).as("nobody is left who takes anything").isFalse();
    }
}
