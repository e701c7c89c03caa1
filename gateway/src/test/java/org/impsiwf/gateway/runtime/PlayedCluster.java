package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
import org.impsiwf.store.time.VirtualTime;

/** Several nodes over one heap: they die, lapse, are alone and have trouble with the store when a test says so. */
final class PlayedCluster {

    private final LocalStores shared;
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();
    private final AtomicInteger saves = new AtomicInteger();

    PlayedCluster(VirtualTime time) {
        this.shared = LocalStores.serialising(time);
    }

    Node node(String name) {
        return nodes.computeIfAbsent(name, Node::new);
    }

    /** How often any of them has written to a store. */
    int saves() {
        return saves.get();
    }

    /** It does nothing any more, and the others hear of it. */
    void dies(String name) {
        dead.add(name);
        nodes.values().stream()
                .filter(node -> !dead.contains(node.name))
                .forEach(node -> List.copyOf(node.left).forEach(listener -> listener.accept(name)));
    }

    /** One node's view of the cluster. */
    final class Node implements Stores, Nodes {

        private final String name;
        private final Map<String, Office> offices = new HashMap<>();
        private final List<Consumer<String>> left = new ArrayList<>();
        private final AtomicInteger refusals = new AtomicInteger();
        private final AtomicInteger refusedSaves = new AtomicInteger();
        private final AtomicInteger lostAnswers = new AtomicInteger();
        private final AtomicLong lapses = new AtomicLong();
        private volatile boolean alone;

        Node(String name) {
            this.name = name;
        }

        /** It was stopped, and may have been taken for dead meanwhile. */
        void lapses() {
            lapses.incrementAndGet();
        }

        void isAlone() {
            alone = true;
        }

        /** The next operations on a store fail. */
        void isRefused(int operations) {
            refusals.set(operations);
        }

        /** The next changes of a store fail, and nothing is changed. */
        void isRefusedSaves(int changes) {
            refusedSaves.set(changes);
        }

        /** The next changes of a store are made, and fail all the same. */
        void losesAnswers(int changes) {
            lostAnswers.set(changes);
        }

        @Override
        public <V> Store<V> open(String map, Class<V> type) {
            return new Counted<>(this, shared.open(map, type));
        }

        @Override
        public Ownership ownership() {
            return shared.ownership();
        }

        @Override
        public Timers timers(String kind, Timers.Handler handler) {
            return shared.timers(kind + name, handler);
        }

        @Override
        public Nodes nodes() {
            return this;
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public Set<String> alive() {
            Set<String> alive = new HashSet<>(nodes.keySet());
            alive.removeAll(dead);
            return alive;
        }

        @Override
        public OptionalLong touch() {
            return alone ? OptionalLong.empty() : OptionalLong.of(lapses.get());
        }

        @Override
        public byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException {
            if (dead.contains(node)) {
                throw new NodeGoneException(node + " is gone");
            }
            return node(node).offices.get(office).take(name, letter);
        }

        @Override
        public void open(String office, Office taker) {
            offices.put(office, taker);
        }

        @Override
        public AutoCloseable onLeft(Consumer<String> gone) {
            left.add(gone);
            return () -> left.remove(gone);
        }

        @Override
        public void close() {
            dead.add(name);
        }
    }

    private final class Counted<V> implements Store<V> {

        private final Node node;
        private final Store<V> store;

        Counted(Node node, Store<V> store) {
            this.node = node;
            this.store = store;
        }

        private void requireTouch() {
            if (node.alone) {
                throw new OutOfTouchException(node.name + " is alone");
            }
            failIf(node.refusals, "refused");
        }

        private void failIf(AtomicInteger left, String why) {
            if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                throw new OutOfTouchException(node.name + ": " + why);
            }
        }

        @Override
        public Optional<Versioned<V>> load(String key) {
            requireTouch();
            return store.load(key);
        }

        @Override
        public OptionalLong save(String key, long version, V next, Duration timeToLive) {
            requireTouch();
            failIf(node.refusedSaves, "a save is refused");
            saves.incrementAndGet();
            OptionalLong saved = store.save(key, version, next, timeToLive);
            failIf(node.lostAnswers, "a save is not on a second node");
            return saved;
        }

        @Override
        public boolean remove(String key, long version) {
            requireTouch();
            failIf(node.refusedSaves, "a removal is refused");
            saves.incrementAndGet();
            boolean removed = store.remove(key, version);
            failIf(node.lostAnswers, "a removal is not on a second node");
            return removed;
        }

        @Override
        public Set<String> ownedKeys() {
            requireTouch();
            return store.ownedKeys();
        }

        @Override
        public long size() {
            return store.size();
        }
    }
}
