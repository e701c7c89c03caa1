package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.impsiwf.gateway.runtime.Seating.Known;
import org.impsiwf.gateway.runtime.Seating.Step;
import org.impsiwf.mapping.Decision;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Versioned;
import org.impsiwf.store.local.LocalStores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes of a cluster: one node works on each, its seat, and decides from its own memory. The store says whose seat it is,
 * and what another node needs to take it over (docs/decisions/0042).
 */
final class SharedSeats implements Seats {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSeats.class);

    /** Longer than it takes until a dead node is known for dead. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How an attempt to have an event decided went. */
    private enum Progress {
        DONE,
        /** More is known now. */
        AGAIN,
        /** Another node has to be known for dead first. */
        LATER
    }

    private final Interworking interworking;
    private final InstantSource clock;
    private final Nodes nodes;
    private final SeatRecords records;
    private final SeatMemory memory;
    private final NodeLetters letters;
    private final Unanswered unanswered = new Unanswered();
    private final SeatWatch watch;
    private final Leaving leaving;
    private final InterworkingRuntime.Observer observer;
    private final BiConsumer<MailboxKey, Event> post;
    private final Consumer<Command> carryOut;
    private volatile boolean closed;

    /**
     * @param heap for the timers of this node alone
     * @param post puts an event into a mailbox of this node
     */
    SharedSeats(
            Interworking interworking,
            Stores stores,
            LocalStores heap,
            InstantSource clock,
            InterworkingRuntime.Observer observer,
            BiConsumer<MailboxKey, Event> post,
            Consumer<Command> carryOut) {
        this.interworking = interworking;
        this.clock = clock;
        this.nodes = stores.nodes();
        this.records = new SeatRecords(stores);
        this.memory = new SeatMemory(heap, key -> post.accept(key, new Event.DeadlineReached()));
        this.letters = new NodeLetters(nodes);
        this.leaving = new Leaving(nodes, letters, clock);
        this.observer = observer;
        this.post = post;
        this.carryOut = carryOut;
        this.watch = new SeatWatch(stores, records, memory, this::gone, post);
    }

    @Override
    public void open() {
        letters.open(new NodeLetters.Reader() {
            @Override
            public boolean takes(MailboxKey key, Event event, boolean vacant) {
                return takesHere(key, event, vacant);
            }

            @Override
            public void seated(MailboxKey key) {
                post.accept(key, new Event.TakenOver());
            }

            @Override
            public boolean takesSeats() {
                return !leaving.hasBegun();
            }
        });
        watch.start();
    }

    private boolean takesHere(MailboxKey key, Event event, boolean vacant) {
        boolean ours = vacant
                ? !leaving.hasBegun()
                : memory.has(key)
                        || records.load(key)
                                .filter(entry -> entry.value().seat().equals(nodes.self()))
                                .isPresent();
        if (ours) {
            observer.routed(event, key);
            post.accept(key, event);
        }
        return ours;
    }

    @Override
    public void handle(MailboxKey key, Event event) {
        long begun = System.nanoTime();
        try {
            for (Progress progress = attempt(key, event); progress != Progress.DONE; progress = attempt(key, event)) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("no node could be found that works on " + key);
                }
                if (progress == Progress.LATER) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        } catch (OutOfTouchException alone) {
            LOG.info("{} is refused: {}", event.getClass().getSimpleName(), alone.getMessage());
            lookLater(key, event);
            Interworking.unavailable(event).forEach(carryOut);
        } catch (RuntimeException failed) {
            lookLater(key, event);
            throw failed;
        }
    }

    /** What comes from outside is repeated by its sender; what a node tells itself is not. */
    private void lookLater(MailboxKey key, Event event) {
        if (memory.doubt(key) || isOfThisNode(event)) {
            watch.failed(key);
        }
    }

    private Progress attempt(MailboxKey key, Event event) {
        if (closed) {
            return Progress.DONE;
        }
        Held held = memory.of(key).orElse(null);
        if (held == null && event instanceof Event.DeadlineReached) {
            return Progress.DONE; // of a mailbox that went to another node
        }
        OptionalLong touch = nodes.touch();
        var seating = new Seating(nodes.self(), nodes::isAlive, touch);
        if (seating.next(held == null ? new Known.Nothing() : new Known.Held(held.touch())) instanceof Step.Decide) {
            return seated(key, held, event);
        }
        Optional<Versioned<Seated>> entry = records.load(key);
        if (touch.isEmpty()) {
            return Progress.AGAIN; // the store has waited until this node is in touch again
        }
        Step step =
                seating.next(new Known.Found(entry.map(found -> found.value().seat())));
        return switch (step) {
            case Step.TakeSeat take -> takeSeat(key, held, event, touch.getAsLong());
            case Step.Resume resume -> resume(key, held, Held.found(entry.orElseThrow(), touch.getAsLong()), event);
            case Step.TakeOver(String from) -> {
                lost(key, held);
                observer.takenOver(key, from);
                yield takeOver(key, Held.found(entry.orElseThrow(), touch.getAsLong()), event);
            }
            case Step.HandOver(String to) -> {
                lost(key, held);
                yield handOver(to, key, event, false);
            }
            case Step.Decide decide -> throw new IllegalStateException("decided from memory that is none: " + key);
            case Step.LookUp lookUp -> throw new IllegalStateException("looked up already: " + key);
        };
    }

    private Progress seated(MailboxKey key, Held held, Event event) {
        Optional<String> successor = event instanceof Event.Draining ? leaving.successor(key) : Optional.empty();
        if (successor.isPresent()) {
            return vacate(key, held, successor.get());
        }
        if (event instanceof Event.TakenOver) {
            return Progress.DONE; // it is here already
        }
        boolean atRest = held.state().flatMap(State::deadline).isEmpty() && !held.lags();
        if (event instanceof Event.DeadlineReached && atRest) {
            return remembered(key, held);
        }
        return decided(key, held, event) ? Progress.DONE : Progress.AGAIN;
    }

    /** A state that waits for nothing is kept for its time, against repeats. */
    private Progress remembered(MailboxKey key, Held held) {
        if (clock.instant().isBefore(held.forgetAt())) {
            memory.remindAgain(key, held);
        } else {
            records.remove(key, held);
            memory.forget(key);
            observer.left(key);
        }
        return Progress.DONE;
    }

    private Progress takeSeat(MailboxKey key, Held held, Event event, long touch) {
        lost(key, held);
        if (isOfThisNode(event)) {
            return Progress.DONE; // it is over
        }
        Optional<String> other = leaving.successor(key);
        if (other.isPresent()) {
            return handOver(other.get(), key, event, true);
        }
        return decided(key, Held.nothing(touch), event) ? Progress.DONE : Progress.AGAIN;
    }

    /** The seat is this node's. What is not in its memory but ought to be was handed over to it. */
    private Progress resume(MailboxKey key, Held held, Held found, Event event) {
        if (held != null && held.version() == found.version()) {
            memory.keep(key, held.at(found.touch()));
            memory.remindAgain(key, held); // its time may have come in between
            return Progress.AGAIN;
        }
        memory.forget(key);
        if (found.state().flatMap(State::deadline).isPresent()) {
            return takeOver(key, found, event);
        }
        if (event instanceof Event.TakenOver || event instanceof Event.Draining) {
            return Progress.DONE;
        }
        return decided(key, found, event) ? Progress.DONE : Progress.AGAIN;
    }

    private Progress takeOver(MailboxKey key, Held found, Event event) {
        boolean taken = decided(key, found, new Event.TakenOver());
        return taken && event instanceof Event.TakenOver ? Progress.DONE : Progress.AGAIN;
    }

    private Progress handOver(String to, MailboxKey key, Event event, boolean vacant) {
        if (isOfThisNode(event)) {
            return Progress.DONE;
        }
        unanswered.handedOver(key, event, to, clock.instant());
        try {
            if (letters.handOver(to, key, event, vacant)) {
                observer.handedOver(event);
                return Progress.DONE;
            }
        } catch (NodeGoneException | IllegalStateException failed) {
            // It may have taken the event: twice is as good as once, by the ids in it.
            LOG.debug("{} could not be handed to {}", event.getClass().getSimpleName(), to, failed);
        }
        unanswered.decidedHere(event);
        return Progress.LATER;
    }

    /** What a node tells itself of its own mailboxes. */
    private static boolean isOfThisNode(Event event) {
        return event instanceof Event.TakenOver
                || event instanceof Event.Draining
                || event instanceof Event.DeadlineReached;
    }

    /** Decides and saves what the others need, and carries out; false when somebody else was faster. */
    private boolean decided(MailboxKey key, Held before, Event event) {
        Instant now = clock.instant();
        Decision decision = interworking.decide(key, before.state(), event, now);
        Optional<Held> after;
        boolean stillHere;
        try {
            after = records.saved(key, before, decision, now);
            stillHere = after.filter(held -> isStillHere(key, held)).isPresent();
        } catch (RuntimeException unknown) {
            watch.failed(key); // it may have been saved, and this node have a seat that it knows nothing of
            throw unknown;
        }
        if (after.isEmpty()) {
            memory.forget(key);
            return false;
        }
        memory.keep(key, after.get());
        observer.decided(key, event, decision.next());
        ConversationLog.decided(event, before.state(), decision.next());
        if (stillHere) {
            decision.commands().forEach(carryOut);
        }
        return true;
    }

    /** A node that was stopped in the middle of a decision must not carry it out when another has its mailbox. */
    private boolean isStillHere(MailboxKey key, Held held) {
        return nodes.touch().equals(OptionalLong.of(held.touch())) || records.isSame(key, held);
    }

    /** Another node has taken the seat: what this one had of it must be neither used nor seen any more. */
    private void lost(MailboxKey key, Held held) {
        if (held == null) {
            return;
        }
        LOG.info("{} is worked on by another node now", key);
        memory.forget(key);
        observer.left(key);
        held.state().stream()
                .flatMap(state -> state.msrpSessions().stream())
                .forEach(session -> carryOut.accept(new Command.Msrp(new MsrpCommand.CloseSession(session))));
    }

    /** Once nothing is under way in it the mailbox goes to another node, with all that is known of it. */
    private Progress vacate(MailboxKey key, Held held, String to) {
        State state = held.state().orElseThrow();
        if (state.isInTransit() && leaving.mayWait()) {
            return Progress.DONE;
        }
        boolean given = records.isGiven(key, held, state, to);
        memory.forget(key);
        observer.left(key);
        if (given && state.deadline().isPresent()) {
            try {
                letters.giveSeat(to, key);
            } catch (NodeGoneException gone) {
                LOG.info("{} was given to {}, which is gone: whoever finds it takes it over", key, to);
            }
        }
        return Progress.DONE;
    }

    /** What a node that is gone had in hand for this one's senders is decided by another. */
    private void gone(String node) {
        unanswered.takeThoseOf(node, clock.instant()).forEach(waiting -> post.accept(waiting.key(), waiting.event()));
    }

    /** A response left this node in that transaction. */
    @Override
    public void answered(TransactionRef transaction) {
        unanswered.answered(transaction);
    }

    @Override
    public boolean leave() {
        return leaving.begin();
    }

    @Override
    public List<MailboxKey> keys() {
        return memory.keys();
    }

    @Override
    public long states() {
        return records.size();
    }

    @Override
    public long deadlines() {
        return memory.deadlines();
    }

    /** What the edges say while they close is no news: another node goes on with the mailboxes as they are. */
    @Override
    public void close() {
        closed = true;
        watch.close();
        memory.close();
    }
}
