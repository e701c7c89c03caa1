package org.impsiwf.gateway.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.impsiwf.mapping.Decision;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.Versioned;

/** All mailboxes are this node's, and their states in its heap: nothing to look up, nothing to share. */
final class OnlySeat implements Seats {

    private static final int RACES = 16;

    private final Interworking interworking;
    private final InstantSource clock;
    private final Store<State> states;
    private final Timers deadlines;
    private final InterworkingRuntime.Observer observer;
    private final Consumer<Command> carryOut;

    OnlySeat(
            Interworking interworking,
            Stores stores,
            InstantSource clock,
            InterworkingRuntime.Observer observer,
            Consumer<MailboxKey> due,
            Consumer<Command> carryOut) {
        this.interworking = interworking;
        this.clock = clock;
        this.states = stores.open(InterworkingRuntime.CONVERSATIONS, State.class);
        this.deadlines = stores.timers(
                InterworkingRuntime.DEADLINES,
                (key, at) -> MailboxKey.parse(key).ifPresent(due));
        this.observer = observer;
        this.carryOut = carryOut;
    }

    @Override
    public void handle(MailboxKey key, Event event) {
        decide(key, event).forEach(carryOut);
    }

    /** Decides and saves; the commands of the decision that was saved. */
    private List<Command> decide(MailboxKey key, Event event) {
        for (int race = 0; race < RACES; race++) {
            Optional<Versioned<State>> loaded = states.load(key.text());
            Optional<State> state = loaded.map(Versioned::value);
            Decision decision = interworking.decide(key, state, event, clock.instant());
            if (save(key, loaded, decision)) {
                arm(key, state.flatMap(State::deadline), decision.next().flatMap(State::deadline));
                observer.decided(key, event, decision.next());
                ConversationLog.decided(event, state, decision.next());
                return decision.commands();
            }
        }
        throw new IllegalStateException(key + " was saved by somebody else " + RACES + " times in a row");
    }

    private boolean save(MailboxKey key, Optional<Versioned<State>> loaded, Decision decision) {
        long version = loaded.map(Versioned::version).orElse(Store.ABSENT);
        if (decision.next().isEmpty()) {
            return loaded.isEmpty() || states.remove(key.text(), version);
        }
        State next = decision.next().get();
        return (loaded.isPresent() && loaded.get().value().equals(next))
                || states.save(key.text(), version, next, decision.timeToLive()).isPresent();
    }

    private void arm(MailboxKey key, Optional<Instant> before, Optional<Instant> after) {
        if (before.equals(after)) {
            return;
        }
        after.ifPresentOrElse(due -> deadlines.arm(key.text(), due), () -> deadlines.cancel(key.text()));
    }

    @Override
    public void open() {
        // Nobody else asks.
    }

    @Override
    public void answered(TransactionRef transaction) {
        // It was asked and decided here.
    }

    @Override
    public boolean leave() {
        return false;
    }

    @Override
    public List<MailboxKey> keys() {
        return List.of();
    }

    @Override
    public long states() {
        return states.size();
    }

    @Override
    public long deadlines() {
        return deadlines.size();
    }

    @Override
    public void close() {
        // The stores are closed by whoever opened them.
    }
}
