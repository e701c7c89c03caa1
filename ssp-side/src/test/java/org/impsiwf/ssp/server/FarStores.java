package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.Versioned;

/** Stores that several nodes share, and that no event loop may call: a call from one fails. */
record FarStores(Stores stores, Nodes nodes, Trouble trouble) implements Stores {

    /** What the stores of one node do not do for it. */
    static final class Trouble {

        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger unsaid = new AtomicInteger();

        /** The next operations fail. */
        void refuses(int operations) {
            refused.set(operations);
        }

        /** The next saves are made, and fail all the same. */
        void losesAnswers(int saves) {
            unsaid.set(saves);
        }

        private static void check(AtomicInteger left) {
            if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                throw new OutOfTouchException("a save is not on a second node");
            }
        }
    }

    @Override
    public <V> Store<V> open(String name, Class<V> type) {
        return new FarStore<>(stores.open(name, type), trouble);
    }

    @Override
    public Ownership ownership() {
        return stores.ownership();
    }

    @Override
    public Timers timers(String name, Timers.Handler handler) {
        return stores.timers(name, handler);
    }

    @Override
    public void close() {
        stores.close();
    }

    private record FarStore<V>(Store<V> store, Trouble trouble) implements Store<V> {

        private Store<V> reached() {
            if (!Thread.currentThread().isVirtual()) {
                throw new IllegalStateException("a store is called on " + Thread.currentThread());
            }
            Trouble.check(trouble.refused);
            return store;
        }

        @Override
        public Optional<Versioned<V>> load(String key) {
            return reached().load(key);
        }

        @Override
        public OptionalLong save(String key, long version, V next, Duration timeToLive) {
            OptionalLong saved = reached().save(key, version, next, timeToLive);
            Trouble.check(trouble.unsaid);
            return saved;
        }

        @Override
        public boolean remove(String key, long version) {
            return reached().remove(key, version);
        }

        @Override
        public Set<String> ownedKeys() {
            return reached().ownedKeys();
        }

        @Override
        public long size() {
            return store.size();
        }
    }
}
