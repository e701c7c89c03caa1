package org.impsiwf.ssp.codec;

import java.util.Optional;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/** A primitive that breaks the rules of SSP inside a message that can be read; carries what its answer needs. */
public final class DecodeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;
    private final int statusCode;
    private final transient Envelope envelope;

    /**
     * The envelope around the failing primitive, as far as it was readable.
     *
     * @param sessionId absent in set-up
     * @param primitive the name of its element, empty where there is none
     */
    public record Envelope(
            Optional<SessionId> sessionId, Mode mode, Optional<TransactionId> transactionId, String primitive) {

        static final Envelope UNKNOWN = new Envelope(Optional.empty(), Mode.RESPONSE, Optional.empty(), "");
    }

    DecodeException(String path, String problem, int statusCode) {
        this(path, problem, statusCode, Envelope.UNKNOWN);
    }

    private DecodeException(String path, String problem, int statusCode, Envelope envelope) {
        super(path + ": " + problem, null, false, false);
        this.path = path;
        this.problem = problem;
        this.statusCode = statusCode;
        this.envelope = envelope;
    }

    DecodeException in(Envelope around) {
        return new DecodeException(path, problem, statusCode, around);
    }

    /** Where it went wrong, from the primitive down: {@code /SendMessageRequest/MetaInfo/@clientOriginated}. */
    public String path() {
        return path;
    }

    /** What was wrong, without the offending value: it may be a secret. */
    public String problem() {
        return problem;
    }

    /** The status code of the answer, if the primitive is one that gets an answer. */
    public int statusCode() {
        return statusCode;
    }

    /** The transaction to answer. */
    public Envelope envelope() {
        return envelope;
    }
}
