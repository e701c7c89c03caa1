package org.impsiwf.ssp.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.transaction.Outgoing;
import org.impsiwf.ssp.transaction.OutgoingEffect;
import org.impsiwf.ssp.transaction.OutgoingEvent;
import org.impsiwf.ssp.transaction.OutgoingState;
import org.impsiwf.ssp.transport.OutgoingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactions that we open with one peer. Confined to its event loop. */
final class PeerRequests {

    private static final Logger LOG = LoggerFactory.getLogger(PeerRequests.class);
    private static final int FIRST_REFUSAL = 400;
    private static final int HTTP_CONTENT_TOO_LARGE = 413;

    private final PeerScope peer;
    private final Outgoing machine;
    private final OutgoingTable table = new OutgoingTable();
    private final Dialect.InSession dialect;
    private final Originals originals;

    PeerRequests(PeerScope peer, Originals originals) {
        this.peer = peer;
        this.originals = originals;
        machine = new Outgoing(peer.settings().timing());
        dialect = peer.settings().dialect().inSession();
    }

    /** An order from outside; its outcome is told as an event. */
    void order(SspRequestId request, Primitive primitive) {
        OutgoingTable.Asker asker = new OutgoingTable.Asker() {
            @Override
            public void answered(Primitive answer) {
                peer.tell(new SspEvent.ResponseReceived(peer.settings().serviceId(), request, answer));
            }

            @Override
            public void failed(SspEvent.Cause cause) {
                peer.tell(new SspEvent.RequestFailed(peer.settings().serviceId(), request, cause));
            }
        };
        if (primitive instanceof InvitationPrimitive.CancelInviteRequest && !dialect.cancelInviteUnderstood()) {
            asker.answered(Status.of(StatusCode.SERVICE_NOT_SUPPORTED, "not understood by this peer"));
            return;
        }
        Optional<StatusCode> objection = peer.servicesSettled() ? peer.objectionToOurs(primitive) : Optional.empty();
        if (objection.isPresent()) {
            notAgreed(primitive, asker, objection.get());
            return;
        }
        originals.find(primitive, original -> open(entry(request, primitive, original, asker)));
    }

    /** SSP 10: the peer would have to refuse it. */
    private void notAgreed(Primitive primitive, OutgoingTable.Asker asker, StatusCode objection) {
        peer.count(Counted.REQUEST_NOT_AGREED, PrimitiveFacts.of(primitive).name());
        asker.answered(Status.of(objection, "not agreed with this peer"));
    }

    private OutgoingTable.Entry entry(
            SspRequestId request, Primitive primitive, Optional<TransactionId> original, OutgoingTable.Asker asker) {
        Mode mode = original.isPresent() && dialect.reportMode() == Dialect.ReportMode.RESPONSE_UNDER_ORIGINAL_ID
                ? Mode.RESPONSE
                : Mode.REQUEST;
        TransactionId id = original.orElseGet(() -> WireIds.of(request));
        if (original.isPresent() && table.find(id).isPresent()) {
            return new OutgoingTable.Entry(
                    WireIds.of(request), Mode.REQUEST, primitive, Optional.of(request), asker, true);
        }
        return new OutgoingTable.Entry(id, mode, primitive, Optional.of(request), asker, true);
    }

    /** What later messages of the peer's transaction will have to refer to. */
    void rememberOriginal(TransactionId id, Primitive request) {
        originals.remember(id, request);
    }

    /**
     * Opens a transaction of our own.
     *
     * @param essential whether an unanswered one says that the peer is dead
     * @param pinned the only connection that may carry it
     */
    OutgoingTable.Entry ask(
            TransactionId id,
            Primitive primitive,
            OutgoingTable.Asker asker,
            boolean essential,
            Optional<OutgoingConnection> pinned) {
        var entry = new OutgoingTable.Entry(id, Mode.REQUEST, primitive, Optional.empty(), asker, essential);
        entry.pinned = pinned;
        open(entry);
        return entry;
    }

    private void open(OutgoingTable.Entry entry) {
        if (table.size() >= peer.settings().limits().openRequests()) {
            peer.count(
                    Counted.REQUEST_OVERLOAD, PrimitiveFacts.of(entry.primitive).name());
            entry.asker.failed(SspEvent.Cause.OVERLOAD);
            return;
        }
        Instant now = peer.now();
        boolean own = entry.request.isEmpty();
        if (peer.session().isPresent() && (own || peer.servicesSettled())) {
            if (add(entry)) {
                apply(entry, machine.opened(now));
            }
        } else if (peer.sessionExpected()) {
            entry.state = machine.waiting(now, peer.settings().session().requestWait());
            add(entry);
        } else {
            peer.count(
                    Counted.REQUEST_UNSENT, PrimitiveFacts.of(entry.primitive).name());
            entry.asker.failed(SspEvent.Cause.NO_SESSION);
        }
    }

    private boolean add(OutgoingTable.Entry entry) {
        boolean added = table.add(entry);
        if (!added) {
            LOG.info("{}: {} is ordered already and still open", peer.settings().serviceId(), entry.id);
        }
        return added;
    }

    void cancel(OutgoingTable.Entry entry) {
        table.remove(entry);
    }

    boolean isOpen(TransactionId id) {
        return table.find(id).isPresent();
    }

    /**
     * A response of the peer.
     *
     * @param pair the redirect pair that it came over
     */
    void answered(TransactionId id, Primitive answer, Optional<HostPair> pair) {
        Optional<OutgoingTable.Entry> found = table.find(id);
        peer.trace(false, answer, id.value(), found);
        if (found.isEmpty()) {
            peer.count(Counted.ANSWER_UNEXPECTED, PrimitiveFacts.of(answer).name());
            LOG.info(
                    "{}: {} for {}, which is not open: late, doubled or of another id",
                    peer.settings().serviceId(),
                    PrimitiveFacts.of(answer).name(),
                    id);
            return;
        }
        OutgoingTable.Entry entry = found.get();
        noteOtherPair(entry, pair);
        if (answer instanceof Status status && status.isProvisional()) {
            decide(entry, new OutgoingEvent.Provisional(status.statusCode()));
        } else if (answer instanceof Status status && status.statusCode() == StatusCode.INVALID_SERVER_SESSION.code()) {
            peer.sessionUnknownToPeer();
        } else {
            Outgoing.Decision decision = machine.decide(entry.state, new OutgoingEvent.FinalAnswer(), peer.now());
            peer.count(
                    Counted.REQUEST_ANSWERED, PrimitiveFacts.of(entry.primitive).name());
            noteRefusal(entry, answer);
            complete(entry, decision, answer);
        }
    }

    /** The other side of the gateway hides most codes; whoever runs it has to see what the peer objects to. */
    private void noteRefusal(OutgoingTable.Entry entry, Primitive answer) {
        int code = switch (answer) {
            case Status status -> status.statusCode();
            case ImPrimitive.SendMessageResponse sent -> sent.statusInfo().statusCode();
            default -> StatusCode.SUCCESSFUL.code();
        };
        if (code >= FIRST_REFUSAL) {
            peer.count(Counted.REQUEST_REFUSED, String.valueOf(code));
            LOG.info(
                    "{}: {} {} was refused with {}",
                    peer.settings().serviceId(),
                    PrimitiveFacts.of(entry.primitive).name(),
                    entry.id,
                    code);
        }
    }

    /** SSP 6.2: it is taken all the same, since its pair may have been lost meanwhile. */
    private void noteOtherPair(OutgoingTable.Entry entry, Optional<HostPair> pair) {
        Optional<HostPair> asked = entry.sentAs
                .flatMap(sent -> sent.carriedBy)
                .flatMap(line -> peer.link().lines().pairOf(line));
        if (pair.isPresent() && asked.isPresent() && !pair.equals(asked)) {
            peer.count(Counted.ANSWER_OVER_ANOTHER_PAIR, "");
            LOG.info(
                    "{}: {} was asked over {} and answered over {}",
                    peer.settings().serviceId(),
                    entry.id,
                    asked,
                    pair);
        }
    }

    /** SSP 8.6: a response that breaks the rules is as good as none. */
    void unusable(TransactionId id) {
        peer.count(Counted.ANSWER_UNUSABLE, "");
        table.find(id).ifPresent(entry -> decide(entry, new OutgoingEvent.UnusableAnswer()));
    }

    /** The peer's HTTP server has it. */
    void delivered(List<Outbound> messages) {
        for (Outbound message : messages) {
            if (message.kind != Outbound.Kind.REQUEST || message.transaction.isEmpty()) {
                continue;
            }
            table.find(message.transaction.get().transactionId())
                    .filter(this::endsWithDelivery)
                    .ifPresent(entry -> complete(
                            entry,
                            machine.decide(entry.state, new OutgoingEvent.Delivered(), peer.now()),
                            Status.of(StatusCode.SUCCESSFUL)));
        }
    }

    private boolean endsWithDelivery(OutgoingTable.Entry entry) {
        PrimitiveFacts facts = PrimitiveFacts.of(entry.primitive);
        return facts.oneWay() || (facts.notice() && !dialect.noticeNeedsStatus());
    }

    /** The peer's HTTP server refused it: it has not been, and will not be, executed. */
    void refused(Outbound message, int httpStatus) {
        LOG.warn("{}: {} refused with HTTP {}", peer.settings().serviceId(), message, httpStatus);
        StatusCode code = httpStatus == HTTP_CONTENT_TOO_LARGE
                ? StatusCode.MESSAGE_HAS_BEEN_REJECTED_DUE_TO_LIMITATIONS
                : StatusCode.BAD_REQUEST;
        message.transaction.flatMap(t -> table.find(t.transactionId())).ifPresent(entry -> {
            table.remove(entry);
            entry.asker.answered(Status.of(code, "HTTP " + httpStatus + " from the peer"));
        });
    }

    /** It has not left and never will. */
    void unwritable(Outbound message) {
        message.transaction
                .flatMap(t -> table.find(t.transactionId()))
                .ifPresent(entry -> fail(entry, SspEvent.Cause.NO_SESSION));
    }

    /** A session is open and it is settled what may be asked in it: what waited leaves. */
    void sessionOpened() {
        for (OutgoingTable.Entry entry : table.all()) {
            Optional<StatusCode> objection =
                    entry.request.isPresent() ? peer.objectionToOurs(entry.primitive) : Optional.empty();
            if (objection.isPresent()) {
                table.remove(entry);
                notAgreed(entry.primitive, entry.asker, objection.get());
            } else {
                decide(entry, new OutgoingEvent.SessionOpened());
            }
        }
    }

    void sessionLost() {
        table.all().forEach(entry -> decide(entry, new OutgoingEvent.SessionLost()));
    }

    /** No session will come soon: what has not left never will. */
    void failUnsent() {
        for (OutgoingTable.Entry entry : table.all()) {
            if (entry.state instanceof OutgoingState.Waiting w && !w.sent()) {
                apply(entry, machine.decide(w, new OutgoingEvent.TimePassed(), w.giveUpAt()));
            }
        }
    }

    /** Everything ends now, truthfully. */
    void failAll() {
        for (OutgoingTable.Entry entry : table.all()) {
            table.remove(entry);
            boolean unsent = entry.state instanceof OutgoingState.Waiting w && !w.sent();
            entry.asker.failed(unsent ? SspEvent.Cause.NO_SESSION : SspEvent.Cause.NO_ANSWER);
        }
    }

    /** Another node goes on from here: whoever ordered them gives them to that. */
    void giveUp() {
        table.all().forEach(table::remove);
    }

    void tick(Instant now) {
        table.due(now).forEach(entry -> decide(entry, new OutgoingEvent.TimePassed()));
    }

    private void decide(OutgoingTable.Entry entry, OutgoingEvent event) {
        apply(entry, machine.decide(entry.state, event, peer.now()));
    }

    private void complete(OutgoingTable.Entry entry, Outgoing.Decision decision, Primitive answer) {
        entry.state = decision.next();
        table.remove(entry);
        entry.asker.answered(answer);
    }

    private void apply(OutgoingTable.Entry entry, Outgoing.Decision decision) {
        entry.state = decision.next();
        for (OutgoingEffect effect : decision.effects()) {
            switch (effect) {
                case OutgoingEffect.Send s -> send(entry);
                case OutgoingEffect.Complete c ->
                    throw new IllegalStateException("completed without an answer: " + entry.id);
                case OutgoingEffect.FailUnanswered f -> fail(entry, SspEvent.Cause.NO_ANSWER);
                case OutgoingEffect.FailUnsent f -> fail(entry, SspEvent.Cause.NO_SESSION);
                case OutgoingEffect.EndSession e -> {
                    if (entry.essential && !endsWithDelivery(entry)) {
                        peer.endSession(PrimitiveFacts.of(entry.primitive).name() + " was never answered");
                    }
                }
                case OutgoingEffect.MoveTraffic m ->
                    entry.sentAs.flatMap(o -> o.carriedBy).ifPresent(peer.link().lines()::overloaded);
            }
        }
    }

    private void fail(OutgoingTable.Entry entry, SspEvent.Cause cause) {
        table.remove(entry);
        peer.count(
                cause == SspEvent.Cause.NO_ANSWER ? Counted.REQUEST_UNANSWERED : Counted.REQUEST_UNSENT,
                PrimitiveFacts.of(entry.primitive).name());
        entry.asker.failed(cause);
    }

    private void send(OutgoingTable.Entry entry) {
        Session session = peer.session().orElseThrow();
        SessionId id = dialect.requests() == Dialect.SessionIdOf.SENDER ? session.ours() : session.peers();
        var transaction = new SspMessage.Transaction(entry.mode, entry.id, entry.primitive);
        peer.count(
                entry.sentAs.isPresent() ? Counted.REQUEST_REPEATED : Counted.REQUEST_SENT,
                PrimitiveFacts.of(entry.primitive).name());
        peer.trace(true, entry.primitive, entry.id.value(), Optional.of(entry));
        Outbound message = Outbound.request(id, transaction, false);
        message.pinned = entry.pinned;
        entry.sentAs = Optional.of(message);
        peer.link().send(message);
    }

    int open() {
        return table.size();
    }
}
