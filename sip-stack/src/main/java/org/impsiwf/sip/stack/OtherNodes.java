package org.impsiwf.sip.stack;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.subscription.Subscription;
import org.impsiwf.sip.subscription.SubscriptionState;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.NodePrefix;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.RecordCodec;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes of this gateway: what is tied to one of them, and letters to it. A dialog is tied to a node while that has a
 * transaction of it open, or the connection with its peer; else any node goes on with it. Any thread; letters from virtual
 * threads only.
 */
final class OtherNodes {

    static final String OFFICE = "sip-edge";

    private static final Logger LOG = LoggerFactory.getLogger(OtherNodes.class);

    private final Nodes nodes;
    private final boolean alone;
    private final NodePrefix prefix;
    private final RecordCodec<SipLetter> codec = RecordCodec.of(SipLetter.class);

    /** Nodes that have said so; a name is never used again. */
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();

    OtherNodes(Stores stores) {
        this.nodes = stores.nodes();
        this.alone = !stores.mayBlock();
        this.prefix = alone ? NodePrefix.NONE : NodePrefix.of(nodes.self());
    }

    /** Whether this gateway has one node, so that nothing is ever elsewhere. */
    boolean areNone() {
        return alone;
    }

    /** For ids of what lives on this node only. */
    NodePrefix prefix() {
        return prefix;
    }

    /** This node, where there may be others. */
    Optional<String> self() {
        return alone ? Optional.empty() : Optional.of(nodes.self());
    }

    boolean isInTouch() {
        return alone || nodes.isInTouch();
    }

    /** See {@link Nodes#awaitTouch}. */
    boolean awaitTouch() {
        return alone || nodes.awaitTouch();
    }

    /** The other node, a living one, that an id names. */
    Optional<String> of(String id) {
        return alone ? Optional.empty() : NodePrefix.nodeOf(id).filter(this::isOther);
    }

    private boolean isOther(String node) {
        return !node.equals(nodes.self()) && nodes.isAlive(node);
    }

    /** The other node that a usage is tied to. */
    Optional<String> tiedTo(InviteUsage usage) {
        if (alone) {
            return Optional.empty();
        }
        return usage.isOpen()
                ? usage.node().filter(this::isOther)
                : usage.flow().flatMap(this::keeping);
    }

    /** The other node that a subscription is tied to. */
    Optional<String> tiedTo(Subscription subscription) {
        if (alone) {
            return Optional.empty();
        }
        return subscription.state() instanceof SubscriptionState.Asked asked
                ? of(asked.transaction().value())
                : subscription.flow().flatMap(this::keeping);
    }

    /** The other node that has that flow and means to keep it. */
    Optional<String> keeping(String flow) {
        return of(flow).filter(node -> !leaving.contains(node));
    }

    /** The node that had the open transactions of a usage, when it is gone. */
    Optional<String> lost(InviteUsage usage) {
        return alone || !usage.isOpen() ? Optional.empty() : usage.node().filter(node -> !nodes.isAlive(node));
    }

    /** Whether the node of an id is gone. */
    boolean isLost(String id) {
        return !alone
                && NodePrefix.nodeOf(id).filter(node -> !nodes.isAlive(node)).isPresent();
    }

    void leaves(String node) {
        leaving.add(node);
    }

    void left(String node) {
        leaving.remove(node);
    }

    /** Waits for the answer: whether the receiver could do what the letter says. */
    boolean write(String node, SipLetter letter) throws NodeGoneException {
        return nodes.deliver(node, OFFICE, codec.encode(letter))[0] != 0;
    }

    /** As {@link #write}, for what is of no use any more when the node is gone. Returns at once. */
    void tell(String node, SipLetter letter) {
        Thread.ofVirtual().name("sip-letter").start(() -> {
            try {
                write(node, letter);
            } catch (NodeGoneException | IllegalStateException e) {
                LOG.info("{} for node {}: {}", letter.getClass().getSimpleName(), node, e.getMessage());
            }
        });
    }

    /** The living others. */
    Set<String> all() {
        if (alone) {
            return Set.of();
        }
        var others = new HashSet<>(nodes.alive());
        others.remove(nodes.self());
        return others;
    }

    /** Takes the letters of the others from now on. */
    void answeredBy(Receiver receiver) {
        if (!alone) {
            nodes.open(OFFICE, (from, letter) ->
                    new byte[] {(byte) (receiver.take(from, codec.decode(letter)) ? 1 : 0)});
        }
    }

    /** Calls back when another node is gone. */
    void onLeft(Consumer<String> gone) {
        if (!alone) {
            nodes.onLeft(gone);
        }
    }

    /** Who takes letters; on a thread that may block for a while. */
    @FunctionalInterface
    interface Receiver {
        /** @return whether what the letter says could be done */
        boolean take(String from, SipLetter letter);
    }
}
