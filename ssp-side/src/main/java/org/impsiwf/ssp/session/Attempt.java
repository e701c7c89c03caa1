package org.impsiwf.ssp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/**
 * What is known of one login.
 *
 * @param initiator whether we sent step 1
 * @param ourToken what the peer has to sign
 * @param ourId of our SendSecretToken
 * @param peerToken what we sign; absent before it came
 * @param peerId of the peer's SendSecretToken
 * @param provedAs the Transaction-ID of the peer's LoginRequest, once it proved its password
 * @param asked the lifetime that the peer asked for
 * @param answered whether our LoginResponse has left
 * @param ourSession what we name the session that we provide
 * @param peerSession what the peer named its own, once it accepted us
 * @param granted the lifetime that the peer gave us
 * @param patientUntil after this a leg that the other side owes first is no longer waited for
 * @param giveUpAt the end of the attempt
 * @param binding the session that gets another connection pair; empty: a new session is made
 * @param ourHosts the redirect list that our LoginResponse carried
 * @param peerHosts the redirect list that the peer's carried
 */
public record Attempt(
        boolean initiator,
        String ourToken,
        TransactionId ourId,
        Optional<String> peerToken,
        Optional<TransactionId> peerId,
        Optional<TransactionId> provedAs,
        Optional<Duration> asked,
        boolean answered,
        SessionId ourSession,
        Optional<SessionId> peerSession,
        Optional<Duration> granted,
        Instant patientUntil,
        Instant giveUpAt,
        Optional<Binding> binding,
        List<String> ourHosts,
        List<String> peerHosts) {

    public Attempt {
        ourHosts = List.copyOf(ourHosts);
        peerHosts = List.copyOf(peerHosts);
    }

    static Attempt initiated(Fresh fresh, Instant patientUntil, Instant giveUpAt) {
        return new Attempt(
                true,
                fresh.token(),
                fresh.transactionId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                fresh.sessionId(),
                Optional.empty(),
                Optional.empty(),
                patientUntil,
                giveUpAt,
                Optional.empty(),
                List.of(),
                List.of());
    }

    static Attempt answering(PairEvent.TokenReceived token, Fresh fresh, Instant patientUntil, Instant giveUpAt) {
        return new Attempt(
                false,
                fresh.token(),
                fresh.transactionId(),
                Optional.of(token.token()),
                Optional.of(token.transactionId()),
                Optional.empty(),
                Optional.empty(),
                false,
                fresh.sessionId(),
                Optional.empty(),
                Optional.empty(),
                patientUntil,
                giveUpAt,
                Optional.empty(),
                List.of(),
                List.of());
    }

    Attempt withPeerToken(PairEvent.TokenReceived token, Instant until) {
        return with(attempt -> {
            attempt.peerToken = Optional.of(token.token());
            attempt.peerId = Optional.of(token.transactionId());
            attempt.patientUntil = until;
        });
    }

    Attempt proved(PairEvent.LoginRequested login, Instant until) {
        return with(attempt -> {
            attempt.provedAs = Optional.of(login.transactionId());
            attempt.asked = login.lifetime();
            attempt.patientUntil = until;
        });
    }

    /** The login adds a pair to this session, whose ids stay as they are. */
    Attempt bound(Binding to) {
        return with(attempt -> {
            attempt.ourSession = to.ours();
            attempt.binding = Optional.of(to);
        });
    }

    Attempt accepted(SessionId session, Optional<Duration> lifetime, List<String> hosts) {
        return with(attempt -> {
            attempt.peerSession = Optional.of(session);
            attempt.granted = lifetime;
            attempt.peerHosts = hosts;
        });
    }

    /** Waits longer for the other side's leg. */
    Attempt patient(Instant until) {
        return with(attempt -> attempt.patientUntil = until);
    }

    /** @param hosts the list that the answer carries */
    Attempt withAnswer(List<String> hosts) {
        return with(attempt -> {
            attempt.answered = true;
            attempt.ourHosts = hosts;
        });
    }

    /** Where both lists are there, the redirect takes place. */
    Optional<Redirection> redirection() {
        return ourHosts.isEmpty() || peerHosts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Redirection(initiator, ourHosts, peerHosts));
    }

    /** The id of either SendSecretToken names this login. */
    boolean named(TransactionId id) {
        return id.equals(ourId) || peerId.filter(id::equals).isPresent();
    }

    @Override
    public String toString() {
        return (initiator ? "our login " : "the peer's login ") + ourId;
    }

    private Attempt with(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        return changes.made();
    }

    /** What is known of the login next, at first all that is known now. */
    private final class Changes {
        private Optional<String> peerToken = Attempt.this.peerToken;
        private Optional<TransactionId> peerId = Attempt.this.peerId;
        private Optional<TransactionId> provedAs = Attempt.this.provedAs;
        private Optional<Duration> asked = Attempt.this.asked;
        private boolean answered = Attempt.this.answered;
        private SessionId ourSession = Attempt.this.ourSession;
        private Optional<SessionId> peerSession = Attempt.this.peerSession;
        private Optional<Duration> granted = Attempt.this.granted;
        private Instant patientUntil = Attempt.this.patientUntil;
        private Optional<Binding> binding = Attempt.this.binding;
        private List<String> ourHosts = Attempt.this.ourHosts;
        private List<String> peerHosts = Attempt.this.peerHosts;

        private Attempt made() {
            return new Attempt(
                    initiator,
                    ourToken,
                    ourId,
                    peerToken,
                    peerId,
                    provedAs,
                    asked,
                    answered,
                    ourSession,
                    peerSession,
                    granted,
                    patientUntil,
                    giveUpAt,
                    binding,
                    ourHosts,
                    peerHosts);
        }
    }
}
