package org.impsiwf.ssp.session;

import static org.impsiwf.ssp.session.PairDecision.to;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.PairEffect.AgreementMade;
import org.impsiwf.ssp.session.PairEffect.AnswerLogout;
import org.impsiwf.ssp.session.PairEffect.CloseConnections;
import org.impsiwf.ssp.session.PairEffect.HangUp;
import org.impsiwf.ssp.session.PairEffect.LoginFailed;
import org.impsiwf.ssp.session.PairEffect.PairAdded;
import org.impsiwf.ssp.session.PairEffect.SendDisconnect;
import org.impsiwf.ssp.session.PairEffect.SendLogout;
import org.impsiwf.ssp.session.PairEffect.SendToken;
import org.impsiwf.ssp.session.PairEffect.SessionEnded;
import org.impsiwf.ssp.session.PairEffect.SessionOpened;
import org.impsiwf.ssp.session.PairEffect.TurnAway;
import org.impsiwf.ssp.session.PairEvent.CloseOrdered;
import org.impsiwf.ssp.session.PairEvent.DisconnectReceived;
import org.impsiwf.ssp.session.PairEvent.LastConnectionExpired;
import org.impsiwf.ssp.session.PairEvent.LoginAnswered;
import org.impsiwf.ssp.session.PairEvent.LoginRequested;
import org.impsiwf.ssp.session.PairEvent.LogoutReceived;
import org.impsiwf.ssp.session.PairEvent.PairWanted;
import org.impsiwf.ssp.session.PairEvent.PeerUnreachable;
import org.impsiwf.ssp.session.PairEvent.ServicesAgreed;
import org.impsiwf.ssp.session.PairEvent.SessionUnknownToPeer;
import org.impsiwf.ssp.session.PairEvent.SetUpRefused;
import org.impsiwf.ssp.session.PairEvent.TimePassed;
import org.impsiwf.ssp.session.PairEvent.TokenReceived;
import org.impsiwf.ssp.session.PairEvent.TrustLost;
import org.impsiwf.ssp.session.PairState.Closed;
import org.impsiwf.ssp.session.PairState.Down;
import org.impsiwf.ssp.session.PairState.Leaving;
import org.impsiwf.ssp.session.PairState.LoggingIn;
import org.impsiwf.ssp.session.PairState.Open;
import org.impsiwf.ssp.session.PairState.Replacing;
import org.impsiwf.ssp.session.PairState.TokenAnswered;
import org.impsiwf.ssp.session.PairState.TokenSent;

/**
 * SSP 9.1, 9.2: the two sessions with one peer, which begin and end together. Pure; one per peer. The states of a
 * login under way are decided by {@link Login}.
 */
public final class SessionPair {

    static final int SESSION_EXPIRED = 600;
    static final int FORCED_LOGOUT = 601;
    static final int REDIRECTION_REFUSED = 607;
    static final int CONNECTION_EXPIRED = 609;

    private final LoginTerms terms;
    private final Login login;

    public SessionPair(LoginTerms terms) {
        this.terms = terms;
        login = new Login(terms);
    }

    /** Where a pair starts: at once, when it is ours to open. */
    public PairState initial(Instant now) {
        return new Down(terms.initiate() ? now : PairState.NEVER, 0, "not yet opened");
    }

    public PairDecision decide(PairState state, PairEvent event, Instant now, Fresh fresh) {
        if (event instanceof LoginRequested l && l.binding().isPresent()) {
            Optional<PairDecision> refusal = redirectRefusal(state, l, now, fresh);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return dispatch(state, event, now, fresh);
    }

    private PairDecision dispatch(PairState state, PairEvent event, Instant now, Fresh fresh) {
        return switch (state) {
            case Down s -> down(s, event, now, fresh);
            case TokenSent s -> login.tokenSent(s, event, now, fresh);
            case TokenAnswered s -> login.tokenAnswered(s, event, now, fresh);
            case LoggingIn s -> login.loggingIn(s, event, now, fresh);
            case Open s -> open(s, event, now, fresh);
            case Replacing s -> replacing(s, event, now, fresh);
            case Leaving s -> leaving(s, event, now);
            case Closed s -> closed(s, event);
        };
    }

    /** SSP 9.2.1: a pair that was not agreed gets 607, once the peer has proved that it is the peer. */
    private Optional<PairDecision> redirectRefusal(PairState state, LoginRequested l, Instant now, Fresh fresh) {
        return switch (state) {
            case Open s -> Optional.of(to(s, Login.redirectRefused(l.transactionId(), false)));
            case Replacing s
            when !bindable(s, l.binding().orElseThrow()) ->
                attempt(s.login())
                        .filter(attempt -> login.proves(attempt, l))
                        .map(attempt -> renewed(s, login.refuseRedirect(attempt, l, now, fresh)));
            case Replacing s -> Optional.empty();
            case TokenSent s -> unbound(s, l, now, fresh);
            case TokenAnswered s -> unbound(s, l, now, fresh);
            case LoggingIn s -> unbound(s, l, now, fresh);
            case Down s -> Optional.empty();
            case Leaving s -> Optional.empty();
            case Closed s -> Optional.empty();
        };
    }

    /** Where there is no session nothing can be added to it. */
    private Optional<PairDecision> unbound(PairState state, LoginRequested l, Instant now, Fresh fresh) {
        return attempt(state)
                .filter(attempt -> login.proves(attempt, l))
                .map(attempt -> login.refuseRedirect(attempt, l, now, fresh));
    }

    private boolean bindable(Replacing s, Binding binding) {
        boolean ourNewSession = attempt(s.login())
                .filter(attempt -> attempt.initiator() && attempt.binding().isEmpty())
                .isPresent();
        if (ourNewSession || !binding.of(s.session())) {
            return false;
        }
        boolean supported =
                terms.redirect().accept() || !terms.redirect().hosts().isEmpty();
        return binding.master()
                ? supported
                : s.session()
                        .redirection()
                        .filter(lists -> agreed(lists, binding))
                        .isPresent();
    }

    private static boolean agreed(Redirection lists, Binding binding) {
        return lists.peers().contains(binding.peerHost().orElseThrow())
                && binding.ourHost()
                        .filter(host -> !lists.ours().contains(host))
                        .isEmpty();
    }

    private static Optional<Attempt> attempt(PairState state) {
        return switch (state) {
            case TokenSent s -> Optional.of(s.attempt());
            case TokenAnswered s -> Optional.of(s.attempt());
            case LoggingIn s -> Optional.of(s.attempt());
            case Down s -> Optional.empty();
            case Open s -> Optional.empty();
            case Replacing s -> Optional.empty();
            case Leaving s -> Optional.empty();
            case Closed s -> Optional.empty();
        };
    }

    private PairDecision down(Down s, PairEvent event, Instant now, Fresh fresh) {
        return switch (event) {
            case TimePassed t when now.isBefore(s.retryAt()) -> to(s);
            case TimePassed t -> login.start(s.failures(), now, fresh);
            case TokenReceived token -> login.answer(token, s.failures(), now, fresh);
            case LoginRequested l -> to(s, new HangUp("LoginRequest outside a login"));
            case PairWanted w -> to(s);
            case LoginAnswered a -> to(s, new HangUp("LoginResponse outside a login"));
            case CloseOrdered c -> to(new Closed(c.cause()), new CloseConnections());
            case ServicesAgreed a -> to(s);
            // D-36: what ends a session that has ended already changes nothing.
            case LogoutReceived l -> to(s);
            case DisconnectReceived d -> to(s);
            case PeerUnreachable u -> to(s);
            case SetUpRefused r -> to(s);
            case SessionUnknownToPeer u -> to(s);
            case TrustLost t -> to(s);
            case LastConnectionExpired e -> to(s);
        };
    }

    private PairDecision open(Open s, PairEvent event, Instant now, Fresh fresh) {
        return switch (event) {
            case TokenReceived token -> {
                PairDecision begun = login.answer(token, 0, now, fresh);
                yield new PairDecision(new Replacing(s.session(), begun.next()), begun.effects());
            }
            case LoginRequested l -> to(s, new HangUp("LoginRequest outside a login"));
            case PairWanted w
            when w.binding().of(s.session()) -> {
                PairDecision begun = login.add(w.binding(), now, fresh);
                yield new PairDecision(new Replacing(s.session(), begun.next()), begun.effects());
            }
            case PairWanted w -> to(s);
            case LoginAnswered a -> to(s);
            case LogoutReceived l ->
                to(
                        lost(now, fresh, "the peer logged out"),
                        new AnswerLogout(s.session(), l.transactionId()),
                        new SessionEnded("the peer logged out"),
                        new CloseConnections());
            case DisconnectReceived d
            when d.status().filter(c -> c == CONNECTION_EXPIRED).isPresent() ->
                to(s, new HangUp("the peer gave up this connection"));
            case DisconnectReceived d -> end(now, fresh, "the peer disconnected");
            case PeerUnreachable u -> end(now, fresh, u.cause());
            case SetUpRefused r -> to(s);
            case SessionUnknownToPeer u -> end(now, fresh, "the peer does not know the session");
            case TrustLost t ->
                to(
                        lost(now, fresh, t.cause()),
                        new SendLogout(s.session(), fresh.transactionId()),
                        new SendDisconnect(s.session(), disconnectId(fresh), FORCED_LOGOUT),
                        new SessionEnded(t.cause()),
                        new CloseConnections());
            // SSP 9.2.3: the provider disconnects on timeout, and logs out of the reciprocal session.
            case LastConnectionExpired e -> expired(s, "session expired", now, fresh);
            case ServicesAgreed a -> {
                Session agreed = s.session().agreed(a.weProvide(), a.agreement());
                yield to(new Open(agreed), new AgreementMade(agreed, a.confirms()));
            }
            case CloseOrdered c ->
                to(
                        new Leaving(s.session(), fresh.transactionId(), now.plus(terms.stepPatience()), c.cause()),
                        new SessionEnded(c.cause()),
                        new SendLogout(s.session(), fresh.transactionId()),
                        new SendDisconnect(s.session(), disconnectId(fresh), FORCED_LOGOUT));
            // SSP 9.1.3: the expiry of an agreement is the normal end of both sessions.
            case TimePassed t
            when !now.isBefore(s.session().agreedUntil()) -> expired(s, "the service agreement expired", now, fresh);
            case TimePassed t -> to(s);
        };
    }

    private PairDecision expired(Open s, String cause, Instant now, Fresh fresh) {
        return to(
                lost(now, fresh, cause),
                new SendDisconnect(s.session(), disconnectId(fresh), SESSION_EXPIRED),
                new SendLogout(s.session(), fresh.transactionId()),
                new SessionEnded(cause),
                new CloseConnections());
    }

    /** Whoever claims to be the peer may begin a login; only one that succeeds replaces the session. */
    private PairDecision replacing(Replacing s, PairEvent event, Instant now, Fresh fresh) {
        return switch (event) {
            case TokenReceived t -> renewed(s, decide(s.login(), t, now, fresh));
            case LoginRequested l -> renewed(s, dispatch(s.login(), l, now, fresh));
            case LoginAnswered a -> renewed(s, decide(s.login(), a, now, fresh));
            case TimePassed t
            when !now.isBefore(s.session().agreedUntil()) -> goingOn(s, open(new Open(s.session()), t, now, fresh));
            case TimePassed t -> renewed(s, decide(s.login(), t, now, fresh));
            case ServicesAgreed a -> goingOn(s, open(new Open(s.session()), a, now, fresh));
            case SetUpRefused r -> renewed(s, decide(s.login(), r, now, fresh));
            case PairWanted w -> to(s);
            case LogoutReceived l -> goingOn(s, open(new Open(s.session()), l, now, fresh));
            case DisconnectReceived d -> goingOn(s, open(new Open(s.session()), d, now, fresh));
            case PeerUnreachable u -> goingOn(s, open(new Open(s.session()), u, now, fresh));
            case SessionUnknownToPeer u -> goingOn(s, open(new Open(s.session()), u, now, fresh));
            case TrustLost t -> goingOn(s, open(new Open(s.session()), t, now, fresh));
            case LastConnectionExpired e -> goingOn(s, open(new Open(s.session()), e, now, fresh));
            case CloseOrdered c -> open(new Open(s.session()), c, now, fresh);
        };
    }

    private static PairDecision renewed(Replacing s, PairDecision login) {
        return switch (login.next()) {
            case Open opened -> {
                List<PairEffect> effects = new ArrayList<>();
                for (PairEffect effect : login.effects()) {
                    if (effect instanceof SessionOpened) {
                        effects.add(new SessionEnded("replaced by a new login of the peer"));
                    }
                    effects.add(effect);
                }
                yield new PairDecision(opened, effects);
            }
            case Down over -> beside(s.session(), login.effects());
            case TokenSent t -> new PairDecision(new Replacing(s.session(), t), login.effects());
            case TokenAnswered t -> new PairDecision(new Replacing(s.session(), t), login.effects());
            case LoggingIn t -> new PairDecision(new Replacing(s.session(), t), login.effects());
            case Replacing t -> throw new IllegalStateException("a login led to " + t);
            case Leaving t -> throw new IllegalStateException("a login led to " + t);
            case Closed t -> throw new IllegalStateException("a login led to " + t);
        };
    }

    /** The old session changed while a new login is under way: if it ended, the login goes on without it. */
    private static PairDecision goingOn(Replacing s, PairDecision old) {
        return switch (old.next()) {
            case Down d ->
                new PairDecision(
                        s.login(),
                        old.effects().stream()
                                .filter(effect -> !(effect instanceof CloseConnections))
                                .toList());
            case Open o -> new PairDecision(new Replacing(o.session(), s.login()), old.effects());
            case TokenSent t -> throw new IllegalStateException("an open session led to " + t);
            case TokenAnswered t -> throw new IllegalStateException("an open session led to " + t);
            case LoggingIn t -> throw new IllegalStateException("an open session led to " + t);
            case Replacing t -> throw new IllegalStateException("an open session led to " + t);
            case Leaving t -> throw new IllegalStateException("an open session led to " + t);
            case Closed t -> throw new IllegalStateException("an open session led to " + t);
        };
    }

    /**
     * The login beside an open session is over. One that failed costs the connection it came over and nothing else; one
     * that added a pair may have brought new lists.
     */
    private static PairDecision beside(Session session, List<PairEffect> effects) {
        Session next = session;
        List<PairEffect> harmless = new ArrayList<>();
        for (PairEffect effect : effects) {
            if (effect instanceof PairAdded(Session joined, Binding binding)) {
                next = session.redirected(joined.redirection().or(session::redirection));
                harmless.add(new PairAdded(next, binding));
            } else {
                harmless.add(effect instanceof CloseConnections ? new HangUp("login failed") : effect);
            }
        }
        return new PairDecision(new Open(next), harmless);
    }

    private static PairDecision leaving(Leaving s, PairEvent event, Instant now) {
        return switch (event) {
            case DisconnectReceived d -> to(new Closed(s.cause()), new CloseConnections());
            case PeerUnreachable u -> to(new Closed(s.cause()), new CloseConnections());
            case SetUpRefused r -> to(new Closed(s.cause()), new CloseConnections());
            case SessionUnknownToPeer u -> to(new Closed(s.cause()), new CloseConnections());
            case TimePassed t when now.isBefore(s.giveUpAt()) -> to(s);
            case TimePassed t -> to(new Closed(s.cause()), new CloseConnections());
            // Both ends may leave at once; each answers the other's Logout and waits for its own answer.
            case LogoutReceived l -> to(s, new AnswerLogout(s.session(), l.transactionId()));
            case TokenReceived t -> to(s, new TurnAway());
            case LoginRequested l -> to(s, new TurnAway());
            case PairWanted w -> to(s);
            case LoginAnswered a -> to(s, new TurnAway());
            case TrustLost t -> to(s);
            case ServicesAgreed a -> to(s);
            case LastConnectionExpired e -> to(s);
            case CloseOrdered c -> to(s);
        };
    }

    private static PairDecision closed(Closed s, PairEvent event) {
        return switch (event) {
            case TokenReceived t -> to(s, new TurnAway());
            case LoginRequested l -> to(s, new TurnAway());
            case PairWanted w -> to(s);
            case LoginAnswered a -> to(s, new TurnAway());
            case LogoutReceived l -> to(s);
            case DisconnectReceived d -> to(s);
            case PeerUnreachable u -> to(s);
            case SetUpRefused r -> to(s);
            case SessionUnknownToPeer u -> to(s);
            case TrustLost t -> to(s);
            case ServicesAgreed a -> to(s);
            case LastConnectionExpired e -> to(s);
            case CloseOrdered c -> to(s);
            case TimePassed t -> to(s);
        };
    }

    private PairDecision end(Instant now, Fresh fresh, String cause) {
        return to(lost(now, fresh, cause), new SessionEnded(cause), new CloseConnections());
    }

    private Down lost(Instant now, Fresh fresh, String cause) {
        return Login.down(terms, 0, now, fresh, cause);
    }

    private static TransactionId disconnectId(Fresh fresh) {
        return new TransactionId(fresh.transactionId().value() + "-d");
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static PairDecision failed(Down next, String cause, PairEffect... before) {
        List<PairEffect> effects = new ArrayList<>(List.of(before));
        effects.add(new CloseConnections());
        effects.add(new LoginFailed(cause));
        return new PairDecision(next, effects);
    }

    static SendToken step3(Attempt attempt) {
        return new SendToken(attempt.ourId(), attempt.ourToken(), true, Optional.empty());
    }
}
