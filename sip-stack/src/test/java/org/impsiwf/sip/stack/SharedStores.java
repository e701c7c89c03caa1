package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.Versioned;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.WallTime;

/**
 * Nodes in one JVM that share their stores: what one saves all see, deadlines fire at the last of them by name, and one is gone
 * at a word.
 */
final class SharedStores implements AutoCloseable {

    private final WallTime time = new WallTime();
    private final LocalStores stores = LocalStores.serialising(time);
    private final ConcurrentSkipListMap<String, Node> alive = new ConcurrentSkipListMap<>();
    private final Map<String, Timers> timers = new ConcurrentHashMap<>();

    Stores join(String name) {
        var node = new Node(name);
        alive.put(name, node);
        return node;
    }

    /** As a killed process: what was on its way to it is lost, the others hear of it. */
    void kill(String name) {
        alive.remove(name);
        alive.values().forEach(node -> node.onLeft.forEach(told -> told.accept(name)));
    }

    /** That node may not act any more, and knows that it will not soon. */
    void isCutOff(String name) {
        Node node = alive.get(name);
        node.lapse = CompletableFuture.completedFuture(false);
        node.touch = false;
    }

    /** That node may not act for a while. */
    void lapses(String name) {
        Node node = alive.get(name);
        node.lapse = new CompletableFuture<>();
        node.asked = new CountDownLatch(1);
        node.touch = false;
    }

    /** What that node's stores do not do for it. */
    Refused refusedTo(String name) {
        return alive.get(name).refused;
    }

    /** Waits until somebody waits for the end of that node's lapse. */
    void awaitWaiting(String name) throws InterruptedException {
        assertThat(alive.get(name).asked.await(20, TimeUnit.SECONDS)).isTrue();
    }

    void lapseIsOver(String name) {
        Node node = alive.get(name);
        node.touch = true;
        node.lapse.complete(true);
    }

    @Override
    public void close() {
        time.close();
    }

    /** What stores refuse. */
    static final class Refused {

        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger nextChanges = new AtomicInteger();
        private final Set<String> keys = ConcurrentHashMap.newKeySet();

        /** So many operations. */
        void next(int operations) {
            next.set(operations);
        }

        /** So many changes. */
        void nextChanges(int changes) {
            nextChanges.set(changes);
        }

        /** All that is about that key. */
        void key(String key) {
            keys.add(key);
        }

        void noKey() {
            keys.clear();
        }

        private void check(AtomicInteger left) {
            if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                throw new OutOfTouchException("a save is not on a second node");
            }
        }

        private void check(String key) {
            check(next);
            if (keys.contains(key)) {
                throw new IllegalStateException("no answer from the owner of " + key);
            }
        }
    }

    private record Refusing<V>(Store<V> store, Refused refused) implements Store<V> {

        @Override
        public Optional<Versioned<V>> load(String key) {
            refused.check(key);
            return store.load(key);
        }

        @Override
        public OptionalLong save(String key, long version, V value, Duration timeToLive) {
            refused.check(key);
            refused.check(refused.nextChanges);
            return store.save(key, version, value, timeToLive);
        }

        @Override
        public boolean remove(String key, long version) {
            refused.check(key);
            refused.check(refused.nextChanges);
            return store.remove(key, version);
        }

        @Override
        public Set<String> ownedKeys() {
            refused.check(refused.next);
            return store.ownedKeys();
        }

        @Override
        public long size() {
            return store.size();
        }
    }

    private final class Node implements Stores, Nodes {

        private final String name;
        private final Map<String, Office> offices = new ConcurrentHashMap<>();
        private final Map<String, Timers.Handler> handlers = new ConcurrentHashMap<>();
        private final List<Consumer<String>> onLeft = new CopyOnWriteArrayList<>();
        private final Refused refused = new Refused();
        private volatile boolean touch = true;
        private volatile CompletableFuture<Boolean> lapse = CompletableFuture.completedFuture(true);
        private volatile CountDownLatch asked = new CountDownLatch(0);

        Node(String name) {
            this.name = name;
        }

        @Override
        public <V> Store<V> open(String map, Class<V> type) {
            return new Refusing<>(stores.open(map, type), refused);
        }

        @Override
        public Ownership ownership() {
            return stores.ownership();
        }

        @Override
        public Nodes nodes() {
            return this;
        }

        @Override
        public Timers timers(String kind, Timers.Handler handler) {
            handlers.put(kind, handler);
            return timers.computeIfAbsent(
                    kind,
                    k -> stores.timers(
                            k,
                            (key, due) -> alive.lastEntry()
                                    .getValue()
                                    .handlers
                                    .get(kind)
                                    .due(key, due)));
        }

        @Override
        public boolean mayBlock() {
            return true;
        }

        @Override
        public void close() {
            alive.remove(name);
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public Set<String> alive() {
            return new TreeMap<>(alive).keySet();
        }

        @Override
        public OptionalLong touch() {
            return touch ? OptionalLong.of(1) : OptionalLong.empty();
        }

        @Override
        public boolean awaitTouch() {
            asked.countDown();
            return lapse.join();
        }

        @Override
        public byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException {
            assert Thread.currentThread().isVirtual() : "a letter from " + Thread.currentThread();
            Node receiver = alive.get(node);
            if (receiver == null || !alive.containsKey(name)) {
                throw new NodeGoneException(node + " is gone");
            }
            return receiver.offices.get(office).take(name, letter.clone());
        }

        @Override
        public void open(String office, Office taking) {
            offices.put(office, taking);
        }

        @Override
        public AutoCloseable onLeft(Consumer<String> gone) {
            onLeft.add(gone);
            return () -> onLeft.remove(gone);
        }
    }

    /** The names of the nodes that live. */
    List<String> names() {
        return new ArrayList<>(alive.keySet());
    }
}
