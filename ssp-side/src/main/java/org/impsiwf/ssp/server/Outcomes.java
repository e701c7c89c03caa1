package org.impsiwf.ssp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.store.NodeGoneException;

/** Outcomes of one peer on their way to the nodes that ordered: in order, one delivery at a time for each node. */
final class Outcomes {

    private static final int MOST_AT_ONCE = 100;

    private final ServiceId peer;
    private final SspOffice office;
    /** What a node that is gone would have been told. */
    private final Consumer<SspEvent> ofTheGone;

    private final Map<String, Queue<SspEvent>> underWay = new HashMap<>();

    Outcomes(ServiceId peer, SspOffice office, Consumer<SspEvent> ofTheGone) {
        this.peer = peer;
        this.office = office;
        this.ofTheGone = ofTheGone;
    }

    synchronized void send(String node, SspEvent event) {
        Queue<SspEvent> queue = underWay.get(node);
        if (queue == null) {
            underWay.put(node, new ArrayDeque<>(List.of(event)));
            Thread.ofVirtual().name("ssp-outcomes-" + node).start(() -> deliver(node));
        } else {
            queue.add(event);
        }
    }

    private void deliver(String node) {
        for (List<SspEvent> some = next(node); !some.isEmpty(); some = next(node)) {
            try {
                office.send(node, new Letter.Outcomes(peer, some));
            } catch (NodeGoneException gone) {
                some.forEach(ofTheGone);
            }
        }
    }

    private synchronized List<SspEvent> next(String node) {
        Queue<SspEvent> queue = underWay.get(node);
        List<SspEvent> some = new ArrayList<>();
        while (!queue.isEmpty() && some.size() < MOST_AT_ONCE) {
            some.add(queue.remove());
        }
        if (some.isEmpty()) {
            underWay.remove(node);
        }
        return some;
    }
}
