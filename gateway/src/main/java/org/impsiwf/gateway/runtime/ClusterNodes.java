package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.impsiwf.gateway.admin.ClusterView;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.RecordCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes as operators see them: each one answers for itself. */
final class ClusterNodes implements ClusterView {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterNodes.class);
    private static final String OFFICE = "state";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final byte[] QUESTION = {};
    private static final RecordCodec<State> STATES = RecordCodec.of(State.class);

    private final Nodes nodes;
    private final ExecutorService threads;
    private final Supplier<State> own;

    /**
     * @param threads virtual ones
     * @param own the state of this node
     */
    ClusterNodes(Nodes nodes, ExecutorService threads, Supplier<State> own) {
        this.nodes = nodes;
        this.threads = threads;
        this.own = own;
        nodes.open(OFFICE, (from, letter) -> STATES.encode(own.get()));
    }

    @Override
    public String self() {
        return nodes.self();
    }

    @Override
    public Optional<String> outOfTouch() {
        return nodes.isInTouch()
                ? Optional.empty()
                : Optional.of("the other nodes may have taken this one for dead, or too few of them are in sight");
    }

    @Override
    public Optional<String> unsettled() {
        return nodes.isSettled() ? Optional.empty() : Optional.of("what the nodes share is not on two of them yet");
    }

    @Override
    public List<Node> nodes() {
        List<String> others = nodes.alive().stream()
                .filter(node -> !node.equals(self()))
                .sorted(Comparator.naturalOrder())
                .toList();
        Map<String, State> answers = ask(others);
        List<Node> all = new ArrayList<>();
        all.add(new Node(self(), true, Optional.of(own.get())));
        others.forEach(
                node -> all.add(new Node(node, answers.containsKey(node), Optional.ofNullable(answers.get(node)))));
        return all;
    }

    /** A node that is stopped does not answer, and is not waited for. */
    private Map<String, State> ask(List<String> others) {
        var answers = new ConcurrentHashMap<String, State>();
        var open = new CountDownLatch(others.size());
        for (String node : others) {
            threads.execute(() -> {
                try {
                    answers.put(node, STATES.decode(nodes.deliver(node, OFFICE, QUESTION)));
                } catch (NodeGoneException | IllegalStateException unanswered) {
                    LOG.debug("node {} does not say how it is", node, unanswered);
                } finally {
                    open.countDown();
                }
            });
        }
        try {
            if (!open.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} nodes have not answered yet", open.getCount());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return Map.copyOf(answers);
    }
}
