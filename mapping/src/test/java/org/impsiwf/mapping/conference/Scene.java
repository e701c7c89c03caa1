package org.impsiwf.mapping.conference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.ConferenceState;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.SubscriptionId;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.store.codec.JsonRecordCodec;

/** One focus, told one event after the other; every state is written and read back, as for another node. */
final class Scene {

    static final Address.Group ROOM = new Address.Group("", "room", "imps.example.com");
    static final MailboxKey KEY = ConferenceKeys.focus(ROOM);
    static final ServiceId HOST = new ServiceId("wv:@imps.example.com");
    static final GroupId GROUP = new GroupId("wv:/room@imps.example.com");

    private static final JsonRecordCodec<State> CODEC = new JsonRecordCodec<>(State.class);

    Optional<Focus> focus = Optional.empty();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    List<Command> orders = List.of();
    Policy policy = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
    private final boolean moving;
    private int lastId;

    Scene() {
        this(true);
    }

    /** @param moving whether each state is written and read back */
    Scene(boolean moving) {
        this.moving = moving;
    }

    Scene on(Event event) {
        var outcome = FocusRules.decide(KEY, focus, event, moment());
        focus = moving ? outcome.next().map(Scene::handedOver) : outcome.next();
        orders = outcome.commands();
        for (SipCommand.Notify notify : orders(SipCommand.Notify.class)) {
            subscribers
                    .computeIfAbsent(notify.subscription().value(), id -> new Subscriber())
                    .take(notify.state());
        }
        for (SipCommand.EndSubscription end : orders(SipCommand.EndSubscription.class)) {
            subscribers.remove(end.subscription().value());
        }
        return this;
    }

    private static Focus handedOver(Focus focus) {
        byte[] saved = CODEC.encode(new State.OfFocus(focus));
        State.OfFocus loaded = (State.OfFocus) CODEC.decode(saved);
        if (!loaded.focus().equals(focus) || !Arrays.equals(CODEC.encode(loaded), saved)) {
            throw new AssertionError("a state that changes when it is saved: " + focus);
        }
        return loaded.focus();
    }

    Moment moment() {
        return new Moment(
                now,
                () -> "id" + ++lastId,
                new Domains() {
                    @Override
                    public Optional<Peer> serving(String domain) {
                        return Optional.of(Peer.plain(HOST, true));
                    }

                    @Override
                    public Optional<Peer> forTelephoneNumbers() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Peer> named(ServiceId id) {
                        return Optional.of(Peer.plain(HOST, true));
                    }
                },
                policy);
    }

    /** Lets time pass; deadlines fire when they are due. */
    Scene later(Duration duration) {
        Instant target = now.plus(duration);
        List<Command> all = new ArrayList<>();
        for (int fired = 0; fired < 1000; fired++) {
            Optional<Instant> due = focus.flatMap(Focus::deadline).filter(at -> !at.isAfter(target));
            if (due.isEmpty()) {
                now = target;
                orders = List.copyOf(all);
                return this;
            }
            now = due.get().isAfter(now) ? due.get() : now;
            on(new Event.DeadlineReached());
            all.addAll(orders);
        }
        throw new AssertionError("a deadline that does not end: " + focus);
    }

    static String user(String name) {
        return name + "@ims.example.com";
    }

    static MailboxKey participation(String name) {
        return ConferenceKeys.participation(ROOM, new Address.User(name, "ims.example.com"));
    }

    Scene entering(String name) {
        return on(new Event.Entering(participation(name).text(), user(name), HOST));
    }

    Scene entered(String name, String screenName, String... present) {
        return on(new Event.Entered(
                participation(name).text(), user(name), HOST, screenName, List.of(present), Optional.empty()));
    }

    Scene left(String name) {
        return on(new Event.Left(participation(name).text()));
    }

    Scene asked(String name, Integer outcome) {
        return on(new Event.Asked(
                "sip:" + name + "@ims.example.com",
                Optional.of(name.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(outcome)));
    }

    Scene taken(String name, String distribution, int code) {
        return on(new Event.MessageTaken(participation(name).text(), distribution, code));
    }

    Scene subscribe(String name, String id) {
        return subscribe(name, id, Duration.ofHours(2));
    }

    Scene subscribe(String name, String id, Duration expires) {
        NameAddr from = NameAddr.of(new SipUri("sip:" + user(name)));
        SipUri room = new SipUri(ROOM.sipUri());
        return on(new Event.Sip(new SipEvent.SubscribeReceived(
                new SubscriptionId(id),
                Optional.empty(),
                new RequestHead(
                        room,
                        from,
                        NameAddr.of(room),
                        "call",
                        new Originator(from, false, Optional.empty(), "192.0.2.1:5060"),
                        List.of(),
                        Map.of()),
                expires)));
    }

    Scene refresh(String id) {
        return on(new Event.Sip(new SipEvent.SubscriptionRefreshed(new SubscriptionId(id), KEY.text())));
    }

    Scene subscriptionEnded(String id) {
        subscribers.remove(id);
        return on(new Event.Sip(new SipEvent.SubscriptionEnded(new SubscriptionId(id), KEY.text(), "expired")));
    }

    Scene received(Primitive request) {
        return on(new Event.Ssp(new SspEvent.RequestReceived(HOST, new TransactionRef(HOST, "t1"), request)));
    }

    Scene joined(String told, String... names) {
        return received(notice(List.of(told), List.of(names), List.of()));
    }

    Scene gone(String told, String... names) {
        return received(notice(List.of(told), List.of(), List.of(names)));
    }

    static GroupChangeNotice notice(List<String> told, List<String> joined, List<String> left) {
        return notice(told, joined, left, Optional.empty(), Optional.empty());
    }

    static GroupChangeNotice properties(String told, String name, String value) {
        return notice(
                List.of(told),
                List.of(),
                List.of(),
                Optional.of(new GroupProperties(List.of(new Property(name, value)), Optional.empty())),
                Optional.empty());
    }

    static GroupChangeNotice level(String told, String level) {
        return notice(
                List.of(told),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new OwnProperties(List.of(new Property("PrivilegeLevel", level)))));
    }

    private static GroupChangeNotice notice(
            List<String> told,
            List<String> joined,
            List<String> left,
            Optional<GroupProperties> properties,
            Optional<OwnProperties> own) {
        return new GroupChangeNotice(
                MetaInformation.ofServer(HOST),
                told.stream().map(name -> User.of("wv:" + user(name))).toList(),
                GROUP,
                joined,
                left,
                List.of(),
                List.of(),
                properties,
                own);
    }

    static LeaveGroupIndication putOut(String reason, String... names) {
        return new LeaveGroupIndication(
                Optional.of(MetaInformation.ofServer(HOST)),
                Optional.empty(),
                Stream.of(names).map(name -> User.of("wv:" + user(name))).toList(),
                reason,
                Optional.of(GROUP));
    }

    /** Bob, a member elsewhere, says something to all. */
    static SendMessageRequest said(String messageId, String text, Addressee... recipients) {
        return message(
                messageId,
                text,
                new MessageInfo.Sender(GROUP, Optional.of(ScreenName.in(GROUP, "Bob"))),
                List.of(recipients));
    }

    /** Bob says something to these alone. */
    static SendMessageRequest whispered(String messageId, String text, Addressee... recipients) {
        return message(messageId, text, MessageInfo.Sender.of(ScreenName.in(GROUP, "Bob")), List.of(recipients));
    }

    private static SendMessageRequest message(
            String messageId, String text, MessageInfo.Sender sender, List<Addressee> recipients) {
        MessageInfo info = new MessageInfo(
                messageId.isEmpty() ? Optional.empty() : Optional.of(new MessageId(messageId)),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                recipients.stream().map(MessageInfo.Recipient::new).toList(),
                Optional.of(sender),
                Optional.empty());
        return new SendMessageRequest(
                MetaInformation.ofUser(HOST, new UserId("wv:bob@imps.example.com")),
                false,
                info,
                Optional.of(Content.text(text)));
    }

    static Addressee to(String name) {
        return User.of("wv:" + user(name));
    }

    <T> List<T> orders(Class<T> type) {
        return orders.stream()
                .flatMap(order -> Stream.of(
                        order,
                        order instanceof Command.Sip(var sip) ? sip : order,
                        order instanceof Command.Ssp(var ssp) ? ssp : order))
                .distinct()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    Status answer() {
        List<SspCommand.Answer> answers = orders(SspCommand.Answer.class);
        if (answers.size() != 1) {
            throw new AssertionError("one answer is expected: " + orders);
        }
        return answers.getFirst().response() instanceof SendMessageResponse r
                ? r.statusInfo()
                : (Status) answers.getFirst().response();
    }

    /** What participations are told, by user. */
    Map<String, Event> told() {
        Map<String, Event> told = new LinkedHashMap<>();
        orders(Command.Tell.class)
                .forEach(tell -> told.put(tell.to().id().substring(KEY.id().length() + 1), tell.event()));
        return told;
    }

    List<Noted> notes() {
        return orders(Command.Note.class).stream().map(Command.Note::what).toList();
    }

    /** A subscriber as RFC 4575 §4.6 describes it. */
    static final class Subscriber {
        long version;
        String subject = "";
        long count;
        final Map<String, ConferenceState.Participant> users = new LinkedHashMap<>();
        final List<ConferenceState> taken = new ArrayList<>();

        void take(ConferenceState state) {
            boolean first = taken.isEmpty();
            if (first && !state.full()) {
                throw new AssertionError("the first state is a partial one");
            }
            if (state.version() != version + 1) {
                throw new AssertionError("version " + state.version() + " after " + version);
            }
            version = state.version();
            taken.add(state);
            count = state.userCount().orElseThrow();
            if (state.full()) {
                users.clear();
                subject = "";
            }
            state.subject().ifPresent(text -> subject = text);
            for (ConferenceState.Participant user : state.users()) {
                if (user.deleted()) {
                    if (state.full()) {
                        throw new AssertionError("a full state says who is deleted");
                    }
                    users.remove(user.entity().value());
                } else {
                    users.put(user.entity().value(), user);
                }
            }
        }

        ConferenceState last() {
            return taken.getLast();
        }

        /** {@code Bob}, {@code Tom(DIALING_OUT)}: display text and presence. */
        List<String> shown() {
            return users.values().stream()
                    .map(user -> user.displayText().orElse("?")
                            + (user.presence() == ConferenceState.Presence.CONNECTED
                                    ? ""
                                    : "(" + user.presence() + ")"))
                    .sorted()
                    .toList();
        }
    }
}
