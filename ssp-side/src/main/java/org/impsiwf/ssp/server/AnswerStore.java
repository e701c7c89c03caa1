package org.impsiwf.ssp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;

/**
 * The answers to one peer's transactions as they outlive this node. What this node has answered itself it knows without
 * asking; it asks only as long as an answer may be there that another node, or an earlier life of this one, has given.
 * Confined to the peer's event loop.
 */
final class AnswerStore {

    private final Store<KeptAnswer> store;
    private final StoreCalls calls;
    private final String domain;
    private final Duration remember;
    private Instant othersUntil = Instant.EPOCH;

    AnswerStore(Store<KeptAnswer> store, StoreCalls calls, String domain, Duration remember) {
        this.store = store;
        this.calls = calls;
        this.domain = domain;
        this.remember = remember;
    }

    /** A session opens here: until now the peer may have been answered elsewhere. */
    void sessionOpened(Instant now) {
        othersUntil = now.plus(remember);
    }

    /** Stores it, then goes on; also when storing failed, since the transaction has been executed. */
    void keep(IncomingTable.Key key, Optional<Primitive> answer, Runnable then) {
        calls.<Long>call(
                store,
                () -> {
                    OptionalLong saved = store.save(name(key), Store.ABSENT, new KeptAnswer(answer), remember);
                    return saved.isPresent() ? Optional.of(saved.getAsLong()) : Optional.empty();
                },
                saved -> then.run());
    }

    /** What was answered before, and not by this node since the session opened. */
    void find(IncomingTable.Key key, Instant now, Consumer<Optional<KeptAnswer>> then) {
        if (now.isAfter(othersUntil)) {
            then.accept(Optional.empty());
            return;
        }
        calls.call(store, () -> store.load(name(key)).map(Versioned::value), then);
    }

    /** Makes room in the heap; a store beyond it bounds itself by time. */
    void forget(IncomingTable.Key key) {
        if (store.isInHeap()) {
            store.load(name(key)).ifPresent(kept -> store.remove(name(key), kept.version()));
        }
    }

    private String name(IncomingTable.Key key) {
        return domain + ' ' + key.primitive() + ' ' + key.transactionId().value();
    }
}
