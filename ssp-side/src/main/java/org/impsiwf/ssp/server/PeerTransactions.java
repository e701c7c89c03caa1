package org.impsiwf.ssp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.transaction.Rate;
import org.impsiwf.ssp.transaction.UnknownTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactions that one peer opens with us. Confined to its event loop. */
final class PeerTransactions implements IncomingTable.Owner {

    private static final int MOST_SESSION_REFUSALS = 10;
    private static final Duration REFUSALS_COUNT_FOR = Duration.ofMinutes(1);

    private Instant sessionsRefusedSince = Instant.EPOCH;
    private int sessionsRefused;

    private static final Logger LOG = LoggerFactory.getLogger(PeerTransactions.class);
    private static final int MOST_ONE_WAY = 1000;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final PeerScope peer;
    private final Dialect.InSession dialect;
    private final IncomingTable table;
    private final boolean saysContinue;
    private final Rate rate;
    private final SpeakingRights rights;
    private final UnknownTransactions unknown;
    private final PeerServices services;
    /** One-way transactions get no answer that could be kept; their ids are enough to see a repeat. */
    private final Set<IncomingTable.Key> oneWay = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IncomingTable.Key, Boolean> eldest) {
            return size() > MOST_ONE_WAY;
        }
    });

    private final AnswerStore answers;
    /** Answers on their way through the store. */
    private int keeping;

    private boolean leaving;

    PeerTransactions(PeerScope peer, PeerServices services, AnswerStore answers) {
        this.peer = peer;
        this.answers = answers;
        this.services = services;
        PeerSettings settings = peer.settings();
        dialect = settings.dialect().inSession();
        // The observed server would take a 1xx for the final answer.
        saysContinue = !settings.dialect().equals(Dialect.BARAZA);
        table = new IncomingTable(settings.timing(), settings.limits(), saysContinue, this);
        rate = new Rate(settings.limits().transactionsPerSecond());
        rights = new SpeakingRights(settings);
        unknown = new UnknownTransactions(settings.unknownTransactions());
    }

    /** A request, notification or later message of the peer. */
    void received(SspMessage.Transaction transaction, Via askedIn) {
        PrimitiveFacts facts = PrimitiveFacts.of(transaction.primitive());
        if (peer.link().queued() > peer.settings().limits().openTransactions()) {
            // A peer that asks and does not take our answers has to slow down: it will repeat this one.
            peer.count(Counted.TRANSACTION_OVERLOAD, facts.name());
            return;
        }
        if (!rate.admits(peer.now()) && !table.knows(transaction)) {
            peer.count(Counted.TRANSACTION_OVERLOAD, facts.name());
            if (!facts.oneWay()) {
                answerUnkept(transaction.transactionId(), askedIn, busy());
            }
            return;
        }
        peer.count(Counted.TRANSACTION_RECEIVED, facts.name());
        peer.trace(false, transaction.primitive(), transaction.transactionId().value(), Optional.empty());
        if (facts.oneWay()) {
            receivedOneWay(transaction, facts);
            return;
        }
        switch (table.begin(transaction, askedIn, peer.now())) {
            case EXECUTE -> {
                warnOfOverload(transaction.transactionId(), askedIn);
                executeOnce(transaction, facts);
            }
            case NO_ROOM -> {
                peer.count(Counted.TRANSACTION_OVERLOAD, facts.name());
                answerUnkept(transaction.transactionId(), askedIn, busy());
            }
            case REPEATED -> {}
        }
    }

    /** SSP 18.1.4: before there is no room any more the peer is told to use other connections. */
    private void warnOfOverload(TransactionId id, Via askedIn) {
        int most = peer.settings().limits().openTransactions();
        if (saysContinue && table.open() > most - most / 4) {
            answerUnkept(id, askedIn, Status.of(StatusCode.SERVER_QUEUED));
        }
    }

    private void receivedOneWay(SspMessage.Transaction transaction, PrimitiveFacts facts) {
        Primitive notification = transaction.primitive();
        Optional<StatusCode> objection = rights.objection(notification).or(() -> services.objection(notification));
        if (objection.isPresent()) {
            // Nothing answers a one-way transaction (D-18).
            unknown(facts.name(), objection.get().code());
        } else if (!services.indicated(notification)) {
            tellOnce(transaction, new IncomingTable.Key(transaction.transactionId(), facts.name()));
        }
    }

    private void tellOnce(SspMessage.Transaction transaction, IncomingTable.Key key) {
        if (!oneWay.add(key)) {
            peer.count(Counted.TRANSACTION_DUPLICATE, key.primitive());
            return;
        }
        answers.find(key, peer.now(), before -> {
            if (before.isPresent()) {
                peer.count(Counted.TRANSACTION_DUPLICATE, key.primitive());
            } else {
                answers.keep(key, Optional.empty(), () -> tell(transaction));
            }
        });
    }

    /** D-25: unless another node has done so, and perhaps has died before its answer arrived. */
    private void executeOnce(SspMessage.Transaction transaction, PrimitiveFacts facts) {
        IncomingTable.Key key = new IncomingTable.Key(transaction.transactionId(), facts.name());
        answers.find(key, peer.now(), before -> {
            Optional<Primitive> answer = before.flatMap(KeptAnswer::answer);
            if (answer.isPresent()) {
                peer.count(Counted.TRANSACTION_DUPLICATE, facts.name());
                answer(key.transactionId().value(), answer.get());
            } else {
                execute(transaction);
            }
        });
    }

    private void execute(SspMessage.Transaction transaction) {
        Primitive request = transaction.primitive();
        String id = transaction.transactionId().value();
        Optional<StatusCode> objection = rights.objection(request);
        if (objection.isPresent()) {
            String name = PrimitiveFacts.of(request).name();
            LOG.warn(
                    "{}: {} {} refused with {}: the peer may not speak for that domain",
                    peer.settings().serviceId(),
                    name,
                    id,
                    objection.get().code());
            answer(id, Status.of(objection.get()));
            unknown(name, objection.get().code());
            return;
        }
        Optional<StatusCode> notAgreed = services.objection(request);
        if (notAgreed.isPresent()) {
            answer(id, Status.of(notAgreed.get(), "not agreed"));
            unknown(PrimitiveFacts.of(request).name(), notAgreed.get().code());
        } else if (services.answers(transaction.transactionId(), request)) {
            peer.flushSoon();
        } else if (leaving) {
            answer(id, busy());
        } else {
            tell(transaction);
        }
    }

    private void tell(SspMessage.Transaction transaction) {
        peer.tell(new SspEvent.RequestReceived(
                peer.settings().serviceId(),
                new TransactionRef(
                        peer.settings().serviceId(), transaction.transactionId().value()),
                transaction.primitive()));
    }

    private static Status busy() {
        return new Status(
                StatusCode.SERVICE_UNAVAILABLE.code(), Optional.empty(), List.of(), Optional.of(TRY_AGAIN), List.of());
    }

    /** SSP 8.6 (1): a transaction whose primitive breaks the rules; it is answered and counted, the session goes on. */
    void refused(DecodeException wrong, Via askedIn) {
        DecodeException.Envelope envelope = wrong.envelope();
        LOG.warn(
                "{}: transaction {} refused with {}: {}",
                peer.settings().serviceId(),
                envelope.transactionId().map(TransactionId::value).orElse("without id"),
                wrong.statusCode(),
                wrong.getMessage());
        envelope.transactionId()
                .ifPresent(id -> answerUnkept(id, askedIn, Status.of(wrong.statusCode(), wrong.getMessage())));
        unknown(envelope.primitive(), wrong.statusCode());
    }

    /**
     * D-03: there is no such session here. The answer goes to the peer itself, whoever asked: a stranger that guesses session
     * ids must not make us send the peer more answers to nothing than it bears.
     */
    void refuseSession(SspMessage.Transaction transaction, Via askedIn) {
        peer.count(Counted.SESSION_UNKNOWN, "");
        if (transaction.mode() == Mode.REQUEST
                && !PrimitiveFacts.of(transaction.primitive()).oneWay()
                && mayRefuseSession(peer.now())) {
            // In the session that is open: in the one that was asked for, the peer's own 404 would end ours.
            SessionId known = peer.session().map(Session::peers).orElse(askedIn.session());
            answerUnkept(
                    transaction.transactionId(),
                    new Via(known, askedIn.pair()),
                    Status.of(StatusCode.INVALID_SERVER_SESSION));
        }
    }

    private boolean mayRefuseSession(Instant now) {
        if (now.isAfter(sessionsRefusedSince.plus(REFUSALS_COUNT_FOR))) {
            sessionsRefusedSince = now;
            sessionsRefused = 0;
        }
        return ++sessionsRefused <= MOST_SESSION_REFUSALS;
    }

    private void unknown(String primitive, int code) {
        peer.count(Counted.TRANSACTION_REFUSED, String.valueOf(code));
        // A service that we do not have is no breach of trust: only 8.6 (1) and (2) count.
        boolean unserved = code == StatusCode.SERVICE_NOT_SUPPORTED.code() || code == StatusCode.NOT_IMPLEMENTED.code();
        if (!unserved && unknown.tooFrequent(peer.now())) {
            peer.endSession("too many unknown transactions, the last a " + primitive);
        }
    }

    /** The answer of our own side; after a 1xx the transaction goes on. */
    void answer(String transactionId, Primitive answer) {
        if (answer instanceof Status status && status.isProvisional()) {
            table.provisional(transactionId, status);
        } else {
            table.answer(transactionId, answer, peer.now());
        }
    }

    @Override
    public void keepAndSend(IncomingTable.Key key, Via askedIn, Primitive answer) {
        keeping++;
        answers.keep(key, Optional.of(answer), () -> {
            keeping--;
            sendAnswer(key, askedIn, answer);
            peer.flushSoon();
        });
    }

    @Override
    public void forget(IncomingTable.Key key) {
        answers.forget(key);
    }

    @Override
    public void sendAnswer(IncomingTable.Key key, Via askedIn, Primitive answer) {
        // Without a session it stays in the table, for when the peer repeats the transaction in the next one.
        if (peer.session().isPresent()) {
            answerUnkept(key.transactionId(), askedIn, answer);
        }
    }

    void answerUnkept(TransactionId id, Via askedIn, Primitive answer) {
        SessionId session = peer.session()
                .map(open -> switch (dialect.answers()) {
                    case SENDER -> open.ours();
                    case RECEIVER -> open.peers();
                    case REQUEST -> askedIn.session();
                })
                .orElse(askedIn.session());
        peer.count(Counted.TRANSACTION_ANSWERED, PrimitiveFacts.of(answer).name());
        peer.trace(true, answer, id.value(), Optional.empty());
        var response = new SspMessage.Transaction(Mode.RESPONSE, id, Explanation.in(answer));
        Outbound message = Outbound.answer(session, askedIn.session(), response, false);
        message.pair = askedIn.pair();
        peer.link().send(message);
    }

    /** The peer learns at least that its transaction failed. */
    void unwritable(Outbound answer) {
        answer.transaction
                .filter(t -> !(t.primitive() instanceof Status))
                .ifPresent(t -> answerUnkept(
                        t.transactionId(),
                        new Via(answer.headerSession.orElseThrow(), answer.pair),
                        Status.of(StatusCode.INTERNAL_SERVER_ERROR)));
    }

    @Override
    public void count(Counted what, String detail) {
        peer.count(what, detail);
    }

    /** From now on nothing new is executed. */
    void leave() {
        leaving = true;
    }

    void sessionOpened() {
        answers.sessionOpened(peer.now());
    }

    /** Another node goes on from here: it answers repeats by what is stored, and the rest anew. */
    void giveUp() {
        table.clear();
        oneWay.clear();
    }

    void tick(Instant now) {
        table.tick(now);
    }

    int open() {
        return table.open() + keeping;
    }

    int remembered() {
        return table.remembered();
    }
}
