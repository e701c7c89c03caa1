package org.impsiwf.store;

/** Opens the stores of one node; the same name is the same map on every node. */
public interface Stores extends AutoCloseable {

    /**
     * @param name of the map, for example {@code sip-dialogs}
     * @param type the record (or sealed interface of records) kept in it
     */
    <V> Store<V> open(String name, Class<V> type);

    Ownership ownership();

    /** The nodes that share these stores. */
    Nodes nodes();

    /**
     * Timers of one kind; the handler runs on a virtual thread of the key's owner.
     *
     * @param name the kind, the same on every node
     */
    Timers timers(String name, Timers.Handler handler);

    /** Whether an operation may wait for another node or a disk, so that an event loop must not call it. */
    default boolean mayBlock() {
        return true;
    }

    @Override
    void close();
}
