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
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.impsiwf.mapping.Decision;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.Route;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
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

    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, Instant> expiries = new HashMap<>();
    private final Map<InviteUsageId, MailboxKey> correlations = new HashMap<>();
    private final Map<Command.Noted, Integer> notes = new EnumMap<>(Command.Noted.class);
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<FlowMessage> sent = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private final Roll roll = new Roll();
    private final CallMedia media = new CallMedia();
    private final SipDesk sip = new SipDesk(this, media);
    private final MsrpDesk msrp = new MsrpDesk(this, media);
    private final SspDesk imps = SspDesk.ofPeer(this, "imps", Cast.IMPS_DOMAIN);
    private final SspDesk imps2 = SspDesk.ofPeer(this, "imps2", Cast.OTHER_IMPS_DOMAIN);
    private final SspDesk home = SspDesk.ofOurselves(this, "home");
    private final Map<String, SspDesk> ssp = Map.of("imps", imps, "imps2", imps2, "home", home);
    private final Set<String> gone = new HashSet<>();
    private final Map<String, EdgeTimer> edgeTimers = new LinkedHashMap<>();
    private Policy policy = Policy.of("wv:@" + Cast.HOME_DOMAIN, List.of(Cast.SIP_DOMAIN));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int lastId;
    private int decisionsToDeath = -1;
    private Interworking interworking = interworking();

    private Interworking interworking() {
        return new Interworking(policy, new Neighbours(List.of(imps, imps2)), this::newId);
    }

    /** Something that an edge does by itself when its time has come. */
    private record EdgeTimer(Instant at, Runnable task) {}

    @Override
    public void given(String key, String value) {
        switch (key) {
            case "carriage" -> policy = policy.withCarriage(Policy.Carriage.valueOf(value));
            case "max-size" -> policy = policy.withMaxMessageSize(Long.parseLong(value));
            case "factory-size" ->
                policy = policy.with(policy.conferences().withMaxAdhocGroupSize(Integer.parseInt(value)));
            case "hosted-by" ->
                policy =
                        policy.with(policy.conferences().hostedBy(ssp.get(value).id()));
            case "replacing" ->
                policy = policy.with(policy.conferences().replacing(Policy.Conferences.Replacing.valueOf(value)));
            default -> imps.given(key, value);
        }
        interworking = interworking();
    }

    @Override
    public void inject(FlowMessage message) {
        if (ssp.containsKey(message.from())) {
            ssp.get(message.from()).inject(message);
        } else if (MsrpDesk.knows(message.name())) {
            msrp.inject(message);
        } else {
            sip.inject(message);
        }
        drain();
    }

    /** Whether a participant is in a position to send this now: a response needs its request, a BYE its dialog. */
    boolean canSend(FlowMessage message) {
        if (gone.contains(message.from())) {
            return false;
        }
        if (ssp.containsKey(message.from())) {
            return ssp.get(message.from()).canSend(message);
        }
        return MsrpDesk.knows(message.name()) ? msrp.canSend(message) : sip.canSend(message);
    }

    /** A participant is gone without a word: a user's client, or a neighbour's server. It stays away. */
    void vanish(String participant) {
        gone.add(participant);
        if (ssp.containsKey(participant)) {
            ssp.get(participant).down();
            roll.hostVanished(participant);
        } else {
            roll.parted(participant);
            msrp.vanish(participant);
            sip.vanish(participant);
        }
        drain();
    }

    boolean isGone(String participant) {
        return gone.contains(participant);
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
        while (fire(target)) {
            drain();
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

    /** Lets the earliest timer of all fire, of a state or of an edge, if it is due by then. */
    private boolean fire(Instant target) {
        Optional<String> state = earliest(states, key -> states.get(key).deadline(), target);
        Optional<String> edge =
                earliest(edgeTimers, key -> Optional.of(edgeTimers.get(key).at()), target);
        if (edge.isPresent()
                && state.map(this::deadline)
                        .map(at -> !edgeTimers.get(edge.get()).at().isAfter(at))
                        .orElse(true)) {
            EdgeTimer timer = edgeTimers.remove(edge.get());
            now = timer.at().isAfter(now) ? timer.at() : now;
            timer.task().run();
            return true;
        }
        state.ifPresent(this::fire);
        return state.isPresent();
    }

    private Instant deadline(String key) {
        return states.get(key).deadline().orElseThrow();
    }

    private void fire(String key) {
        now = deadline(key).isAfter(now) ? deadline(key) : now;
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

    private static <T> Optional<String> earliest(
            Map<String, T> all, Function<String, Optional<Instant>> at, Instant target) {
        return all.keySet().stream()
                .filter(key -> at.apply(key).filter(due -> !due.isAfter(target)).isPresent())
                .min(Comparator.comparing(key -> at.apply(key).orElseThrow()));
    }

    /** An edge sets a timer of its own; one of the same name is forgotten. */
    void edgeTimer(String name, Duration after, Runnable task) {
        edgeTimers.put(name, new EdgeTimer(now.plus(after), task));
    }

    /** The gateway is told to stop: every conversation hears of it. */
    public void drainConversations() {
        List.copyOf(states.keySet()).forEach(key -> decide(MailboxKey.parse(key).orElseThrow(), new Event.Draining()));
        drain();
    }

    /** Lets everything run out, then checks that every message has its answer and nothing is left behind. */
    public void settle() {
        advance(Duration.ofHours(1));
        sip.attendance(roll::attends);
        sip.hangUpAll();
        drain();
        advance(Duration.ofDays(4));
        ledger.close();
        roll.close();
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

    /** A user's client connects to the path that a re-INVITE has offered. */
    void followed(String path) {
        msrp.moved(path);
    }

    /**
     * Another owner begins with what was shared of each state. What the dead one had in hand is gone: its orders, its connections,
     * the transactions of its edges. Those who wait for its answers ask again.
     */
    private void takenOver() {
        work.clear();
        interworking = interworking();
        ledger.ownerDied();
        msrp.ownerDied();
        states.replaceAll((key, state) -> handedOver(state.toShare()));
        List.copyOf(states.keySet())
                .forEach(key -> work.add(() -> decide(MailboxKey.parse(key).orElseThrow(), new Event.TakenOver())));
        sip.ownerDied();
        ssp.values().forEach(SspDesk::ownerDied);
    }

    /** The owner of all conversations dies while nothing is under way, and another one takes over. */
    void ownerDies() {
        decisionsToDeath = 0;
        takenOver();
        drain();
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
            case Command.Ssp(var order) -> desk(order.peer()).execute(order);
            case Command.Tell(MailboxKey to, Event event) -> work.add(() -> decide(to, event));
            case Command.Correlate(InviteUsageId usage, MailboxKey to) -> correlations.put(usage, to);
            case Command.Forget(InviteUsageId usage) -> correlations.remove(usage);
            case Command.Note(Command.Noted what, String detail) -> notes.merge(what, 1, Integer::sum);
        }
    }

    private SspDesk desk(ServiceId peer) {
        return Stream.of(imps, imps2, home)
                .filter(desk -> desk.id().equals(peer))
                .findFirst()
                .orElseThrow(() -> new AssertionError("an order for a stranger: " + peer));
    }

    void send(FlowMessage message) {
        if (!gone.contains(message.to())) {
            sent.add(message);
        }
    }

    Ledger ledger() {
        return ledger;
    }

    Roll roll() {
        return roll;
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
