package org.impsiwf.ssp.session;

import static org.impsiwf.ssp.session.PairDecision.to;
import static org.impsiwf.ssp.session.SessionPair.failed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.PairEffect.CloseConnections;
import org.impsiwf.ssp.session.PairEffect.HangUp;
import org.impsiwf.ssp.session.PairEffect.PairAdded;
import org.impsiwf.ssp.session.PairEffect.PeerProved;
import org.impsiwf.ssp.session.PairEffect.SendLoginRequest;
import org.impsiwf.ssp.session.PairEffect.SendLoginResponse;
import org.impsiwf.ssp.session.PairEffect.SendToken;
import org.impsiwf.ssp.session.PairEffect.SessionOpened;
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
import org.impsiwf.ssp.session.PairState.LoggingIn;
import org.impsiwf.ssp.session.PairState.Open;
import org.impsiwf.ssp.session.PairState.TokenAnswered;
import org.impsiwf.ssp.session.PairState.TokenSent;

/**
 * SSP 9.1.1: the CALLBACK login, steps 1 to 10, in both roles. The set-up is found by the peer and the id of either
 * SendSecretToken; legs 6, 8 and 10 are taken in any order, but nobody is let in before the digest is verified.
 */
final class Login {

    private static final int SUCCESSFUL = 200;
    private static final int INVALID_PASSWORD = 608;
    private static final int MOST_DOUBLINGS = 16;

    private final LoginTerms terms;

    Login(LoginTerms terms) {
        this.terms = terms;
    }

    /** Step 1. */
    PairDecision start(int failures, Instant now, Fresh fresh) {
        Attempt attempt = Attempt.initiated(fresh, now, now.plus(terms.loginTime()));
        return to(
                new TokenSent(attempt, failures),
                new SendToken(attempt.ourId(), attempt.ourToken(), false, Optional.empty()));
    }

    /** Step 1 of another connection pair of an open session. */
    PairDecision add(Binding binding, Instant now, Fresh fresh) {
        Attempt attempt =
                Attempt.initiated(fresh, now, now.plus(terms.loginTime())).bound(binding);
        return to(
                new TokenSent(attempt, 0),
                new SendToken(attempt.ourId(), attempt.ourToken(), false, Optional.of(binding)));
    }

    /** Whether this LoginRequest proves its password to the login that is under way. */
    boolean proves(Attempt attempt, LoginRequested l) {
        return attempt.named(l.transactionId()) && verified(attempt, l);
    }

    /** Step 7 of a pair that the session may not have; SSP 9.2.1: the master pair goes on. */
    PairDecision refuseRedirect(Attempt attempt, LoginRequested l, Instant now, Fresh fresh) {
        String cause = "the peer wanted a connection pair that was not agreed";
        return failed(
                down(terms, 0, now, fresh, cause), cause, redirectRefused(l.transactionId(), attempt.initiator()));
    }

    static SendLoginResponse redirectRefused(TransactionId id, boolean initiator) {
        return new SendLoginResponse(
                id,
                SessionPair.REDIRECTION_REFUSED,
                Optional.empty(),
                Optional.empty(),
                initiator,
                Optional.empty(),
                List.of());
    }

    /** Step 3. */
    PairDecision answer(TokenReceived token, int failures, Instant now, Fresh fresh) {
        Attempt attempt = Attempt.answering(token, fresh, now, now.plus(terms.loginTime()));
        return to(new TokenAnswered(attempt, failures), SessionPair.step3(attempt));
    }

    PairDecision tokenSent(TokenSent s, PairEvent event, Instant now, Fresh fresh) {
        return switch (event) {
            case TokenReceived t when t.token().equals(s.attempt().ourToken()) -> to(s, new HangUp("our own token"));
            // D-35. Where all runs under one id the two attempts cannot merge: the lower Service-ID's goes on.
            case TokenReceived t when terms.oneTransactionId() && !t.inReply() && terms.ourAttemptWins() -> to(s);
            case TokenReceived t when terms.oneTransactionId() && !t.inReply() -> answer(t, s.failures(), now, fresh);
            case TokenReceived t -> step5(s, t, now);
            case LoginAnswered a
            when s.attempt().named(a.transactionId()) && !successful(a) ->
                fail(s.failures(), now, fresh, "refused with " + a.status());
            case LoginAnswered a -> to(s, new HangUp("LoginResponse before its time"));
            case LoginRequested l -> to(s, new HangUp("LoginRequest before its token"));
            case PairWanted w -> to(s);
            case PeerUnreachable u -> fail(s.failures(), now, fresh, u.cause());
            case SetUpRefused r -> fail(s.failures(), now, fresh, r.cause());
            case TimePassed t when now.isBefore(s.attempt().giveUpAt()) -> to(s);
            case TimePassed t -> fail(s.failures(), now, fresh, "the peer did not call back");
            case CloseOrdered c -> to(new Closed(c.cause()), new CloseConnections());
            case LogoutReceived l -> to(s);
            case DisconnectReceived d -> to(s);
            case SessionUnknownToPeer u -> to(s);
            case ServicesAgreed a -> to(s);
            case TrustLost t -> to(s);
            case LastConnectionExpired e -> to(s);
        };
    }

    private PairDecision step5(TokenSent s, TokenReceived token, Instant now) {
        // Should both have started at once, nobody can tell: then the one that loses by D-35 acts as the secondary
        // and answers first, after a shorter patience than the winner's.
        Duration patience = terms.ourAttemptWins()
                ? terms.stepPatience()
                : terms.stepPatience().dividedBy(4);
        Attempt attempt = s.attempt().withPeerToken(token, now.plus(patience));
        return to(new LoggingIn(attempt, s.failures()), loginRequest(attempt));
    }

    PairDecision tokenAnswered(TokenAnswered s, PairEvent event, Instant now, Fresh fresh) {
        return switch (event) {
            case TokenReceived t when t.token().equals(s.attempt().ourToken()) -> to(s, new HangUp("our own token"));
            case TokenReceived t when s.attempt().named(t.transactionId()) -> to(s);
            // The peer began anew. It gets the same token again: two servers that each take the other's answer for a
            // beginning would otherwise never stop.
            case TokenReceived t -> {
                Attempt again = s.attempt().withPeerToken(t, now);
                yield to(new TokenAnswered(again, s.failures()), SessionPair.step3(again));
            }
            case LoginRequested l
            when !s.attempt().named(l.transactionId()) -> to(s, new HangUp("LoginRequest of another login"));
            case LoginRequested l when !verified(s.attempt(), l) -> refuse(s.failures(), l, false, now, fresh);
            case LoginRequested l -> steps6and8(s, l, now);
            case LoginAnswered a
            when s.attempt().named(a.transactionId()) && !successful(a) ->
                fail(s.failures(), now, fresh, "refused with " + a.status());
            case LoginAnswered a -> to(s, new HangUp("LoginResponse before its LoginRequest"));
            case PairWanted w -> to(s);
            case PeerUnreachable u -> fail(s.failures(), now, fresh, u.cause());
            case SetUpRefused r -> fail(s.failures(), now, fresh, r.cause());
            case TimePassed t when now.isBefore(s.attempt().giveUpAt()) -> to(s);
            case TimePassed t -> fail(s.failures(), now, fresh, "the peer did not go on after our token");
            case CloseOrdered c -> to(new Closed(c.cause()), new CloseConnections());
            case LogoutReceived l -> to(s);
            case DisconnectReceived d -> to(s);
            case SessionUnknownToPeer u -> to(s);
            case ServicesAgreed a -> to(s);
            case TrustLost t -> to(s);
            case LastConnectionExpired e -> to(s);
        };
    }

    private PairDecision steps6and8(TokenAnswered s, LoginRequested l, Instant now) {
        Attempt joining = l.binding().map(s.attempt()::bound).orElse(s.attempt());
        Attempt proved = joining.proved(l, now.plus(terms.stepPatience()));
        if (terms.initiatorAnswersFirst()) {
            return to(new LoggingIn(proved, s.failures()), new PeerProved(proved.binding()), loginRequest(proved));
        }
        Attempt answered = proved.withAnswer(list(proved));
        return to(
                new LoggingIn(answered, s.failures()),
                new PeerProved(answered.binding()),
                loginRequest(answered),
                loginResponse(answered));
    }

    PairDecision loggingIn(LoggingIn s, PairEvent event, Instant now, Fresh fresh) {
        return switch (event) {
            case TokenReceived t when s.attempt().named(t.transactionId()) -> to(s);
            case TokenReceived t -> answer(t, s.failures(), now, fresh);
            case LoginRequested l
            when !s.attempt().named(l.transactionId()) -> to(s, new HangUp("LoginRequest of another login"));
            case LoginRequested l when s.attempt().provedAs().isPresent() -> to(s);
            case LoginRequested l
            when !verified(s.attempt(), l) ->
                refuse(s.failures(), l, s.attempt().initiator(), now, fresh);
            case LoginRequested l -> {
                PairDecision next = proceed(s.attempt().proved(l, s.attempt().patientUntil()), s.failures(), now);
                yield next.after(new PeerProved(s.attempt().binding()));
            }
            case LoginAnswered a
            when !s.attempt().named(a.transactionId()) -> to(s, new HangUp("LoginResponse of another login"));
            case LoginAnswered a when !successful(a) -> fail(s.failures(), now, fresh, "refused with " + a.status());
            case LoginAnswered a
            when a.session().isEmpty() -> fail(s.failures(), now, fresh, "accepted without a Session-ID");
            case LoginAnswered a when s.attempt().peerSession().isPresent() -> to(s);
            // SSP 9.2.1.1.3: no new session is made.
            case LoginAnswered a
            when s.attempt()
                    .binding()
                    .filter(b -> !a.session().equals(Optional.of(b.peers())))
                    .isPresent() -> fail(s.failures(), now, fresh, "the pair was bound to another session");
            case LoginAnswered a ->
                proceed(s.attempt().accepted(a.session().get(), granted(a), a.hosts()), s.failures(), now);
            case TimePassed t
            when !now.isBefore(s.attempt().giveUpAt()) ->
                fail(s.failures(), now, fresh, "the login did not end in time");
            case TimePassed t
            when now.isBefore(s.attempt().patientUntil()) || s.attempt().answered() -> to(s);
            case TimePassed t -> unasked(s);
            case PeerUnreachable u -> fail(s.failures(), now, fresh, u.cause());
            case SetUpRefused r -> fail(s.failures(), now, fresh, r.cause());
            case PairWanted w -> to(s);
            case CloseOrdered c -> to(new Closed(c.cause()), new CloseConnections());
            case LogoutReceived l -> to(s);
            case DisconnectReceived d -> to(s);
            case SessionUnknownToPeer u -> to(s);
            case ServicesAgreed a -> to(s);
            case TrustLost t -> to(s);
            case LastConnectionExpired e -> to(s);
        };
    }

    /** A leg came: answers when it is our turn, opens when nothing is missing. */
    private PairDecision proceed(Attempt attempt, int failures, Instant now) {
        boolean proved = attempt.provedAs().isPresent();
        boolean accepted = attempt.peerSession().isPresent();
        boolean ourTurn = accepted || (attempt.initiator() && terms.initiatorAnswersFirst());
        List<PairEffect> effects = new ArrayList<>();
        Attempt next = attempt;
        if (proved && ourTurn && !attempt.answered()) {
            next = attempt.withAnswer(list(attempt));
            effects.add(loginResponse(next));
        }
        if (!proved || !accepted || !next.answered()) {
            return new PairDecision(new LoggingIn(next, failures), effects);
        }
        if (next.binding().isPresent()) {
            return joined(next, effects, now);
        }
        Session session = opened(next, now);
        effects.add(new SessionOpened(session));
        return new PairDecision(new Open(session), effects);
    }

    private Session opened(Attempt attempt, Instant now) {
        return Session.opened(
                        attempt.ourSession(),
                        attempt.peerSession().orElseThrow(),
                        grant(attempt),
                        attempt.granted(),
                        now)
                .redirected(attempt.redirection());
    }

    /** The login is over; the session that it was for goes on, with one connection pair more. */
    private PairDecision joined(Attempt attempt, List<PairEffect> effects, Instant now) {
        effects.add(new PairAdded(opened(attempt, now), attempt.binding().orElseThrow()));
        return new PairDecision(new Down(PairState.NEVER, 0, "pair added"), effects);
    }

    /** SSP 9.1.1: a redirect list is allowed over the master pair only. */
    private List<String> list(Attempt attempt) {
        return attempt.binding().filter(b -> !b.master()).isPresent()
                ? List.of()
                : terms.redirect().list(attempt.initiator(), attempt.peerHosts());
    }

    /** The leg that the other side owes first did not come in the time it usually takes. */
    private PairDecision unasked(LoggingIn s) {
        Attempt attempt = s.attempt();
        boolean proved = attempt.provedAs().isPresent();
        // The observed server sends step 6 only after step 10: it learns a Session-ID that opens nothing until it
        // has proved itself.
        boolean oursFirst = attempt.initiator() && terms.initiatorAnswersFirst();
        if (!proved && !oursFirst) {
            Attempt patient = attempt.patient(attempt.giveUpAt());
            return to(new LoggingIn(patient, s.failures()));
        }
        Attempt answered = attempt.withAnswer(list(attempt));
        return to(new LoggingIn(answered, s.failures()), loginResponse(answered));
    }

    private SendLoginRequest loginRequest(Attempt attempt) {
        TransactionId id = terms.oneTransactionId() && attempt.initiator()
                ? attempt.ourId()
                : attempt.peerId().orElseThrow();
        Octets proof = terms.digest()
                .proof(
                        attempt.peerToken().orElseThrow(),
                        terms.ourPassword(),
                        terms.setUp().digestOrder());
        return new SendLoginRequest(id, proof, terms.lifetime(), attempt.initiator(), attempt.binding());
    }

    private SendLoginResponse loginResponse(Attempt attempt) {
        return new SendLoginResponse(
                attempt.provedAs().orElse(attempt.ourId()),
                SUCCESSFUL,
                Optional.of(attempt.ourSession()),
                grant(attempt),
                attempt.initiator(),
                attempt.binding(),
                attempt.ourHosts());
    }

    /** SSP 9.2.1.1.3: at most what we allow; stated whenever it was asked for. */
    private Optional<Duration> grant(Attempt attempt) {
        return ConnectionLifetime.grant(attempt.asked(), terms.lifetime());
    }

    /** SSP 9.2.1.1.3: what the response says, else what we asked for. Zero is not a lifetime there (D-06). */
    private Optional<Duration> granted(LoginAnswered a) {
        return a.lifetime().filter(Duration::isPositive).or(terms::lifetime);
    }

    private boolean verified(Attempt attempt, LoginRequested login) {
        return terms.digest()
                .verifies(
                        login.proof(),
                        attempt.ourToken(),
                        terms.peerPassword(),
                        terms.setUp().digestOrder());
    }

    private static boolean successful(LoginAnswered a) {
        return a.status() >= SUCCESSFUL && a.status() < 300;
    }

    /** Steps 7 and 9, D-05: says why, without a Session-ID, then closes. */
    private PairDecision refuse(int failures, LoginRequested l, boolean initiator, Instant now, Fresh fresh) {
        String cause = "the peer did not prove its password";
        return failed(
                down(terms, failures + 1, now, fresh, cause),
                cause,
                new SendLoginResponse(
                        l.transactionId(),
                        INVALID_PASSWORD,
                        Optional.empty(),
                        Optional.empty(),
                        initiator,
                        Optional.empty(),
                        List.of()));
    }

    private PairDecision fail(int failures, Instant now, Fresh fresh, String cause) {
        return failed(down(terms, failures + 1, now, fresh, cause), cause);
    }

    /** Delays double up to the longest, and spread by a fifth either way so that many servers do not call at once. */
    static Down down(LoginTerms terms, int failures, Instant now, Fresh fresh, String cause) {
        if (!terms.initiate()) {
            return new Down(PairState.NEVER, failures, cause);
        }
        Duration grown = terms.firstDelay().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        long millis = SessionPair.shorter(grown, terms.longestDelay()).toMillis();
        long spread = (long) (millis * (0.8 + 0.4 * fresh.jitter()));
        return new Down(now.plusMillis(spread), failures, cause);
    }
}
