package org.impsiwf.sip.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
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

    /** Whether that node may still act. */
    void inTouch(String name, boolean really) {
        alive.get(name).touch = really;
    }

    @Override
    public void close() {
        time.close();
    }

    private final class Node implements Stores, Nodes {

        private final String name;
        private final Map<String, Office> offices = new ConcurrentHashMap<>();
        private final Map<String, Timers.Handler> handlers = new ConcurrentHashMap<>();
        private final List<Consumer<String>> onLeft = new CopyOnWriteArrayList<>();
        private volatile boolean touch = true;

        Node(String name) {
            this.name = name;
        }

        @Override
        public <V> Store<V> open(String map, Class<V> type) {
            return stores.open(map, type);
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
