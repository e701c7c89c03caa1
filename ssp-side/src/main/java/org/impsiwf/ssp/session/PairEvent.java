package org.impsiwf.ssp.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/** What happens to a session pair. */
public sealed interface PairEvent {

    /** @param inReply whether its mode says that it answers a SendSecretToken of ours; not every peer writes that */
    record TokenReceived(TransactionId transactionId, String token, boolean inReply) implements PairEvent {
        @Override
        public String toString() {
            return "TokenReceived[" + transactionId + "]";
        }
    }

    /**
     * The peer proves itself.
     *
     * @param lifetime what it asks for; empty, and zero (D-06): unlimited
     * @param binding the session, as it names it, to which it adds a connection pair
     */
    record LoginRequested(
            TransactionId transactionId, Octets proof, Optional<Duration> lifetime, Optional<Binding> binding)
            implements PairEvent {

        /** For a new session. */
        public LoginRequested(TransactionId transactionId, Octets proof, Optional<Duration> lifetime) {
            this(transactionId, proof, lifetime, Optional.empty());
        }

        @Override
        public String toString() {
            return "LoginRequested[" + transactionId + "]";
        }
    }

    /** We add this connection pair to the session; it waits while a login is under way. */
    record PairWanted(Binding binding) implements PairEvent {}

    /** @param hosts the peer's redirect list */
    record LoginAnswered(
            TransactionId transactionId,
            int status,
            Optional<SessionId> session,
            Optional<Duration> lifetime,
            List<String> hosts)
            implements PairEvent {

        /** Without a redirect list. */
        public LoginAnswered(
                TransactionId transactionId, int status, Optional<SessionId> session, Optional<Duration> lifetime) {
            this(transactionId, status, session, lifetime, List.of());
        }
    }

    record LogoutReceived(TransactionId transactionId) implements PairEvent {}

    /** @param status why; absent when the peer did not say */
    record DisconnectReceived(Optional<Integer> status) implements PairEvent {}

    /** The peer does not take what we post: all connections are gone, or it hangs up on us. */
    record PeerUnreachable(String cause) implements PairEvent {}

    /**
     * The peer does not take a set-up message: it refuses the POST or hangs up on it, as steps 2, 4, 7 and 9 have it. That is
     * the end of a login, never of a session: a stranger can make us send the peer an answer to a token that it never sent.
     */
    record SetUpRefused(String cause) implements PairEvent {}

    /** The peer answers that there is no such session (620), as it does after a restart. */
    record SessionUnknownToPeer() implements PairEvent {}

    /** SSP 8.5, 8.6: repeats are used up, or too many transactions were unknown. */
    record TrustLost(String cause) implements PairEvent {}

    /** SSP 9.2.4: nothing came over the last connection within its lifetime. */
    record LastConnectionExpired() implements PairEvent {}

    /**
     * SSP 10.8.3: services were negotiated.
     *
     * @param weProvide whether they are ours; otherwise the peer's
     * @param confirms the peer's transaction that asked for it and waits for our confirmation
     */
    record ServicesAgreed(boolean weProvide, Agreement agreement, Optional<TransactionId> confirms)
            implements PairEvent {}

    /** The operator ends it, for good. */
    record CloseOrdered(String cause) implements PairEvent {}

    /** A deadline may have been reached. */
    record TimePassed() implements PairEvent {}
}
