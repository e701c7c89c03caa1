package org.impsiwf.ssp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.Attempt;
import org.impsiwf.ssp.session.Binding;
import org.impsiwf.ssp.session.PairEffect;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided about a session pair. Confined to the peer's event loop. */
final class PairEffects {

    private static final Logger LOG = LoggerFactory.getLogger(PairEffects.class);
    private static final int CONNECTION_EXPIRED = 609;

    private final Peer peer;
    private final ServerScope server;
    private final SetUpMessages messages;
    private final Dialect dialect;
    /** The id that we have given the peer in a login that is not at its end. */
    private Optional<SessionId> announced = Optional.empty();

    PairEffects(Peer peer, ServerScope server, SetUpMessages messages) {
        this.peer = peer;
        this.server = server;
        this.messages = messages;
        dialect = peer.settings().dialect();
    }

    void carryOut(List<PairEffect> effects, Optional<IncomingConnection> carrier) {
        boolean replaced = effects.stream().anyMatch(PairEffect.SessionOpened.class::isInstance);
        for (PairEffect effect : effects) {
            carryOut(effect, carrier, replaced);
        }
    }

    private void carryOut(PairEffect effect, Optional<IncomingConnection> carrier, boolean replaced) {
        switch (effect) {
            case PairEffect.SendToken step -> {
                peer.count(Counted.LOGIN_STARTED, step.inReply() ? "secondary" : "initiator");
                setUp(messages.token(step), step.inReply(), step.binding());
            }
            case PairEffect.SendLoginRequest step ->
                setUp(messages.loginRequest(step), step.initiator(), step.binding());
            case PairEffect.SendLoginResponse step when step.session().isEmpty() -> refuse(step);
            case PairEffect.SendLoginResponse step -> {
                step.session().ifPresent(this::announce);
                setUp(messages.loginResponse(step), step.initiator(), step.binding());
            }
            case PairEffect.SendLogout logout -> sendLogout(logout);
            case PairEffect.SendDisconnect end -> sendDisconnect(end.session(), end.transactionId(), end.status());
            case PairEffect.AnswerLogout answer -> answerLogout(answer);
            case PairEffect.SessionOpened opened -> opened(opened.session());
            case PairEffect.AgreementMade made -> peer.agreementMade(made);
            case PairEffect.SessionEnded ended -> ended(ended.cause(), replaced);
            case PairEffect.PeerProved p -> carrier.ifPresent(line -> proved(line, p.binding()));
            case PairEffect.PairAdded added -> peer.pairAdded(added);
            case PairEffect.CloseConnections c -> {
                carrier.ifPresent(IncomingConnection::close);
                peer.closeConnections();
            }
            case PairEffect.TurnAway away -> {
                LOG.info("{}: turned away, we are leaving", peer.settings().serviceId());
                peer.count(Counted.POST_REFUSED, "leaving");
                carrier.ifPresent(IncomingConnection::close);
            }
            case PairEffect.HangUp hangUp -> {
                LOG.warn("{}: hanging up: {}", peer.settings().serviceId(), hangUp.cause());
                peer.count(Counted.POST_REFUSED, "hang-up");
                carrier.ifPresent(IncomingConnection::close);
            }
            case PairEffect.LoginFailed failed -> {
                LOG.warn("{}: login failed: {}", peer.settings().serviceId(), failed.cause());
                peer.count(Counted.LOGIN_FAILED, "");
                withdraw();
                peer.loginFailed(failed.cause());
            }
        }
    }

    /** @param delayed steps 3, 5 and 10, before which some peers need a moment */
    private void setUp(SspMessage.SetUp message, boolean delayed, Optional<Binding> binding) {
        Duration delay = dialect.setUp().delay();
        Outbound out = Outbound.setUp(message, false);
        out.pair = binding.filter(b -> !b.master())
                .map(b -> new HostPair(b.ourHost(), b.peerHost().orElseThrow()));
        if (delayed && delay.isPositive()) {
            peer.link().sendAfter(delay, out);
        } else {
            peer.link().send(out);
        }
    }

    /** D-05: the last word on connections that are closed after it. */
    private void refuse(PairEffect.SendLoginResponse step) {
        peer.count(Counted.LOGIN_REFUSED, String.valueOf(step.status()));
        LOG.warn("{}: login refused with {}", peer.settings().serviceId(), step.status());
        peer.link().send(Outbound.setUp(messages.loginResponse(step), true));
    }

    /** The peer may use the id as soon as it has it, on another connection and before we know that the login is at its end. */
    private void announce(SessionId ours) {
        withdraw();
        announced = Optional.of(ours);
        server.index(ours, peer);
    }

    private void withdraw() {
        announced
                .filter(id -> peer.session().filter(open -> open.named(id)).isEmpty())
                .ifPresent(id -> server.unindex(id, peer));
        announced = Optional.empty();
    }

    private void opened(Session session) {
        LOG.info("{}: session open", peer.settings().serviceId());
        peer.count(Counted.SESSION_OPENED, "");
        goOn(session, /* resumed= */ false);
    }

    /** Another node has opened it, and is gone. */
    void resumed(Session session) {
        LOG.info("{}: session goes on here", peer.settings().serviceId());
        peer.count(Counted.SESSION_TAKEN_OVER, "");
        goOn(session, /* resumed= */ true);
    }

    private void goOn(Session session, boolean resumed) {
        server.index(session.ours(), peer);
        server.index(session.peers(), peer);
        announced = Optional.empty();
        peer.sessionOpened(session, resumed);
    }

    private void ended(String cause, boolean replaced) {
        LOG.info("{}: session ended: {}", peer.settings().serviceId(), cause);
        peer.count(Counted.SESSION_ENDED, "");
        unindex();
        peer.sessionEnded(cause);
        if (!replaced) {
            peer.tell(new SspEvent.PeerDown(peer.settings().serviceId(), cause));
        }
    }

    private void unindex() {
        peer.session().ifPresent(session -> {
            server.unindex(session.ours(), peer);
            server.unindex(session.peers(), peer);
        });
    }

    /** Another node goes on from here. */
    void giveUp() {
        withdraw();
        unindex();
    }

    private void sendLogout(PairEffect.SendLogout logout) {
        if (dialect.inSession().ending() == Dialect.Ending.NEGATIVE_LOGIN_RESPONSE) {
            peer.link().send(Outbound.setUp(messages.reset(logout.session()), true));
            return;
        }
        farewell(requested(logout.session()), logout.transactionId(), new SessionPrimitive.LogoutRequest());
    }

    private void sendDisconnect(Session session, TransactionId id, int status) {
        if (dialect.inSession().ending() == Dialect.Ending.LOGOUT) {
            // SSP 9.2.3: it ends the session that we provide; the LogoutRequest beside it ends the other one.
            farewell(session.ours(), id, new SessionPrimitive.Disconnect(Optional.of(Status.of(status))));
        }
    }

    private SessionId requested(Session session) {
        return dialect.inSession().requests() == Dialect.SessionIdOf.SENDER ? session.ours() : session.peers();
    }

    private void farewell(SessionId session, TransactionId id, Primitive primitive) {
        peer.trace(true, primitive, id.value(), Optional.empty());
        peer.link().send(Outbound.request(session, new SspMessage.Transaction(Mode.REQUEST, id, primitive), true));
    }

    private void answerLogout(PairEffect.AnswerLogout answer) {
        var disconnect = new SessionPrimitive.Disconnect(Optional.of(Status.of(StatusCode.SUCCESSFUL)));
        SessionId session = answer.session().ours();
        peer.trace(true, disconnect, answer.transactionId().value(), Optional.empty());
        peer.link()
                .send(Outbound.answer(
                        session,
                        session,
                        new SspMessage.Transaction(Mode.RESPONSE, answer.transactionId(), disconnect),
                        true));
    }

    /** The peer's digest came over this connection. */
    private void proved(IncomingConnection line, Optional<Binding> binding) {
        peer.incoming().proved(line);
        peer.adopt(line);
        binding.flatMap(b -> b.peerHost().map(host -> new HostPair(b.ourHost(), host)))
                .ifPresent(pair -> peer.incoming().ofPair(line, pair));
    }

    /** SSP 9.2.3: a connection that was silent for too long, one of several or the last one. */
    void expireLines(Session session, Instant now) {
        for (IncomingConnection expired : peer.incoming().expired(now)) {
            if (peer.incoming().size() > 0) {
                LOG.info("{}: {} was silent for too long", peer.settings().serviceId(), expired);
                sendDisconnect(session, WireIds.fresh("de"), CONNECTION_EXPIRED);
            }
            expired.close();
        }
        if (peer.incoming().allExpired(now)) {
            peer.keeper().tell(new PairEvent.LastConnectionExpired());
        }
    }

    /** Whether a login under way has this id. */
    static boolean knows(PairState state, TransactionId id) {
        return switch (state) {
            case PairState.TokenSent s -> named(s.attempt(), id);
            case PairState.TokenAnswered s -> named(s.attempt(), id);
            case PairState.LoggingIn s -> named(s.attempt(), id);
            case PairState.Replacing s -> knows(s.login(), id);
            case PairState.Open s -> false;
            case PairState.Down s -> false;
            case PairState.Leaving s -> false;
            case PairState.Closed s -> false;
        };
    }

    private static boolean named(Attempt attempt, TransactionId id) {
        return id.equals(attempt.ourId()) || attempt.peerId().filter(id::equals).isPresent();
    }
}
