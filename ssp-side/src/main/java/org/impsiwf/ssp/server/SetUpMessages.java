package org.impsiwf.ssp.server;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.Binding;
import org.impsiwf.ssp.session.PairEffect;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.Session;

/** The login steps as messages, in the way that a dialect writes and reads them. Pure. */
final class SetUpMessages {

    private final ServiceId self;
    private final Dialect dialect;

    SetUpMessages(ServiceId self, Dialect dialect) {
        this.self = self;
        this.dialect = dialect;
    }

    SspMessage.SetUp token(PairEffect.SendToken step) {
        boolean request = dialect.setUp().mode() == Dialect.SetUpMode.FIRST_LEGS_REQUEST || !step.inReply();
        return message(
                request,
                step.transactionId(),
                new SessionPrimitive.SendSecretToken(
                        self,
                        SessionPrimitive.SendSecretToken.PROTOCOL,
                        dialect.setUp().protocolVersion(),
                        step.token()));
    }

    SspMessage.SetUp loginRequest(PairEffect.SendLoginRequest step) {
        return message(
                laterLeg(step.initiator()),
                step.transactionId(),
                new SessionPrimitive.LoginRequest(
                        step.binding().map(this::named),
                        self,
                        step.binding().flatMap(Binding::ourHost),
                        step.proof(),
                        step.lifetime()));
    }

    SspMessage.SetUp loginResponse(PairEffect.SendLoginResponse step) {
        return message(
                laterLeg(step.initiator()),
                step.transactionId(),
                new SessionPrimitive.LoginResponse(
                        step.session(),
                        Status.of(step.status()),
                        step.lifetime(),
                        step.hosts().stream()
                                .map(SessionPrimitive.RedirectHost::new)
                                .toList()));
    }

    /** SSP 18.4.6: names the version to come back with. */
    SspMessage.SetUp versionRefused(TransactionId login) {
        return message(
                false,
                login,
                new SessionPrimitive.LoginResponse(
                        Optional.empty(),
                        Status.of(
                                StatusCode.VERSION_NOT_SUPPORTED,
                                "use version " + dialect.setUp().protocolVersion()),
                        Optional.empty(),
                        List.of()));
    }

    /** The id by which a request of ours names the session. */
    private SessionId named(Binding binding) {
        return dialect.inSession().requests() == Dialect.SessionIdOf.SENDER ? binding.ours() : binding.peers();
    }

    /**
     * Ends the session of a peer that knows no Logout: a LoginResponse that fails, under the number in front of the at
     * sign of its own session id.
     */
    SspMessage.SetUp reset(Session session) {
        String peers = session.peers().value();
        int at = peers.indexOf('@');
        return message(
                false,
                new TransactionId(at > 0 ? peers.substring(0, at) : peers),
                new SessionPrimitive.LoginResponse(
                        Optional.empty(),
                        Status.of(StatusCode.INVALID_SESSION_NOT_LOGGED_IN),
                        Optional.empty(),
                        List.of()));
    }

    private boolean laterLeg(boolean initiator) {
        return switch (dialect.setUp().mode()) {
            case FIRST_LEGS_REQUEST -> false;
            case ROLE -> initiator;
        };
    }

    private static SspMessage.SetUp message(boolean request, TransactionId id, Primitive primitive) {
        return new SspMessage.SetUp(request ? Mode.REQUEST : Mode.RESPONSE, id, primitive);
    }

    /**
     * What a set-up message of the peer says.
     *
     * @param open the session that is open
     * @param ourHost the redirect host of ours that it came in at
     */
    PairEvent event(SspMessage.SetUp message, Optional<Session> open, Optional<String> ourHost) {
        TransactionId id = message.transactionId();
        return switch (message.primitive()) {
            case SessionPrimitive.SendSecretToken token ->
                new PairEvent.TokenReceived(id, token.secretToken().strip(), message.mode() == Mode.RESPONSE);
            case SessionPrimitive.LoginRequest login ->
                new PairEvent.LoginRequested(
                        id,
                        login.passwordDigest(),
                        login.timeToLive(),
                        login.sessionId().map(named -> binding(named, login.redirectHostId(), open, ourHost)));
            case SessionPrimitive.LoginResponse response ->
                new PairEvent.LoginAnswered(
                        id,
                        response.statusInfo().statusCode(),
                        response.sessionId(),
                        response.timeToLive(),
                        response.listOfHosts().stream()
                                .map(SessionPrimitive.RedirectHost::hostId)
                                .toList());
            default -> throw new IllegalStateException("no set-up primitive: " + message.primitive());
        };
    }

    /** A session that is not open stays as it was named, and will be refused. */
    private static Binding binding(
            SessionId named, Optional<String> peerHost, Optional<Session> open, Optional<String> ourHost) {
        return open.filter(session -> session.named(named))
                .map(session -> new Binding(session.ours(), session.peers(), peerHost.flatMap(h -> ourHost), peerHost))
                .orElse(new Binding(named, named, ourHost, peerHost));
    }
}
