package org.impsiwf.ssp.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/** What a decision about a session pair orders, to be carried out in order after the state is stored. */
public sealed interface PairEffect {

    /** @param inReply step 3, not step 1 */
    record SendToken(TransactionId transactionId, String token, boolean inReply, Optional<Binding> binding)
            implements PairEffect {
        @Override
        public String toString() {
            return inReply ? "SendToken (step 3)" : "SendToken (step 1)";
        }
    }

    /** @param initiator whether we are */
    record SendLoginRequest(
            TransactionId transactionId,
            Octets proof,
            Optional<Duration> lifetime,
            boolean initiator,
            Optional<Binding> binding)
            implements PairEffect {
        @Override
        public String toString() {
            return initiator ? "SendLoginRequest (step 5)" : "SendLoginRequest (step 6)";
        }
    }

    record SendLoginResponse(
            TransactionId transactionId,
            int status,
            Optional<SessionId> session,
            Optional<Duration> lifetime,
            boolean initiator,
            Optional<Binding> binding,
            List<String> hosts)
            implements PairEffect {
        @Override
        public String toString() {
            return "SendLoginResponse " + status + (initiator ? " (step 10)" : " (step 8)");
        }
    }

    /** Ends the session that the peer provides. */
    record SendLogout(Session session, TransactionId transactionId) implements PairEffect {
        @Override
        public String toString() {
            return "SendLogout";
        }
    }

    /** Ends the session that we provide. */
    record SendDisconnect(Session session, TransactionId transactionId, int status) implements PairEffect {
        @Override
        public String toString() {
            return "SendDisconnect " + status;
        }
    }

    /** Answers a LogoutRequest. */
    record AnswerLogout(Session session, TransactionId transactionId) implements PairEffect {
        @Override
        public String toString() {
            return "AnswerLogout";
        }
    }

    /** The digest that came over the connection of the event is the peer's: so is the connection, and its host. */
    record PeerProved(Optional<Binding> binding) implements PairEffect {
        @Override
        public String toString() {
            return "PeerProved";
        }
    }

    /** Messages of the session may flow. */
    record SessionOpened(Session session) implements PairEffect {
        @Override
        public String toString() {
            return "SessionOpened";
        }
    }

    /**
     * The session has another connection pair.
     *
     * @param session with the lists that came over a master pair
     */
    record PairAdded(Session session, Binding binding) implements PairEffect {
        @Override
        public String toString() {
            return "PairAdded";
        }
    }

    /** From now on the session is used as agreed. */
    record AgreementMade(Session session, Optional<TransactionId> confirms) implements PairEffect {
        @Override
        public String toString() {
            return "AgreementMade";
        }
    }

    /** What is in flight waits for the next session or its own end. */
    record SessionEnded(String cause) implements PairEffect {
        @Override
        public String toString() {
            return "SessionEnded";
        }
    }

    /** Closes every connection of the pair once what was ordered before has left. */
    record CloseConnections() implements PairEffect {}

    /** Closes the connection that the event came over, without a word: the peer tries to log in while we are leaving. */
    record TurnAway() implements PairEffect {}

    /** Closes the connection that the event came over, without a word. */
    record HangUp(String cause) implements PairEffect {
        @Override
        public String toString() {
            return "HangUp";
        }
    }

    /** An attempt came to nothing. */
    record LoginFailed(String cause) implements PairEffect {
        @Override
        public String toString() {
            return "LoginFailed";
        }
    }
}
