package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.impsiwf.mapping.Decision;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.Route;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.MsrpSide;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Carries what happened at the edges into the mapping, and its orders out: an event finds its mailbox, the state is loaded,
 * decided upon, saved, and only then are the commands carried out (docs/decisions/0004).
 *
 * <p>Edges call {@link #take} on their own threads. Where stores may block, decisions run on the mailboxes' virtual threads;
 * where they do not, on the thread that brought the event.
 */
final class InterworkingRuntime {

    /** The key of the log's conversation id. */
    static final String CONVERSATION = "conversation";

    private static final Logger LOG = LoggerFactory.getLogger(InterworkingRuntime.class);
    private static final Duration CORRELATION_LIFE = Duration.ofDays(1);
    private static final int RACES = 16;

    /** Where the commands go. */
    record Edges(SipSide sip, MsrpSide msrp, SspSide ssp) {}

    /** Whose usage it is; the mailbox key as text. */
    record Correlation(String mailbox) {}

    private final Interworking interworking;
    private final InstantSource clock;
    private final Store<State> states;
    private final Store<Correlation> usages;
    private final Timers deadlines;
    private final Mailboxes<MailboxKey, Event> mailboxes;
    private final Observer observer;
    private volatile Edges edges;

    InterworkingRuntime(
            Interworking interworking, Stores stores, InstantSource clock, Executor threads, Observer observer) {
        this.interworking = interworking;
        this.clock = clock;
        this.states = stores.open("conversations", State.class);
        this.usages = stores.open("invite-usages", Correlation.class);
        this.deadlines = stores.timers("conversation-deadlines", this::due);
        this.mailboxes = new Mailboxes<>(threads, !stores.mayBlock(), this::handle);
        this.observer = observer;
    }

    /** Names the edges; before the first event. */
    void attach(Edges attached) {
        this.edges = attached;
    }

    /** Takes an event to the mailbox that it belongs to. */
    void take(Event event) {
        switch (interworking.route(event)) {
            case Route.To(MailboxKey key, Event routed) -> {
                if (routed instanceof Event.Sip(SipEvent.InviteReceived invite)) {
                    // Before the mailbox gets to it, so that a CANCEL on its heels finds the way.
                    correlate(invite.usage(), key);
                }
                observer.routed(routed, key);
                mailboxes.post(key, routed);
            }
            case Route.ByUsage(InviteUsageId usage, Event routed) -> followUsage(usage, routed);
            case Route.Answered(List<Command> commands) -> commands.forEach(this::carryOut);
        }
    }

    /** Puts an event into a mailbox whose key is known. */
    void post(MailboxKey key, Event event) {
        mailboxes.post(key, event);
    }

    /** Mailboxes with something to do. */
    int busy() {
        return mailboxes.busy();
    }

    /** Live states, for metrics and leak tests. */
    long states() {
        return states.size();
    }

    /** Correlations kept, for leak tests. */
    long correlations() {
        return usages.size();
    }

    /** Armed deadlines, for leak tests. */
    long deadlines() {
        return deadlines.size();
    }

    private void followUsage(InviteUsageId usage, Event event) {
        Optional<MailboxKey> key = usages.load(usage.value())
                .flatMap(found -> MailboxKey.parse(found.value().mailbox()));
        if (key.isEmpty()) {
            observer.lost(event);
            LOG.debug("nobody waits for {} of usage {}", event, usage.value());
            return;
        }
        observer.routed(event, key.get());
        mailboxes.post(key.get(), event);
    }

    private void due(String key, Instant deadline) {
        MailboxKey.parse(key).ifPresent(mailbox -> mailboxes.post(mailbox, new Event.DeadlineReached()));
    }

    private void handle(MailboxKey key, Event event) {
        String outer = MDC.get(CONVERSATION); // of a decision whose command brought this event, on the same thread
        MDC.put(CONVERSATION, key.text());
        try {
            decide(key, event).forEach(this::carryOut);
        } finally {
            if (outer == null) {
                MDC.remove(CONVERSATION);
            } else {
                MDC.put(CONVERSATION, outer);
            }
        }
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

    private void carryOut(Command command) {
        observer.ordered(command);
        ConversationLog.ordered(command);
        switch (command) {
            case Command.Sip(var order) -> edges.sip().execute(order);
            case Command.Msrp(var order) -> edges.msrp().execute(order);
            case Command.Ssp(var order) -> edges.ssp().execute(order);
            case Command.Tell(MailboxKey to, Event event) -> mailboxes.forward(to, event);
            case Command.Correlate(InviteUsageId usage, MailboxKey to) -> correlate(usage, to);
            case Command.Forget(InviteUsageId usage) -> forget(usage);
            case Command.Note(var what, String detail) ->
                LOG.info("{}: {}", what.name().toLowerCase(Locale.ROOT).replace('_', ' '), detail);
        }
    }

    private void correlate(InviteUsageId usage, MailboxKey key) {
        Correlation wanted = new Correlation(key.text());
        for (int race = 0; race < RACES; race++) {
            Optional<Versioned<Correlation>> known = usages.load(usage.value());
            if (known.isPresent() && known.get().value().equals(wanted)) {
                return;
            }
            long version = known.map(Versioned::version).orElse(Store.ABSENT);
            if (usages.save(usage.value(), version, wanted, CORRELATION_LIFE).isPresent()) {
                return;
            }
        }
    }

    private void forget(InviteUsageId usage) {
        usages.load(usage.value()).ifPresent(known -> usages.remove(usage.value(), known.version()));
    }

    /** Watches the way of events, for metrics, the trace and the list of conversations; must not block. */
    interface Observer {
        /** An event of an edge was found to belong to the key. */
        void routed(Event event, MailboxKey key);

        /** An event of an edge belongs to nothing that we know. */
        void lost(Event event);

        /** A decision was saved; {@code next} is empty when the state is gone. */
        void decided(MailboxKey key, Event event, Optional<State> next);

        /** A command of a saved decision is about to be carried out. */
        void ordered(Command command);
    }
}
