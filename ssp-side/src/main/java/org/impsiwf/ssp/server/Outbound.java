package org.impsiwf.ssp.server;

import java.util.Optional;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.transport.OutgoingConnection;

/** One transaction's message on its way out. Confined to the peer's event loop. */
final class Outbound {

    /** In which order kinds leave: an answer never waits behind a request that was ordered after it. */
    enum Kind {
        SET_UP,
        ANSWER,
        REQUEST
    }

    final Kind kind;
    final Optional<SspMessage.SetUp> setUp;
    final Optional<SessionId> session;
    final Optional<SspMessage.Transaction> transaction;
    /** For the header of the POST. */
    final Optional<SessionId> headerSession;
    /** Part of the end of a session: leaves even though it is over. */
    final boolean farewell;
    /** The only connection that it may leave on. */
    Optional<OutgoingConnection> pinned = Optional.empty();
    /** The redirect pair that it leaves on, as long as that is there. */
    Optional<HostPair> pair = Optional.empty();
    /** The connection that it left on last. */
    Optional<OutgoingConnection> carriedBy = Optional.empty();

    int failures;

    private Outbound(
            Kind kind,
            Optional<SspMessage.SetUp> setUp,
            Optional<SessionId> session,
            Optional<SspMessage.Transaction> transaction,
            Optional<SessionId> headerSession,
            boolean farewell) {
        this.kind = kind;
        this.setUp = setUp;
        this.session = session;
        this.transaction = transaction;
        this.headerSession = headerSession;
        this.farewell = farewell;
    }

    static Outbound setUp(SspMessage.SetUp message, boolean farewell) {
        return new Outbound(
                Kind.SET_UP, Optional.of(message), Optional.empty(), Optional.empty(), Optional.empty(), farewell);
    }

    static Outbound request(SessionId session, SspMessage.Transaction transaction, boolean farewell) {
        return new Outbound(
                Kind.REQUEST,
                Optional.empty(),
                Optional.of(session),
                Optional.of(transaction),
                Optional.of(session),
                farewell);
    }

    /** @param answered the session id of the message that is answered, which the header repeats */
    static Outbound answer(
            SessionId session, SessionId answered, SspMessage.Transaction transaction, boolean farewell) {
        return new Outbound(
                Kind.ANSWER,
                Optional.empty(),
                Optional.of(session),
                Optional.of(transaction),
                Optional.of(answered),
                farewell);
    }

    int weight() {
        return transaction.map(t -> PrimitiveFacts.weight(t.primitive())).orElse(0);
    }

    @Override
    public String toString() {
        return setUp.map(m -> PrimitiveFacts.of(m.primitive()).name())
                .or(() -> transaction.map(t -> PrimitiveFacts.of(t.primitive()).name() + " " + t.transactionId()))
                .orElse("nothing");
    }
}
