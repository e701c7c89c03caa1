package org.impsiwf.gateway.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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

/** One node of a played cluster: its seats, and what it was ordered to do. */
final class SeatDesk implements InterworkingRuntime.Observer {

    static final ServiceId PEER = new ServiceId("wv:@imps.example.com");
    static final MailboxKey KEY =
            new MailboxKey(MailboxKey.Kind.CONVERSATION, "alice@ims.example.com|bob@imps.example.com");

    final PlayedCluster.Node node;
    final SharedSeats seats;
    final Mailboxes<MailboxKey, Event> mailboxes;
    final List<Command> orders = new CopyOnWriteArrayList<>();
    final List<String> takenFrom = new CopyOnWriteArrayList<>();
    final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger lastId = new AtomicInteger();

    SeatDesk(PlayedCluster cluster, VirtualTime time, String name, Policy.Carriage carriage) {
        node = cluster.node(name);
        Interworking interworking = new Interworking(
                Policy.of("wv:@iwf.example.com", List.of("ims.example.com")).withCarriage(carriage),
                new OnePeer(),
                () -> name + lastId.incrementAndGet());
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

    /** The INVITEs that it was ordered to send. */
    List<SipCommand.SendInvite> invites() {
        return orders.stream()
                .filter(order -> order instanceof Command.Sip(SipCommand.SendInvite invite))
                .map(order -> (SipCommand.SendInvite) ((Command.Sip) order).command())
                .toList();
    }

    List<Integer> answers() {
        return orders.stream()
                .filter(order -> order instanceof Command.Ssp(SspCommand.Answer answer))
                .map(order -> (SendMessageResponse) ((SspCommand.Answer) ((Command.Ssp) order).command()).response())
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
        left.incrementAndGet();
    }

    @Override
    public void decided(MailboxKey key, Event event, Optional<State> next) {}

    @Override
    public void ordered(Command command) {}

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
}
