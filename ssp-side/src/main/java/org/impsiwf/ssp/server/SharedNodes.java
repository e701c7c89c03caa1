package org.impsiwf.ssp.server;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.impsiwf.ssp.holding.Tenure;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Stores;

/** The nodes that share our peers, as this one sees them. Safe from any thread. */
final class SharedNodes {

    private final Nodes nodes;
    private final boolean alone;
    private volatile boolean leaving;

    SharedNodes(Stores stores) {
        nodes = stores.nodes();
        alone = !stores.mayBlock();
    }

    /** Whether there never is another one: then nothing needs to be asked of the store. */
    boolean alone() {
        return alone;
    }

    String self() {
        return nodes.self();
    }

    /** As {@link Nodes#touch}. */
    OptionalLong touch() {
        return nodes.touch();
    }

    /** As {@link Nodes#onLeft}. */
    AutoCloseable onLeft(Consumer<String> gone) {
        return nodes.onLeft(gone);
    }

    List<String> others() {
        return nodes.alive().stream().filter(node -> !node.equals(self())).toList();
    }

    /** From now on this node takes nothing over. */
    void leave() {
        leaving = true;
    }

    /** There is nobody to take what this node has: it goes on with it until it is gone. */
    void stay() {
        leaving = false;
    }

    Tenure.Standpoint standpoint() {
        return new Tenure.Standpoint(self(), nodes.alive(), nodes.isInTouch(), leaving);
    }
}
