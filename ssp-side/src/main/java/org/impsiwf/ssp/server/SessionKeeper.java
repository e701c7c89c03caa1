package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.Fresh;
import org.impsiwf.ssp.session.LoginTerms;
import org.impsiwf.ssp.session.PairDecision;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.session.SessionPair;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one session pair: decide, store, carry out, one event after the other. Events are told and effects carried out on
 * the peer's event loop; deciding and storing in between happens on a virtual thread, since a store may block.
 */
final class SessionKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
    private static final int TOKEN_BYTES = 16;
    private static final int MOST_WAITING = 1000;

    /** Carries decisions out; on the event loop. */
    interface Executor {
        void carryOut(PairDecision decision, Optional<IncomingConnection> carrier);

        /** Whether anything may be decided at this moment: another node may have taken our place. */
        boolean acting();

        /** What was decided could not be stored, and is void: perhaps the pair is not ours any more. */
        void notStored();
    }

    private record Told(PairEvent event, Optional<IncomingConnection> carrier) {}

    private final EventLoop loop;
    private final LoginTerms terms;
    private SessionPair pair;
    private final PairRecord stored;
    private final InstantSource clock;
    private final Executor executor;
    private final SecureRandom random = new SecureRandom();
    private final Queue<Told> waiting = new ArrayDeque<>();
    private boolean deciding;
    private volatile PairState state;
    private Instant since;
    /** Grows when the pair is given up: what was being decided then is void. */
    private long tenure;

    SessionKeeper(EventLoop loop, LoginTerms terms, PairRecord stored, InstantSource clock, Executor executor) {
        this.loop = loop;
        this.terms = terms;
        this.stored = stored;
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
        if (!executor.acting()) {
            LOG.debug("{}: {} is for another node to hear", terms.peer(), told.event());
            return;
        }
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

    /**
     * Goes on where another node has stopped.
     *
     * @return the session that is open; a login that was under way begins anew
     */
    Optional<Session> resume(PairState left) {
        Optional<Session> open = openIn(left);
        state = open.<PairState>map(PairState.Open::new).orElseGet(() -> pair.initial(clock.instant()));
        since = clock.instant();
        return open;
    }

    /** SSP 9.2.3: who was logging out, or has done so, has no session any more. */
    private static Optional<Session> openIn(PairState state) {
        return switch (state) {
            case PairState.Open open -> Optional.of(open.session());
            case PairState.Replacing beside -> Optional.of(beside.session());
            case PairState.Down s -> Optional.empty();
            case PairState.TokenSent s -> Optional.empty();
            case PairState.TokenAnswered s -> Optional.empty();
            case PairState.LoggingIn s -> Optional.empty();
            case PairState.Leaving s -> Optional.empty();
            case PairState.Closed s -> Optional.empty();
        };
    }

    /** Another node goes on from here; nothing that was told is decided here any more. */
    void giveUp() {
        tenure++;
        waiting.clear();
        deciding = false;
        state = new PairState.Down(PairState.NEVER, 0, "held by another node");
        since = clock.instant();
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
        long decidedIn = tenure;
        Thread.ofVirtual().name("ssp-session-" + terms.peer().domain()).start(() -> {
            boolean saved = stored.save(decision.next());
            if (loop.isShuttingDown()) {
                return;
            }
            loop.execute(() -> {
                if (decidedIn != tenure) {
                    LOG.info("{}: given up, {} is void", terms.peer(), told.event());
                } else if (saved) {
                    since = decision.next().getClass() == before.getClass() ? since : clock.instant();
                    carryOut(decision, told);
                } else {
                    LOG.error("{}: session pair not stored, {} is void", terms, told.event());
                    executor.notStored();
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
