package org.impsiwf.gateway.domain;

import java.nio.charset.StandardCharsets;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Decoded;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.MalformedMessageException;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/** Primitives as SSP would carry them, for a tester who reads and writes XML. The ids around them mean nothing here. */
final class WireForm {

    private static final SessionId NO_SESSION = new SessionId("tester");
    private static final TransactionId NO_TRANSACTION = new TransactionId("tester");

    private final SspCodec codec = new SspCodec();

    /** A text that is no message with one transaction, or whose primitive breaks a rule. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /** @throws Unreadable saying what is wrong */
    Primitive read(byte[] message) throws Unreadable {
        try {
            Decoded decoded = codec.decode(message, Dialect.OMA_1_3);
            if (!decoded.refused().isEmpty()) {
                throw new Unreadable(decoded.refused().getFirst().getMessage());
            }
            if (decoded.message() instanceof SspMessage.InSession inSession
                    && inSession.transactions().size() == 1) {
                return inSession.transactions().getFirst().primitive();
            }
            throw new Unreadable("a message with one transaction in a session is expected");
        } catch (MalformedMessageException | DecodeException wrong) {
            throw new Unreadable(wrong.getMessage());
        }
    }

    String write(Mode mode, Primitive primitive) {
        var transaction = new SspMessage.Transaction(mode, NO_TRANSACTION, primitive);
        return new String(
                codec.encode(SspMessage.InSession.of(NO_SESSION, transaction), Dialect.OMA_1_3),
                StandardCharsets.UTF_8);
    }
}
