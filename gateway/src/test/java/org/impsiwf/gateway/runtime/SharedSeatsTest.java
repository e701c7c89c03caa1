package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** Who decides, what is written, and what another node goes on with: two nodes, no threads, no sockets. */
class SharedSeatsTest {

    private static final ServiceId PEER = new ServiceId("wv:@imps.example.com");
    private static final MailboxKey KEY =
            new MailboxKey(MailboxKey.Kind.CONVERSATION, "alice@ims.example.com|bob@imps.example.com");

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final PlayedCluster cluster = new PlayedCluster(time);
    private final Desk a = new Desk("a");
    private final Desk b = new Desk("b");
    private int lastId;

    /** One node: its seats, and what it was ordered to do. */
    private final class Desk implements InterworkingRuntime.Observer {
        final PlayedCluster.Node node;
        final SharedSeats seats;
        final Mailboxes<MailboxKey, Event> mailboxes;
        final List<Command> orders = new ArrayList<>();
        final List<String> takenFrom = new ArrayList<>();
        int left;

        Desk(String name) {
            node = cluster.node(name);
            Interworking interworking = new Interworking(
                    Policy.of("wv:@iwf.example.com", List.of("ims.example.com")).withCarriage(Policy.Carriage.PAGER),
                    new OnePeer(),
                    () -> "id" + ++lastId);
            seats = new SharedSeats(interworking, node, LocalStores.inHeap(time), time, this, this::post, orders::add);
            mailboxes = new Mailboxes<>(Runnable::run, true, key -> false, seats::handle);
            seats.open();
        }

        void post(MailboxKey key, Event event) {
            mailboxes.post(key, event);
        }

        List<SipCommand.SendMessage> messages() {
            return orders.stream()
                    .filter(order -> order instanceof Command.Sip(SipCommand.SendMessage message))
                    .map(order -> (SipCommand.SendMessage) ((Command.Sip) order).command())
                    .toList();
        }

        List<Integer> answers() {
            return orders.stream()
                    .filter(order -> order instanceof Command.Ssp(SspCommand.Answer answer))
                    .map(order ->
                            (SendMessageResponse) ((SspCommand.Answer) ((Command.Ssp) order).command()).response())
                    .map(response -> response.statusInfo().statusCode())
                    .toList();
        }

        void takesHis(String id) {
            post(KEY, asked(id));
        }

        void hasHerAnswer(RequestId request) {
            post(KEY, new Event.Sip(new SipEvent.MessageAnswered(request, SipEvent.FinalResponse.of(200, "OK"))));
        }

        @Override
        public void routed(Event event, MailboxKey key) {}

        @Override
        public void lost(Event event) {}

        @Override
        public void handedOver(Event event) {}

        @Override
        public void takenOver(MailboxKey key, String from) {
            takenFrom.add(from);
        }

        @Override
        public void left(MailboxKey key) {
            left++;
        }

        @Override
        public void decided(MailboxKey key, Event event, Optional<State> next) {}

        @Override
        public void ordered(Command command) {}
    }

    private static final class OnePeer implements Domains {
        @Override
        public Optional<Peer> serving(String domain) {
            return Optional.of(Peer.plain(PEER, true));
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return Optional.of(Peer.plain(PEER, true));
        }
    }

    /** A message of Bob's for Alice. */
    private static Event asked(String id) {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId(id + "@imps.example.com")),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(User.of("wv:alice@ims.example.com"))),
                Optional.of(MessageInfo.Sender.of(User.of("wv:bob@imps.example.com"))),
                Optional.empty());
        return new Event.Ssp(new SspEvent.RequestReceived(
                PEER,
                new TransactionRef(PEER, "t" + id),
                new SendMessageRequest(
                        MetaInformation.ofUser(PEER, new UserId("wv:bob@imps.example.com")),
                        false,
                        info,
                        Optional.of(Content.text("hello " + id)))));
    }

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
        b.seats.answered(new TransactionRef(PEER, "t1"));
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
        assertThat(a.left).isEqualTo(1);
        assertThat(a.seats.keys()).isEmpty();
    }

    @Test
    void aNodeThatWakesUpLateGivesUpWhatItLostBeforeAnythingHappensToIt() {
        a.takesHis("0");
        cluster.dies("a");
        b.takesHis("1");
        int decidedByB = b.orders.size();
        a.node.lapses();
        a.post(KEY, new Event.DeadlineReached());
        assertThat(a.seats.keys()).isEmpty();
        assertThat(b.orders).hasSize(decidedByB);
    }

    @Test
    void aLapseInWhichNobodyTookItsMailboxesCostsANodeNothing() {
        a.takesHis("0");
        a.node.lapses();
        a.hasHerAnswer(a.messages().getFirst().request());
        assertThat(a.answers()).containsExactly(200);
        assertThat(a.left).isZero();
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
        a.post(KEY, new Event.Draining());
        assertThat(a.seats.keys()).as("something is under way").containsExactly(KEY);

        a.hasHerAnswer(a.messages().getFirst().request());
        a.post(KEY, new Event.Draining());
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
