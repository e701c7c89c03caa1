package org.impsiwf.ssp.server;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.Complementary;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.transaction.Incoming;
import org.impsiwf.ssp.transaction.IncomingEffect;
import org.impsiwf.ssp.transaction.IncomingEvent;
import org.impsiwf.ssp.transaction.IncomingState;
import org.impsiwf.ssp.transaction.TransactionTiming;

/**
 * SSP 8.1: the transaction table of one requestor: what the peer has asked us, and what we answered, for its repeats.
 * Both maps keep the order of their deadlines, since each has one duration. Confined to the peer's event loop.
 */
final class IncomingTable {

    /** Carries out what the table decides. */
    interface Owner {
        /** The answer of our own side, given now: it is kept before it leaves. */
        void keepAndSend(Key key, Via askedIn, Primitive answer);

        /** To a repeat. */
        void sendAnswer(Key key, Via askedIn, Primitive answer);

        /** There is no room to remember this one. */
        void forget(Key key);

        void count(Counted what, String detail);
    }

    /** Two messages of one multi-way transaction share the Transaction-ID, not the primitive. */
    record Key(TransactionId transactionId, String primitive) {}

    private static final class Entry {
        private final Via askedIn;
        private final boolean complementary;
        private IncomingState<Primitive> state;

        private Entry(Via askedIn, boolean complementary, IncomingState<Primitive> state) {
            this.askedIn = askedIn;
            this.complementary = complementary;
            this.state = state;
        }
    }

    private final Incoming incoming;
    private final Owner owner;
    private final int mostOpen;
    private final int mostRemembered;
    private final boolean saysContinue;
    private final Map<Key, Entry> executing = new LinkedHashMap<>();
    private final Map<Key, Entry> answered = new LinkedHashMap<>();
    /** The newest executing transaction of an id, for whoever answers by id alone. */
    private final Map<String, Key> byId = new LinkedHashMap<>();

    IncomingTable(TransactionTiming timing, PeerLimits limits, boolean saysContinue, Owner owner) {
        incoming = new Incoming(timing);
        mostOpen = limits.openTransactions();
        mostRemembered = limits.remembered();
        this.saysContinue = saysContinue;
        this.owner = owner;
    }

    /** What becomes of a transaction that came in. */
    enum Verdict {
        EXECUTE,
        REPEATED,
        NO_ROOM
    }

    /** Whether it is a repeat of what is being executed or was answered. */
    boolean knows(SspMessage.Transaction transaction) {
        Key key = new Key(
                transaction.transactionId(),
                PrimitiveFacts.of(transaction.primitive()).name());
        return executing.containsKey(key) || answered.containsKey(key);
    }

    Verdict begin(SspMessage.Transaction transaction, Via askedIn, Instant now) {
        Key key = new Key(
                transaction.transactionId(),
                PrimitiveFacts.of(transaction.primitive()).name());
        Entry known = executing.get(key);
        if (known == null) {
            known = answered.get(key);
        }
        if (known != null) {
            owner.count(Counted.TRANSACTION_DUPLICATE, key.primitive());
            decide(key, known, new IncomingEvent.Repeated<>(), now);
            return Verdict.REPEATED;
        }
        if (executing.size() >= mostOpen) {
            return Verdict.NO_ROOM;
        }
        boolean complementary = Complementary.begins(transaction.primitive().getClass());
        executing.put(key, new Entry(askedIn, complementary, incoming.begun(now)));
        byId.put(key.transactionId().value(), key);
        return Verdict.EXECUTE;
    }

    /** The answer of our own side. */
    void answer(String transactionId, Primitive answer, Instant now) {
        Key key = byId.get(transactionId);
        Entry entry = key == null ? null : executing.get(key);
        if (entry == null) {
            owner.count(Counted.ANSWER_TOO_LATE, "");
            return;
        }
        decide(key, entry, new IncomingEvent.AnswerGiven<>(answer), now);
    }

    /** A 1xx of our own side; the final answer is still to come. */
    void provisional(String transactionId, Status status) {
        Key key = byId.get(transactionId);
        Entry entry = key == null ? null : executing.get(key);
        boolean always = status.statusCode() == StatusCode.SERVER_QUEUED.code();
        if (entry != null && (always ? saysContinue : mayBeProvisional(entry))) {
            owner.sendAnswer(key, entry.askedIn, status);
        }
    }

    /** SSP 8.7: 100, 101 and 102 are for complementary transactions only. */
    private boolean mayBeProvisional(Entry entry) {
        return saysContinue && entry.complementary;
    }

    private void decide(Key key, Entry entry, IncomingEvent<Primitive> event, Instant now) {
        boolean wasExecuting = entry.state instanceof IncomingState.Executing;
        Incoming.Decision<Primitive> decision = incoming.decide(entry.state, event, now);
        entry.state = decision.next();
        if (wasExecuting && entry.state instanceof IncomingState.Answered) {
            executing.remove(key);
            byId.remove(key.transactionId().value(), key);
            remember(key, entry);
        }
        decision.effect().ifPresent(effect -> carryOut(key, entry, effect, wasExecuting));
    }

    private void carryOut(Key key, Entry entry, IncomingEffect<Primitive> effect, boolean first) {
        switch (effect) {
            case IncomingEffect.SendAnswer<Primitive>(Primitive answer)
            when first -> owner.keepAndSend(key, entry.askedIn, answer);
            case IncomingEffect.SendAnswer<Primitive>(Primitive answer) -> owner.sendAnswer(key, entry.askedIn, answer);
            case IncomingEffect.SayContinue<Primitive> c -> {
                if (mayBeProvisional(entry)) {
                    owner.sendAnswer(key, entry.askedIn, Status.of(StatusCode.CONTINUE));
                }
            }
            case IncomingEffect.AnswerTooLate<Primitive> late -> owner.count(Counted.ANSWER_TOO_LATE, "");
        }
    }

    private void remember(Key key, Entry entry) {
        answered.put(key, entry);
        if (answered.size() > mostRemembered) {
            Iterator<Key> eldest = answered.keySet().iterator();
            Key gone = eldest.next();
            eldest.remove();
            owner.forget(gone);
        }
    }

    /** Answers what nobody has answered in time, forgets what is old. */
    void tick(Instant now) {
        while (!executing.isEmpty()) {
            Map.Entry<Key, Entry> eldest = executing.entrySet().iterator().next();
            decide(
                    eldest.getKey(),
                    eldest.getValue(),
                    new IncomingEvent.TimePassed<>(Status.of(StatusCode.INVALID_TIMEOUT)),
                    now);
            if (eldest.getValue().state instanceof IncomingState.Executing) {
                break;
            }
            owner.count(Counted.TRANSACTION_TIMED_OUT, eldest.getKey().primitive());
        }
        for (Iterator<Map.Entry<Key, Entry>> old = answered.entrySet().iterator(); old.hasNext(); ) {
            Entry entry = old.next().getValue();
            var decision = incoming.decide(
                    entry.state, new IncomingEvent.TimePassed<>(Status.of(StatusCode.INVALID_TIMEOUT)), now);
            if (!(decision.next() instanceof IncomingState.Forgotten)) {
                break;
            }
            old.remove();
        }
    }

    void clear() {
        executing.clear();
        answered.clear();
        byId.clear();
    }

    int open() {
        return executing.size();
    }

    int remembered() {
        return answered.size();
    }
}
