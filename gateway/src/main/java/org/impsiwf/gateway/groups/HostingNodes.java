package org.impsiwf.gateway.groups;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.impsiwf.ssp.elements.delivery.Carriers;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.NodePrefix;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.RecordCodec;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that host the same groups over one database. What one of them asks a SIP user is answered wherever that user's
 * conversation is; the answer goes back to who asked, whose name stands in the transaction's id. Thread-safe.
 */
final class HostingNodes {

    private static final Logger LOG = LoggerFactory.getLogger(HostingNodes.class);
    private static final String OFFICE = "groups";
    private static final byte[] TAKEN = {};

    private final Nodes nodes;
    private final boolean alone;
    private final NodePrefix mark;
    private final RecordCodec<SspCommand> codec = RecordCodec.of(SspCommand.class);
    /** As it was when this node could last be sure. */
    private volatile Set<String> known;

    HostingNodes(Stores stores) {
        nodes = stores.nodes();
        alone = !stores.mayBlock();
        mark = alone ? NodePrefix.NONE : NodePrefix.of(nodes.self());
        known = Set.of(nodes.self());
    }

    /** @param here takes answers to what this node has asked */
    void start(Consumer<SspCommand.Answer> here) {
        if (!alone) {
            nodes.open(OFFICE, (from, letter) -> {
                switch (codec.decode(letter)) {
                    case SspCommand.Answer answer -> here.accept(answer);
                    case SspCommand.SendRequest order ->
                        throw new IllegalStateException("no answer: " + order.request());
                }
                return TAKEN;
            });
        }
    }

    /** Makes the id of a transaction tell who has begun it. */
    String marked(String transactionId) {
        return mark.before(transactionId);
    }

    /** Whether that was asked by another node, which is told. Returns at once. */
    boolean tellOther(SspCommand.Answer answer) {
        Optional<String> asker = NodePrefix.nodeOf(answer.transaction().transactionId())
                .filter(node -> !alone && !node.equals(nodes.self()));
        asker.ifPresent(node -> Thread.ofVirtual().name("groups-answer-" + node).start(() -> tell(node, answer)));
        return asker.isPresent();
    }

    private void tell(String node, SspCommand.Answer answer) {
        try {
            nodes.deliver(node, OFFICE, codec.encode(answer));
        } catch (NodeGoneException gone) {
            // What it had asked for is in the database, and asked again by who takes its queues over.
            LOG.debug("nobody waits for {} any more", answer.transaction());
        }
    }

    /** Who carry messages of our groups. */
    Carriers carriers() {
        return alone ? Carriers.alone() : new Carriers(nodes.self(), this::alive);
    }

    /** A node that is cut off sees nobody else, and takes nobody for dead. */
    private Set<String> alive() {
        if (nodes.isInTouch()) {
            known = nodes.alive();
        }
        return known;
    }
}
