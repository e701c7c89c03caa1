package org.impsiwf.testkit.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.Decision;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.Route;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.store.codec.JsonRecordCodec;

/**
 * The mapping alone, its edges played by desks that turn commands into lines and lines into events. Time is virtual; a
 * timer fires on the caller's thread, in order. Not safe for several threads.
 */
public final class InMemoryWorld implements FlowWorld {

    private static final JsonRecordCodec<State> CODEC = new JsonRecordCodec<>(State.class);

    static final ServiceId PEER = new ServiceId("wv:@imps.example.com");

    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, Instant> expiries = new HashMap<>();
    private final Map<InviteUsageId, MailboxKey> correlations = new HashMap<>();
    private final Map<Command.Noted, Integer> notes = new EnumMap<>(Command.Noted.class);
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<FlowMessage> sent = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private final SipDesk sip = new SipDesk(this);
    private final MsrpDesk msrp = new MsrpDesk(this);
    private final SspDesk ssp = new SspDesk(this);
    private Policy policy = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    private Peer peer = Peer.plain(PEER, true);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int lastId;
    private int decisionsToDeath = -1;
    private Interworking interworking = interworking();

    private Interworking interworking() {
        return new Interworking(policy, new OnePeer(), this::newId);
    }

    private final class OnePeer implements Domains {
        @Override
        public Optional<Peer> serving(String domain) {
            return domain.equals(PEER.domain()) ? Optional.of(peer) : Optional.empty();
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.of(peer);
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return id.equals(PEER) ? Optional.of(peer) : Optional.empty();
        }
    }

    @Override
    public void given(String key, String value) {
        switch (key) {
            case "carriage" -> policy = policy.withCarriage(Policy.Carriage.valueOf(value));
            case "max-size" -> policy = policy.withMaxMessageSize(Long.parseLong(value));
            case "peer" -> peerIs(value.equals("up"));
            case "peer-accepts" -> peer = peer(peer.up(), List.of(value.split(",")), peer.invitesFirst());
            case "peer-invites-first" -> peer = peer(peer.up(), peer.acceptedContentTypes(), value.equals("yes"));
            case "peer-dialect" -> {
                peer = new Peer(PEER, peer.up(), List.of(), Optional.empty(), false, false);
                ssp.reportsInOriginalTransactions(value.equals("baraza"));
            }
            default -> throw new IllegalArgumentException("nothing can be given as " + key);
        }
        interworking = interworking();
    }

    /** Whether there is a session with the peer from now on. */
    void peerIs(boolean up) {
        peer = new Peer(
                PEER,
                up,
                peer.acceptedContentTypes(),
                peer.maxContentSize(),
                peer.invitesFirst(),
                peer.takesCancelInvite());
    }

    boolean peerIsUp() {
        return peer.up();
    }

    private static Peer peer(boolean up, List<String> types, boolean invitesFirst) {
        return new Peer(PEER, up, types, Optional.empty(), invitesFirst, true);
    }

    @Override
    public void inject(FlowMessage message) {
        if (message.from().startsWith("imps")) {
            ssp.inject(message);
        } else if (MsrpDesk.knows(message.name())) {
            msrp.inject(message);
        } else {
            sip.inject(message);
        }
        drain();
    }

    /** Whether a participant is in a position to send this now: a response needs its request, a BYE its dialog. */
    boolean canSend(FlowMessage message) {
        if (message.from().startsWith("imps")) {
            return ssp.canSend(message);
        }
        return MsrpDesk.knows(message.name()) ? msrp.canSend(message) : sip.canSend(message);
    }

    @Override
    public Optional<FlowMessage> next(FlowMessage expected) {
        Iterator<FlowMessage> waiting = sent.iterator();
        while (waiting.hasNext()) {
            FlowMessage message = waiting.next();
            if (message.to().equals(expected.to())) {
                waiting.remove();
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<FlowMessage> leftOver() {
        return sent.isEmpty() ? Optional.empty() : Optional.of(sent.getFirst());
    }

    /** Forgets what was sent; for runs that look at invariants only. */
    public List<FlowMessage> takeAll() {
        List<FlowMessage> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    @Override
    public void advance(Duration duration) {
        Instant target = now.plus(duration);
        for (Optional<String> due = earliest(target); due.isPresent(); due = earliest(target)) {
            String key = due.get();
            Instant deadline = states.get(key).deadline().orElseThrow();
            now = deadline.isAfter(now) ? deadline : now;
            decide(MailboxKey.parse(key).orElseThrow(), new Event.DeadlineReached());
            drain();
            boolean stuck = Optional.ofNullable(states.get(key))
                    .flatMap(State::deadline)
                    .filter(next -> !next.isAfter(now))
                    .isPresent();
            if (stuck) {
                throw new AssertionError("a deadline that does not end: " + states.get(key));
            }
        }
        now = target;
        expiries.entrySet().removeIf(entry -> {
            boolean over = !entry.getValue().isAfter(now);
            if (over) {
                states.remove(entry.getKey());
            }
            return over;
        });
    }

    private Optional<String> earliest(Instant target) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .deadline()
                        .filter(at -> !at.isAfter(target))
                        .isPresent())
                .min(Comparator.comparing(entry -> entry.getValue().deadline().orElseThrow()))
                .map(Map.Entry::getKey);
    }

    /** The gateway is told to stop: every conversation hears of it. */
    public void drainConversations() {
        List.copyOf(states.keySet()).forEach(key -> decide(MailboxKey.parse(key).orElseThrow(), new Event.Draining()));
        drain();
    }

    /** Lets everything run out, then checks that every message has its answer and nothing is left behind. */
    public void settle() {
        advance(Duration.ofHours(1));
        sip.hangUpAll();
        drain();
        advance(Duration.ofDays(4));
        ledger.close();
        if (!states.isEmpty()) {
            throw new AssertionError("left behind: " + states);
        }
        // What a dead owner was about to forget runs out by itself, as in the gateway's store.
        if (!correlations.isEmpty() && !ownerDied()) {
            throw new AssertionError("usages that nobody forgot: " + correlations.keySet());
        }
        msrp.refuseOpenSessions();
    }

    public int count(Command.Noted what) {
        return notes.getOrDefault(what, 0);
    }

    /** What is saved now, by mailbox; for tests that look inside. */
    public Map<String, State> states() {
        return Map.copyOf(states);
    }

    void post(Event event) {
        work.add(() -> {
            switch (interworking.route(event)) {
                case Route.To(MailboxKey key, Event routed) -> {
                    if (routed instanceof Event.Sip(SipEvent.InviteReceived invite)) {
                        // As the gateway does: a CANCEL that crosses our decision finds its conversation.
                        correlations.put(invite.usage(), key);
                    }
                    decide(key, routed);
                }
                case Route.ByUsage(InviteUsageId usage, Event routed) -> {
                    if (correlations.containsKey(usage)) {
                        decide(correlations.get(usage), routed);
                    }
                }
                case Route.Answered(List<Command> commands) -> commands.forEach(this::carryOut);
            }
        });
    }

    private void drain() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    /** The owner of all conversations dies once it has saved its n-th decision, before it carries that out. */
    void ownerDiesAfter(int decisions) {
        decisionsToDeath = decisions;
    }

    boolean ownerDied() {
        return decisionsToDeath == 0;
    }

    /**
     * Another owner begins with what is saved. What the dead one had in hand is gone: its orders, its connections, the
     * transactions of its edges. Those who wait for its answers ask again.
     */
    private void takenOver() {
        work.clear();
        interworking = interworking();
        ledger.ownerDied();
        msrp.ownerDied();
        sip.ownerDied();
        ssp.ownerDied();
    }

    private void decide(MailboxKey key, Event event) {
        Decision decision = interworking.decide(key, Optional.ofNullable(states.get(key.text())), event, now);
        decision.next()
                .ifPresentOrElse(
                        state -> {
                            states.put(key.text(), handedOver(state));
                            expiries.put(key.text(), now.plus(decision.timeToLive()));
                        },
                        () -> {
                            states.remove(key.text());
                            expiries.remove(key.text());
                        });
        if (decisionsToDeath > 0 && --decisionsToDeath == 0) {
            takenOver();
        } else {
            decision.commands().forEach(this::carryOut);
        }
    }

    /** Every saved state is written and read back: the next event is decided as by another node. */
    private static State handedOver(State state) {
        byte[] saved = CODEC.encode(state);
        State loaded = CODEC.decode(saved);
        if (!Arrays.equals(saved, CODEC.encode(loaded))) {
            throw new AssertionError("a state that changes when it is saved: " + state);
        }
        return loaded;
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Sip(var order) -> sip.execute(order);
            case Command.Msrp(var order) -> msrp.execute(order);
            case Command.Ssp(var order) -> ssp.execute(order);
            case Command.Tell(MailboxKey to, Event event) -> work.add(() -> decide(to, event));
            case Command.Correlate(InviteUsageId usage, MailboxKey to) -> correlations.put(usage, to);
            case Command.Forget(InviteUsageId usage) -> correlations.remove(usage);
            case Command.Note(Command.Noted what, String detail) -> notes.merge(what, 1, Integer::sum);
        }
    }

    void send(FlowMessage message) {
        sent.add(message);
    }

    Ledger ledger() {
        return ledger;
    }

    String newId() {
        lastId++;
        return String.format("id%014d", lastId);
    }

    int sequence() {
        lastId++;
        return lastId;
    }
}
