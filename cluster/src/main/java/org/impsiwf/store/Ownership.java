package org.impsiwf.store;

/** Who runs a key's work now. Moves when a node leaves or dies. */
public interface Ownership {

    /** This node's own id, stable while it runs. */
    String self();

    /** Whether this node owns the key now. The answer may be outdated by the time it is used: saves still check versions. */
    boolean owns(String key);

    /** The id of the node that owns the key now. */
    String ownerOf(String key);

    /** Calls back when keys have moved to or from this node; the callback must not block. */
    AutoCloseable onMove(Runnable moved);
}
