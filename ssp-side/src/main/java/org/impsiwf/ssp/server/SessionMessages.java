package org.impsiwf.ssp.server;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Decoded;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.ConnectionLifetime;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes from one peer and names a session: whether it is of the session that is open, and whose transaction each part
 * of it is. Confined to the peer's event loop.
 */
final class SessionMessages {

    private static final Logger LOG = LoggerFactory.getLogger(SessionMessages.class);
    private static final int MOST_HELD = 1000;

    private final Peer peer;
    private final PeerRequests requests;
    private final PeerTransactions transactions;
    /** Messages that came while the session was being decided about; they are looked at when that is done. */
    private final Queue<Held> held = new ArrayDeque<>();

    private record Held(Optional<IncomingConnection> from, SspMessage.InSession message, Decoded decoded) {}

    SessionMessages(Peer peer, PeerRequests requests, PeerTransactions transactions) {
        this.peer = peer;
        this.requests = requests;
        this.transactions = transactions;
    }

    void received(Optional<IncomingConnection> from, SspMessage.InSession message, Decoded decoded) {
        if (peer.keeper().busy() && held.size() < MOST_HELD) {
            held.add(new Held(from, message, decoded));
        } else {
            take(from, message, decoded);
        }
    }

    /** The decision is made: what came in the meantime is looked at. */
    void release() {
        for (Held next = held.poll(); next != null; next = held.poll()) {
            take(next.from(), next.message(), next.decoded());
        }
    }

    /** Another node goes on from here; what waited will be repeated to it. */
    void giveUp() {
        held.clear();
    }

    private void take(Optional<IncomingConnection> from, SspMessage.InSession message, Decoded decoded) {
        SessionId id = message.sessionId();
        Optional<Session> open = peer.session().filter(session -> session.named(id));
        if (open.isEmpty()) {
            LOG.info(
                    "{}: message for a session that is not open",
                    peer.settings().serviceId());
            Via nowhere = new Via(id, Optional.empty());
            message.transactions().forEach(t -> transactions.refuseSession(t, nowhere));
            return;
        }
        if (from.isPresent() && !trusted(from.get(), open.get(), id)) {
            LOG.warn(
                    "{}: somebody names its session from {}: hanging up",
                    peer.settings().serviceId(),
                    from.get());
            peer.count(Counted.SESSION_UNKNOWN, "");
            from.get().close();
            return;
        }
        from.ifPresent(peer::adopt);
        Via via = new Via(id, from.flatMap(peer.mesh()::pairOf));
        decoded.refused().forEach(wrong -> refused(wrong, via));
        message.transactions().forEach(transaction -> dispatch(from, transaction, via));
    }

    /**
     * The id that we gave the peer is a secret of ours. The peer's own may be easy to guess, as a running number is; it is
     * taken from hosts that the peer has proved itself from, or that we speak to.
     */
    private boolean trusted(IncomingConnection from, Session open, SessionId id) {
        if (id.equals(open.ours())) {
            peer.incoming().proved(from);
            return true;
        }
        return peer.incoming().fromProvedHost(from)
                || from.host().filter(peer.link().lines()::reaches).isPresent();
    }

    private void refused(DecodeException wrong, Via askedIn) {
        Optional<TransactionId> id = wrong.envelope().transactionId();
        if (wrong.envelope().mode() == Mode.RESPONSE
                && id.filter(requests::isOpen).isPresent()) {
            requests.unusable(id.get());
        } else {
            transactions.refused(wrong, askedIn);
        }
    }

    private void dispatch(Optional<IncomingConnection> from, SspMessage.Transaction transaction, Via askedIn) {
        TransactionId id = transaction.transactionId();
        switch (transaction.primitive()) {
            case SessionPrimitive.LogoutRequest logout -> peer.keeper().tell(new PairEvent.LogoutReceived(id), from);
            case SessionPrimitive.Disconnect disconnect ->
                peer.keeper()
                        .tell(
                                new PairEvent.DisconnectReceived(
                                        disconnect.statusInfo().map(Status::statusCode)),
                                from);
            case SessionPrimitive.KeepAliveRequest keepAlive -> answerKeepAlive(from, id, keepAlive, askedIn);
            case Primitive other -> dispatchOther(transaction, other, askedIn);
        }
    }

    private void dispatchOther(SspMessage.Transaction transaction, Primitive primitive, Via askedIn) {
        PrimitiveFacts facts = PrimitiveFacts.of(primitive);
        // A late or repeated LeaveGroupIndication is no order to leave.
        boolean said = requests.isOpen(transaction.transactionId()) || facts.canOnlyAnswer(primitive);
        boolean answersOurs = facts.answers() && (!facts.opens() || (transaction.mode() == Mode.RESPONSE && said));
        if (answersOurs) {
            requests.answered(transaction.transactionId(), primitive, askedIn.pair());
        } else if (facts.opens()) {
            requests.rememberOriginal(transaction.transactionId(), primitive);
            transactions.received(transaction, askedIn);
        } else {
            transactions.answerUnkept(transaction.transactionId(), askedIn, Status.of(StatusCode.BAD_REQUEST));
        }
    }

    /** SSP 9.2.4: for the connection that it came over. */
    private void answerKeepAlive(
            Optional<IncomingConnection> from, TransactionId id, SessionPrimitive.KeepAliveRequest asked, Via askedIn) {
        var granted = ConnectionLifetime.grant(
                asked.timeToLive(), peer.settings().session().lifetime());
        from.ifPresent(line -> peer.incoming().renewed(line, granted, peer.now()));
        transactions.answerUnkept(
                id, askedIn, new SessionPrimitive.KeepAliveResponse(Status.of(StatusCode.SUCCESSFUL), granted));
    }
}
