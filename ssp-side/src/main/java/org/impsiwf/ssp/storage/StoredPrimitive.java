package org.impsiwf.ssp.storage;

import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.MalformedMessageException;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/** A primitive in a column: an SSP message of its own, so that what an earlier release has stored is read like a peer's. */
final class StoredPrimitive {

    private static final SspCodec CODEC = new SspCodec();
    private static final SessionId SESSION = new SessionId("stored");
    private static final TransactionId TRANSACTION = new TransactionId("stored");

    private StoredPrimitive() {}

    static byte[] bytes(Primitive primitive) {
        return CODEC.encode(
                InSession.of(SESSION, new Transaction(Mode.REQUEST, TRANSACTION, primitive)), Dialect.OMA_1_3);
    }

    static Primitive of(byte[] bytes) {
        try {
            return ((InSession) CODEC.decode(bytes, Dialect.OMA_1_3).message())
                    .transactions()
                    .getFirst()
                    .primitive();
        } catch (MalformedMessageException | DecodeException e) {
            throw new IllegalStateException("a stored primitive cannot be read", e);
        }
    }
}
