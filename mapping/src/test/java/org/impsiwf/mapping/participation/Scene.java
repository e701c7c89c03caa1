package org.impsiwf.mapping.participation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.WrappedMessage;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;

/** Alice in the room of an IMPS domain: events in, orders out, one after the other. */
final class Scene {

    static final ServiceId HOST = new ServiceId("wv:@imps.example.com");
    static final Address.Group ROOM = new Address.Group("", "room", "imps.example.com");
    static final MailboxKey KEY = ConferenceKeys.participation(ROOM, new Address.User("alice", "ims.example.com"));
    /** A room of our own Group Service element. */
    static final Address.Group OURS = new Address.Group("", "room", "iwf.example.com");

    static final MailboxKey FOCUS = ConferenceKeys.focus(ROOM);
    static final InviteUsageId USAGE = new InviteUsageId("usage");
    static final MsrpEvent.LocalEndpoint LOCAL =
            new MsrpEvent.LocalEndpoint("msrp://iwf/1;tcp", "iwf", 2855, false, Optional.empty());
    private static final Policy PLAIN = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    static final Policy POLICY = PLAIN.with(PLAIN.conferences().withMaxRelayedSize(64L << 20));

    static final Domains DOMAINS = new Domains() {
        @Override
        public Optional<Peer> serving(String domain) {
            return domain.equals("imps.example.com") ? Optional.of(Peer.plain(HOST, true)) : Optional.empty();
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return serving(id.domain());
        }
    };

    private Optional<Participation> state = Optional.empty();
    private Policy policy = POLICY;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int lastId;
    private final List<Command> orders = new ArrayList<>();

    private final Address.Group room;
    private final MailboxKey key;

    Scene() {
        this(ROOM);
    }

    private Scene(Address.Group room) {
        this.room = room;
        this.key = ConferenceKeys.participation(room, new Address.User("alice", "ims.example.com"));
    }

    /** Alice in the room, her session open, nothing on its way. */
    static Scene open() {
        return openOn(POLICY);
    }

    static Scene openOn(Policy policy) {
        Scene scene = new Scene();
        scene.policy = policy;
        return scene.entered();
    }

    /** The same in a room of ours. */
    static Scene openInOurs() {
        return new Scene(OURS).entered();
    }

    private Scene entered() {
        Scene scene = this;
        scene.on(new Event.Sip(inviteReceived(media("text/plain"), room.sipUri())));
        scene.prepared();
        scene.answered(JoinGroupRequest.class, joined());
        scene.connected();
        scene.takeOrders();
        return scene;
    }

    static JoinGroupResponse joined() {
        return new JoinGroupResponse(Status.of(200), List.of("alice", "Bob"), Optional.empty(), Optional.empty());
    }

    static Event invite(MessageMedia offer) {
        return new Event.Sip(inviteReceived(offer, ROOM.sipUri()));
    }

    static SipEvent.InviteReceived inviteReceived(MessageMedia offer, String target) {
        return new SipEvent.InviteReceived(USAGE, head(target), Optional.of(offer), List.of());
    }

    static RequestHead head(String target) {
        NameAddr alice = NameAddr.of(new SipUri("sip:alice@ims.example.com"));
        return new RequestHead(
                new SipUri(target),
                alice,
                NameAddr.of(new SipUri(target)),
                "call",
                new Originator(alice, false, Optional.empty(), "192.0.2.1:5060"),
                List.of(),
                Map.of());
    }

    static MessageMedia media(String... wrapped) {
        return new MessageMedia(
                        false,
                        "192.0.2.1",
                        2855,
                        List.of("msrp://192.0.2.1:2855/a;tcp"),
                        List.of("message/cpim"),
                        List.of(wrapped),
                        OptionalLong.empty(),
                        MessageMedia.Setup.ACTIVE,
                        MessageMedia.Direction.SENDRECV,
                        Optional.empty(),
                        false)
                .in(new MessageMedia.Chatroom(true, true));
    }

    static Event.MessageSaid said(String distribution, String messageId, String text) {
        InstantMessage message = new InstantMessage(
                messageId,
                ROOM.sipUri() + ";screen-name=Bob",
                ROOM.sipUri(),
                Optional.of("Bob"),
                "text/plain",
                text.getBytes(StandardCharsets.UTF_8),
                false);
        return said(distribution, message);
    }

    static Event.MessageSaid said(String distribution, InstantMessage message) {
        return new Event.MessageSaid(
                FOCUS.text(),
                distribution,
                WrappedMessage.of(message, distribution, Instant.EPOCH),
                Optional.of("Bob"));
    }

    void on(Event event) {
        var outcome = ParticipationRules.decide(key, state, event, new Moment(now, this::nextId, DOMAINS, policy));
        state = outcome.next();
        orders.addAll(outcome.commands());
    }

    private String nextId() {
        lastId++;
        return "id" + lastId;
    }

    void prepared() {
        on(new Event.Msrp(new MsrpEvent.SessionPrepared(session(), LOCAL)));
    }

    void connected() {
        on(new Event.Msrp(new MsrpEvent.SessionConnected(session())));
    }

    MsrpSessionId session() {
        return state.orElseThrow().leg().session().orElseThrow();
    }

    InviteUsageId usage() {
        return state.orElseThrow().leg().usage().orElseThrow();
    }

    void asks(Primitive request) {
        on(new Event.Ssp(new SspEvent.RequestReceived(HOST, new TransactionRef(HOST, "t1"), request)));
    }

    /** The host answers the last request of that kind. */
    void answered(Class<? extends Primitive> request, Primitive response) {
        on(new Event.Ssp(new SspEvent.ResponseReceived(HOST, asked(request), response)));
    }

    private SspRequestId asked(Class<? extends Primitive> kind) {
        return sent(SspCommand.SendRequest.class).stream()
                .filter(order -> kind.isInstance(order.primitive()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " in " + orders))
                .request();
    }

    void afterwards(Duration wait) {
        now = now.plus(wait);
        on(new Event.DeadlineReached());
    }

    Optional<Participation> state() {
        return state;
    }

    /** Another node goes on with what is shared of it. */
    void takenOver() {
        state = state.map(Participation::toShare);
        on(new Event.TakenOver());
    }

    /** Orders since the last call of {@link #takeOrders}, of one kind. */
    <T> List<T> sent(Class<T> kind) {
        return orders.stream()
                .map(Scene::inner)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What other mailboxes were told, of one kind. */
    <T extends Event> List<T> told(MailboxKey to, Class<T> kind) {
        return sent(Command.Tell.class).stream()
                .filter(tell -> tell.to().equals(to))
                .map(Command.Tell::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    List<MsrpCommand.SendMessage> messages() {
        return sent(MsrpCommand.SendMessage.class);
    }

    List<SipCommand> sip() {
        return sent(SipCommand.class);
    }

    void takeOrders() {
        orders.clear();
    }

    private static Object inner(Command command) {
        return switch (command) {
            case Command.Sip(var order) -> order;
            case Command.Msrp(var order) -> order;
            case Command.Ssp(var order) -> order;
            default -> command;
        };
    }
}
