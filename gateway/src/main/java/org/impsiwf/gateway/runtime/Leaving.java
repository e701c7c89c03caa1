package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The planned end of this node: who takes its mailboxes. */
final class Leaving {

    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    /** What is under way gets so long to be answered where it is. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Nodes nodes;
    private final NodeLetters letters;
    private final InstantSource clock;
    private volatile boolean begun;
    private volatile Instant patientUntil = Instant.MAX;
    private volatile List<String> others = List.of();

    Leaving(Nodes nodes, NodeLetters letters, InstantSource clock) {
        this.nodes = nodes;
        this.letters = letters;
        this.clock = clock;
    }

    /** False when there is nobody to take anything. */
    boolean begin() {
        begun = true;
        patientUntil = clock.instant().plus(PATIENCE);
        List<String> willing = new ArrayList<>();
        for (String node : nodes.alive()) {
            if (!node.equals(nodes.self()) && takesSeats(node)) {
                willing.add(node);
            }
        }
        others = List.copyOf(willing);
        return !others.isEmpty();
    }

    private boolean takesSeats(String node) {
        try {
            return letters.takesSeats(node);
        } catch (NodeGoneException | IllegalStateException silent) {
            LOG.info("{} takes nothing of this node: {}", node, silent.getMessage());
            return false;
        }
    }

    boolean hasBegun() {
        return begun;
    }

    boolean mayWait() {
        return clock.instant().isBefore(patientUntil);
    }

    /** Who takes that mailbox; empty when nobody does, or this node stays. */
    Optional<String> successor(MailboxKey key) {
        List<String> living = others.stream().filter(nodes::isAlive).toList();
        return living.isEmpty()
                ? Optional.empty()
                : Optional.of(living.get(Math.floorMod(key.hashCode(), living.size())));
    }
}
