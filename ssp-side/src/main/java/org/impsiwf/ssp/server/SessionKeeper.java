package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.Fresh;
import org.impsiwf.ssp.session.LoginTerms;
import org.impsiwf.ssp.session.PairDecision;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.ssp.session.SessionPair;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one session pair: decide, store, carry out, one event after the other. Events are told and effects carried out on
 * the peer's event loop; deciding and storing in between happens on a virtual thread, since a store may block.
 */
final class SessionKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
    private static final Duration KEPT = Duration.ofDays(365);
    private static final int TOKEN_BYTES = 16;
    private static final int MOST_WAITING = 1000;

    /** Carries decisions out; on the event loop. */
    interface Executor {
        void carryOut(PairDecision decision, Optional<IncomingConnection> carrier);
    }

    private record Told(PairEvent event, Optional<IncomingConnection> carrier) {}

    private final EventLoop loop;
    private final LoginTerms terms;
    private SessionPair pair;
    private final Store<PairState> store;
    private final InstantSource clock;
    private final Executor executor;
    private final SecureRandom random = new SecureRandom();
    private final Queue<Told> waiting = new ArrayDeque<>();
    private boolean deciding;
    private volatile PairState state;
    private Instant since;
    private long version = Store.ABSENT;

    SessionKeeper(EventLoop loop, LoginTerms terms, Store<PairState> store, InstantSource clock, Executor executor) {
        this.loop = loop;
        this.terms = terms;
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        pair = new SessionPair(terms);
        state = pair.initial(clock.instant());
        since = clock.instant();
    }

    /** Tells of something that came over a connection. */
    void tell(PairEvent event, Optional<IncomingConnection> carrier) {
        tell(new Told(event, carrier));
    }

    void tell(PairEvent event) {
        tell(new Told(event, Optional.empty()));
    }

    private void tell(Told told) {
        if (waiting.size() >= MOST_WAITING && told.carrier().isPresent()) {
            LOG.warn("{}: flooded with set-up messages, hanging up", terms.peer());
            told.carrier().get().close();
            return;
        }
        waiting.add(told);
        if (!deciding) {
            decideNext();
        }
    }

    /** Whether something told has not been carried out yet: what depends on the session has to wait. */
    boolean busy() {
        return deciding;
    }

    PairState state() {
        return state;
    }

    /** Whether a session may come soon: one was just lost, or a login is under way. */
    boolean sessionExpected() {
        return switch (state) {
            case PairState.Down down -> deciding || (down.failures() == 0 && terms.initiate());
            case PairState.TokenSent s -> s.failures() == 0;
            case PairState.TokenAnswered s -> true;
            case PairState.LoggingIn s -> true;
            case PairState.Open s -> true;
            case PairState.Replacing s -> true;
            case PairState.Leaving s -> false;
            case PairState.Closed s -> false;
        };
    }

    Instant since() {
        return since;
    }

    /** Other redirect hosts from the next login on. */
    void redirect(RedirectTerms redirect) {
        pair = new SessionPair(terms.redirecting(redirect));
    }

    /** Looks whether a deadline is reached. */
    void tick(Instant now) {
        if (!deciding && !now.isBefore(state.deadline())) {
            tell(new PairEvent.TimePassed());
        }
    }

    private void decideNext() {
        Told told = waiting.poll();
        deciding = told != null;
        if (told == null) {
            return;
        }
        PairState before = state;
        PairDecision decision = pair.decide(before, told.event(), clock.instant(), fresh());
        if (decision.next().equals(before)) {
            carryOut(decision, told);
            return;
        }
        Thread.ofVirtual().name("ssp-session-" + terms.peer().domain()).start(() -> {
            boolean saved = save(decision.next());
            if (loop.isShuttingDown()) {
                return;
            }
            loop.execute(() -> {
                if (saved) {
                    since = decision.next().getClass() == before.getClass() ? since : clock.instant();
                    carryOut(decision, told);
                } else {
                    LOG.error("{}: session pair not stored, {} is void", terms, told.event());
                    decideNext();
                }
            });
        });
    }

    private void carryOut(PairDecision decision, Told told) {
        state = decision.next();
        try {
            executor.carryOut(decision, told.carrier());
        } finally {
            decideNext();
        }
    }

    /** What is down needs no record: that is how every pair begins. */
    private boolean save(PairState next) {
        String key = terms.peer().domain();
        try {
            if (next instanceof PairState.Down || next instanceof PairState.Closed) {
                boolean removed = version == Store.ABSENT || store.remove(key, version);
                version = Store.ABSENT;
                return removed;
            }
            OptionalLong saved = store.save(key, version, next, KEPT);
            if (saved.isEmpty()) {
                // What an earlier life of this server, or the node that ran this pair before, has left behind.
                version = store.load(key).map(Versioned::version).orElse(Store.ABSENT);
                saved = store.save(key, version, next, KEPT);
            }
            version = saved.orElse(version);
            return saved.isPresent();
        } catch (RuntimeException storeAway) {
            LOG.error("{}: session pair not stored: {}", terms, storeAway.toString());
            return false;
        }
    }

    private Fresh fresh() {
        return new Fresh(
                unguessable(),
                new TransactionId(unguessable()),
                new SessionId(unguessable() + "@" + terms.self().domain()),
                random.nextDouble());
    }

    private String unguessable() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
