package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.ssp.holding.HeldPair;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stored session pair of one peer, as its holder writes it. One call at a time; each may block.
 */
final class PairRecord {

    static final Duration KEPT = Duration.ofDays(365);

    private static final Logger LOG = LoggerFactory.getLogger(PairRecord.class);

    private final Store<HeldPair> store;
    private final String key;
    private final SharedNodes nodes;
    private volatile long version = Store.ABSENT;

    PairRecord(Store<HeldPair> store, String key, SharedNodes nodes) {
        this.store = store;
        this.key = key;
        this.nodes = nodes;
    }

    /** This is what is stored now, by this node. */
    void stored(long known) {
        version = known;
    }

    /** @return false when it could not be stored, perhaps because another node holds the pair now */
    boolean save(PairState next) {
        try {
            return needless(next) ? remove() : write(new HeldPair(nodes.self(), next));
        } catch (RuntimeException storeAway) {
            LOG.error("{}: session pair not stored: {}", key, storeAway.toString());
            return false;
        }
    }

    /** What is down needs no record, since every pair begins so; but with several nodes it says who will log in. */
    private boolean needless(PairState next) {
        return next instanceof PairState.Closed || (next instanceof PairState.Down && nodes.alone());
    }

    private boolean remove() {
        boolean removed = version == Store.ABSENT || store.remove(key, version);
        if (removed) {
            version = Store.ABSENT;
        } else {
            found();
        }
        return removed;
    }

    private boolean write(HeldPair next) {
        OptionalLong saved = store.save(key, version, next, KEPT);
        if (saved.isEmpty() && found()) {
            saved = store.save(key, version, next, KEPT);
        }
        version = saved.orElse(version);
        return saved.isPresent();
    }

    /** Whether what is stored is free for us to write over: nothing, or what an earlier life of this server has left. */
    private boolean found() {
        Optional<Versioned<HeldPair>> other = store.load(key);
        boolean free = other.map(pair -> pair.value().holder())
                .filter(holder -> !holder.equals(nodes.self()))
                .isEmpty();
        if (free) {
            version = other.map(Versioned::version).orElse(Store.ABSENT);
        }
        return free;
    }
}
