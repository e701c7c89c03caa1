package org.impsiwf.store.local;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.RecordCodec;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.time.Time;
import org.impsiwf.store.time.VirtualTime;
import org.impsiwf.store.time.WallTime;

/** The stores of one node that runs alone; it owns every key. */
public final class LocalStores implements Stores {

    private record Opened(Class<?> type, LocalStore<?> store) {}

    private final ConcurrentHashMap<String, Opened> stores = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Timers> timers = new ConcurrentHashMap<>();
    private final SoleNode nodes = new SoleNode();
    private final Time time;
    private final boolean serialising;
    private final Runnable onClose;

    private LocalStores(Time time, boolean serialising, Runnable onClose) {
        this.time = time;
        this.serialising = serialising;
        this.onClose = onClose;
    }

    /** For a running gateway: values stay as they are, timers fire by the machine's time on virtual threads. */
    public static LocalStores inHeap() {
        var time = new WallTime();
        return new LocalStores(time, false, time::close);
    }

    /** As {@link #inHeap()}, by a time that the caller keeps and ends. */
    public static LocalStores inHeap(Time time) {
        return new LocalStores(time, false, () -> {});
    }

    /**
     * For tests: every value is written out and read back when it is saved, so what could not move to another node fails
     * here.
     *
     * @param time with {@link VirtualTime} timers fire on the thread that advances it
     */
    public static LocalStores serialising(Time time) {
        return new LocalStores(time, true, () -> {});
    }

    @Override
    @SuppressWarnings("unchecked") // a name is opened with one type only, which is checked here
    public <V> Store<V> open(String name, Class<V> type) {
        Opened opened = stores.computeIfAbsent(name, n -> new Opened(type, new LocalStore<V>(time, passage(type))));
        if (opened.type != type) {
            throw new IllegalStateException(
                    "store " + name + " holds " + opened.type.getName() + ", not " + type.getName());
        }
        return (Store<V>) opened.store;
    }

    private <V> UnaryOperator<V> passage(Class<V> type) {
        if (!serialising) {
            return UnaryOperator.identity();
        }
        RecordCodec<V> codec = RecordCodec.of(type);
        return value -> codec.decode(codec.encode(value));
    }

    @Override
    public Ownership ownership() {
        return SoleOwner.INSTANCE;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Timers timers(String name, Timers.Handler handler) {
        var opened = new LocalTimers(name, time, handler);
        if (timers.putIfAbsent(name, opened) != null) {
            throw new IllegalStateException("timers " + name + " have a handler already");
        }
        return opened;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public void close() {
        onClose.run();
    }

    private enum SoleOwner implements Ownership {
        INSTANCE;

        @Override
        public String self() {
            return SoleNode.NAME;
        }

        @Override
        public boolean owns(String key) {
            return true;
        }

        @Override
        public String ownerOf(String key) {
            return self();
        }

        @Override
        public AutoCloseable onMove(Runnable moved) {
            return () -> {};
        }
    }
}
