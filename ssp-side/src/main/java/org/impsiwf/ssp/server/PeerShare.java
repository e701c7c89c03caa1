package org.impsiwf.ssp.server;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.store.NodeGoneException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer as several nodes share it: its holder decides the session pair and runs the transactions; the others hand it what
 * is ordered on them and are told what becomes of it. Confined to the peer's event loop, except where a method says otherwise.
 */
final class PeerShare implements PeerTenure.Owner, PeerOrders.Way {

    private static final Logger LOG = LoggerFactory.getLogger(PeerShare.class);

    private final Peer peer;
    private final ServiceId id;
    private final ServerScope server;
    private final PeerTenure tenure;
    private final PeerOrders orders;
    private final Outcomes outcomes;
    /** Requests that other nodes have ordered of us, as the holder, and wait for. */
    private final Map<SspRequestId, String> orderedBy = new HashMap<>();
    /** The holder that our orders went to last, and which of its tenures. */
    private String holder = "";
    /** How often this node has begun to hold the peer. */
    private long tenures;

    private boolean toldUp;
    private List<String> contentTypes = List.of();
    private volatile Optional<Reply.Standing> elsewhere = Optional.empty();

    PeerShare(Peer peer, ServerScope server, PairRecord pair) {
        this.peer = peer;
        this.server = server;
        id = peer.settings().serviceId();
        tenure = new PeerTenure(peer.loop(), id.domain(), server.pairs(), server.nodes(), pair, this);
        orders = new PeerOrders(peer.settings(), this);
        outcomes = new Outcomes(id, server.office(), server::tell);
    }

    PeerTenure tenure() {
        return tenure;
    }

    /** Whether this node may decide, answer and send for the peer at this moment. From any thread. */
    boolean acting() {
        return tenure.acting();
    }

    /** How it stands at the holder, when that is another node. From any thread. */
    Optional<Reply.Standing> elsewhere() {
        return tenure.role() instanceof PeerTenure.Role.StandingBy ? elsewhere : Optional.empty();
    }

    /** The node that holds the peer; empty: nobody is known to. From any thread. */
    Optional<String> holder() {
        return switch (tenure.role()) {
            case PeerTenure.Role.StandingBy(String node) -> Optional.of(node);
            case PeerTenure.Role.Holding h -> Optional.of(server.nodes().self());
            case PeerTenure.Role.Seeking s -> Optional.empty();
        };
    }

    void tick(Instant now) {
        tenure.tick(now);
        if (!server.nodes().alone()) {
            orders.tick(now);
        }
    }

    /** Nothing more comes of what was ordered here. */
    void stop() {
        orders.failAll();
    }

    int openOrders() {
        return orders.size();
    }

    /** Ordered on this node. */
    void execute(SspCommand command) {
        if (server.nodes().alone()) {
            peer.carryOut(command);
        } else {
            orders.order(command, peer.now());
        }
    }

    @Override
    public boolean give(List<SspCommand> commands) {
        if (acting()) {
            commands.forEach(command -> carryOut(server.nodes().self(), command));
            orders.given();
            return true;
        }
        if (tenure.role() instanceof PeerTenure.Role.StandingBy(String node)) {
            Thread.ofVirtual().name("ssp-orders-" + node).start(() -> deliver(node, commands));
            return true;
        }
        return false;
    }

    private void deliver(String node, List<SspCommand> commands) {
        boolean taken = false;
        try {
            taken = server.office().send(node, new Letter.Orders(id, commands)) instanceof Reply.Taken;
        } catch (NodeGoneException gone) {
            LOG.info("{}: node {}, which held the peer, is gone", id, node);
        }
        boolean given = taken;
        if (!given) {
            tenure.look();
        }
        peer.onLoop(given ? orders::given : orders::notGiven);
    }

    @Override
    public void failed(SspRequestId request, SspEvent.Cause cause) {
        server.tell(new SspEvent.RequestFailed(id, request, cause));
    }

    /** Another node's orders, for us as the holder. */
    Reply taken(String from, List<SspCommand> commands) {
        if (!acting()) {
            return new Reply.NotMine();
        }
        commands.forEach(command -> carryOut(from, command));
        peer.flushSoon();
        return new Reply.Taken();
    }

    private void carryOut(String from, SspCommand command) {
        if (command instanceof SspCommand.SendRequest order) {
            orderedBy.put(order.request(), from);
        }
        peer.carryOut(command);
    }

    /** What has happened at this node, the holder, on its way to who wants to know. */
    void tell(SspEvent event) {
        if (server.nodes().alone()) {
            server.tell(event);
            return;
        }
        switch (event) {
            case SspEvent.RequestReceived received -> server.tell(received);
            case SspEvent.ResponseReceived response -> outcome(response.request(), response);
            case SspEvent.RequestFailed failure -> outcome(failure.request(), failure);
            case SspEvent.PeerUp up -> {
                contentTypes = up.acceptedContentTypes();
                toldUp = true;
                server.tell(up);
                server.office().mailAllOthers(new Letter.Changed(id));
            }
            case SspEvent.PeerDown down -> {
                toldUp = false;
                server.tell(down);
                server.office().mailAllOthers(new Letter.Changed(id));
            }
        }
    }

    private void outcome(SspRequestId request, SspEvent event) {
        String node = orderedBy.remove(request);
        if (node == null || node.equals(server.nodes().self())) {
            ended(request, event);
        } else {
            outcomes.send(node, event);
        }
    }

    /** From the holder. */
    void ended(SspEvent event) {
        switch (event) {
            case SspEvent.ResponseReceived response -> ended(response.request(), response);
            case SspEvent.RequestFailed failure -> ended(failure.request(), failure);
            case SspEvent.RequestReceived other -> throw notAnOutcome(other);
            case SspEvent.PeerUp other -> throw notAnOutcome(other);
            case SspEvent.PeerDown other -> throw notAnOutcome(other);
        }
    }

    private static IllegalStateException notAnOutcome(SspEvent event) {
        return new IllegalStateException("no outcome: " + event.getClass().getSimpleName());
    }

    private void ended(SspRequestId request, SspEvent event) {
        if (orders.ended(request)) {
            server.tell(event);
        } else {
            LOG.debug("{}: {} has ended already", id, request);
        }
    }

    /** From a virtual thread. */
    Reply ask(String node, Letter letter) throws NodeGoneException {
        return server.office().send(node, letter);
    }

    /** That node is gone. */
    void left(String node) {
        tenure.look();
        if (acting()) {
            peer.mesh().hostsOf(node, List.of());
        }
    }

    /**
     * For a node that stands by.
     *
     * @param hosts redirect hosts of that node
     */
    Reply standing(String node, List<String> hosts) {
        if (!acting()) {
            return new Reply.NotMine();
        }
        peer.mesh().hostsOf(node, hosts);
        return new Reply.Standing(
                PeerSnapshot.of(peer),
                toldUp ? peer.agreement() : Optional.empty(),
                toldUp ? contentTypes : List.of(),
                tenures);
    }

    @Override
    public void took(PairState state) {
        elsewhere = Optional.empty();
        tenures++;
        boolean open = peer.resume(state);
        if (!open && toldUp) {
            tell(new SspEvent.PeerDown(id, "its holder is gone, and no session was open"));
        }
        heldBy(server.nodes().self(), tenures);
        server.office().mailAllOthers(new Letter.Changed(id));
    }

    @Override
    public void lost() {
        orderedBy.clear();
        holder = "";
        peer.giveUp();
    }

    @Override
    public void standingBy(String node) {
        Optional<Reply.Standing> standing = Optional.empty();
        try {
            if (server.office()
                            .send(
                                    node,
                                    new Letter.HowDoesItStand(id, peer.mesh().ownHosts()))
                    instanceof Reply.Standing told) {
                standing = Optional.of(told);
            }
        } catch (NodeGoneException gone) {
            LOG.debug("{}: node {} is gone", id, node);
        }
        Optional<Reply.Standing> heard = standing;
        // Who does not answer may be dead: whoever takes its place will say how it stands.
        heard.ifPresent(told -> peer.onLoop(() -> heardOf(node, told)));
    }

    private void heardOf(String node, Reply.Standing standing) {
        if (!(tenure.role() instanceof PeerTenure.Role.StandingBy)) {
            return;
        }
        elsewhere = Optional.of(standing);
        heldBy(node, standing.tenure());
        boolean up = standing.agreement().isPresent();
        if (up && !(toldUp && contentTypes.equals(standing.contentTypes()))) {
            contentTypes = standing.contentTypes();
            server.tell(new SspEvent.PeerUp(id, contentTypes));
        } else if (!up && toldUp) {
            server.tell(
                    new SspEvent.PeerDown(id, standing.snapshot().lastError().orElse("no session")));
        }
        toldUp = up;
    }

    private void heldBy(String node, long itsTenure) {
        String now = node + '/' + itsTenure;
        if (!now.equals(holder)) {
            holder = now;
            orders.giveAgain(peer.now());
        }
    }
}
