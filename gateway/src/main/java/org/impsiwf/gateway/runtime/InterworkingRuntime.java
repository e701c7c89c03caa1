package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
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
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Versioned;
import org.impsiwf.store.local.LocalStores;
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

    /** A correlation that is ordered again after this long lives on. */
    private static final Duration RENEW = Duration.ofHours(1);

    /** The names of stores and timers that both kinds of seats have. */
    static final String CONVERSATIONS = "conversations";

    static final String DEADLINES = "conversation-deadlines";

    private static final int RACES = 16;

    /** Where the commands go. */
    record Edges(SipSide sip, MsrpSide msrp, SspSide ssp) {}

    /**
     * Whose usage it is.
     *
     * @param mailbox its key as text
     * @param since when this was saved
     */
    record Correlation(String mailbox, Optional<Instant> since) {

        boolean isFresh(MailboxKey key, Instant now) {
            return mailbox.equals(key.text())
                    && since.filter(at -> now.isBefore(at.plus(RENEW))).isPresent();
        }
    }

    private final Interworking interworking;
    private final InstantSource clock;
    private final Seats seats;
    private final Store<Correlation> usages;
    private final Mailboxes<MailboxKey, Event> mailboxes;
    private final Observer observer;
    private volatile Edges edges;

    InterworkingRuntime(
            Interworking interworking, Stores stores, InstantSource clock, Executor threads, Observer observer) {
        this.interworking = interworking;
        this.clock = clock;
        this.usages = stores.open("invite-usages", Correlation.class);
        this.mailboxes =
                new Mailboxes<>(threads, !stores.mayBlock(), key -> key.kind() == MailboxKey.Kind.FOCUS, this::handle);
        this.observer = observer;
        this.seats = stores.mayBlock()
                ? new SharedSeats(
                        interworking, stores, LocalStores.inHeap(), clock, observer, mailboxes::post, this::carryOut)
                : new OnlySeat(
                        interworking,
                        stores,
                        clock,
                        observer,
                        key -> mailboxes.post(key, new Event.DeadlineReached()),
                        this::carryOut);
    }

    /** Names the edges; before the first event. */
    void attach(Edges attached) {
        this.edges = attached;
        seats.open();
    }

    /** Takes an event to the mailbox that it belongs to. */
    void take(Event event) {
        try {
            route(event);
        } catch (OutOfTouchException alone) {
            LOG.info("{} is refused: {}", event.getClass().getSimpleName(), alone.getMessage());
            Interworking.unavailable(event).forEach(this::carryOut);
        }
    }

    private void route(Event event) {
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

    /** A response has left this node in that transaction of a peer. */
    void answered(TransactionRef transaction) {
        seats.answered(transaction);
    }

    /** Begins to hand what this node works on to others; false when there is nobody to take it. */
    boolean leave() {
        return seats.leave();
    }

    /** The mailboxes that only this node works on, in a cluster. */
    List<MailboxKey> seats() {
        return seats.keys();
    }

    /** Ends what works for the mailboxes besides the stores. */
    void close() {
        seats.close();
    }

    /** Mailboxes with something to do. */
    int busy() {
        return mailboxes.busy();
    }

    /** Live states, for metrics and leak tests. */
    long states() {
        return seats.states();
    }

    /** Correlations kept, for leak tests. */
    long correlations() {
        return usages.size();
    }

    /** Armed deadlines, for leak tests. */
    long deadlines() {
        return seats.deadlines();
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

    private void handle(MailboxKey key, Event event) {
        String outer = MDC.get(CONVERSATION); // of a decision whose command brought this event, on the same thread
        MDC.put(CONVERSATION, key.text());
        try {
            seats.handle(key, event);
        } finally {
            if (outer == null) {
                MDC.remove(CONVERSATION);
            } else {
                MDC.put(CONVERSATION, outer);
            }
        }
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
        Instant now = clock.instant();
        Correlation wanted = new Correlation(key.text(), Optional.of(now));
        for (int race = 0; race < RACES; race++) {
            Optional<Versioned<Correlation>> known = usages.load(usage.value());
            if (known.filter(same -> same.value().isFresh(key, now)).isPresent()) {
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

        /** Another node decides an event that came in here. */
        void handedOver(Event event);

        /** This node has taken the seat of one that is gone. */
        void takenOver(MailboxKey key, String from);

        /** The mailbox is another node's now, or nothing is remembered of it. */
        void left(MailboxKey key);

        /** A decision was saved; {@code next} is empty when the state is gone. */
        void decided(MailboxKey key, Event event, Optional<State> next);

        /** A command of a saved decision is about to be carried out. */
        void ordered(Command command);
    }
}
