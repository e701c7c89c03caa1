package org.impsiwf.ssp.codec;

import java.util.List;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/** One message of the wire, the body of one POST. */
public sealed interface SspMessage {

    /** Before a session exists: SendSecretToken, LoginRequest or LoginResponse. */
    record SetUp(Mode mode, TransactionId transactionId, Primitive primitive) implements SspMessage {}

    /** Within a session: transactions that happen to travel together. */
    record InSession(SessionId sessionId, List<Transaction> transactions) implements SspMessage {
        public InSession {
            transactions = List.copyOf(transactions);
        }

        public static InSession of(SessionId sessionId, Transaction transaction) {
            return new InSession(sessionId, List.of(transaction));
        }
    }

    /** One primitive of one transaction. */
    record Transaction(Mode mode, TransactionId transactionId, Primitive primitive) {}
}
