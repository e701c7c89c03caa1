package org.impsiwf.store;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The nodes that make one gateway, and letters between them. Safe from any thread.
 *
 * <p>What a node holds in memory only may be acted upon while it is in touch, see {@link #touch}: a node that was stopped
 * or cut off learns of it before it acts, not after.
 */
public interface Nodes {

    /** This node's short name, {@code [0-9a-z]{1,8}}; with several nodes it is a new one with each start. */
    String self();

    /**
     * The nodes that may be at work, this one included. A node that has left stays in here until it is certain that it
     * does not act any more.
     */
    Set<String> alive();

    default boolean isAlive(String node) {
        return alive().contains(node);
    }

    /**
     * Empty while this node may have been taken for dead. Else a number that changes with every time that this may have
     * been so: what was learnt under another number must be loaded again.
     */
    OptionalLong touch();

    /** Whether no other node can have taken this one for dead by now. */
    default boolean isInTouch() {
        return touch().isPresent();
    }

    /**
     * Waits until this node is in touch, as long as an operation on a store does; false when it is not by then, and at once when
     * too few nodes are in sight. Blocks.
     */
    default boolean awaitTouch() {
        return isInTouch();
    }

    /**
     * Whether, after this node has come, everything was on two nodes once: from then on another may end without a loss. True
     * for good then, whoever goes or comes later.
     */
    default boolean isSettled() {
        return true;
    }

    /**
     * Hands a letter to an office of a node, this one included, and waits for the answer. Two letters at the same time
     * have no order: who needs one has one letter under way. A letter is taken once or not at all.
     *
     * <p>Blocks for as long as the office takes, at most {@code 30 s}; from virtual threads only.
     *
     * @throws NodeGoneException when no answer came; whether the letter was taken is not known then
     * @throws IllegalStateException when the office failed; the cause is in the log of that node
     */
    byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException;

    /**
     * Opens an office of this node; a letter that came earlier waits some seconds for it.
     *
     * @throws IllegalStateException when it is open already
     */
    void open(String name, Office office);

    /**
     * Calls back when a node is dead or has left, on a virtual thread, once the keys that it owned have other owners and it is
     * gone from {@link #alive}.
     */
    AutoCloseable onLeft(Consumer<String> gone);

    /** Where letters of one kind are taken. */
    @FunctionalInterface
    interface Office {

        /**
         * Takes a letter, on a thread that may block; not for long, and never for an answer of the same office of another
         * node, which might wait for this one in turn.
         *
         * @return the answer, not null
         */
        byte[] take(String from, byte[] letter);
    }
}
