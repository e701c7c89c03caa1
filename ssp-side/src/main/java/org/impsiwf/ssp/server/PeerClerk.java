package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.transport.Receipt;
import org.impsiwf.store.NodeGoneException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the letters of other nodes, sees them come and go, and hands peers over when this node leaves. */
final class PeerClerk implements SspOffice.Clerk {

    private static final Logger LOG = LoggerFactory.getLogger(PeerClerk.class);
    /** How long a moment without open transactions is waited for before a peer is handed over. */
    private static final Duration FOR_QUIET = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Reception reception;
    private final Carriage carriage;
    private final SharedNodes nodes;
    private volatile boolean closed;
    private Optional<AutoCloseable> watching = Optional.empty();

    PeerClerk(Reception reception, Carriage carriage, SharedNodes nodes) {
        this.reception = reception;
        this.carriage = carriage;
        this.nodes = nodes;
    }

    void open(SspOffice office) {
        if (!nodes.alone()) {
            office.open(this);
            watching = Optional.of(nodes.onLeft(this::left));
        }
    }

    /** Each peer looks by itself who holds it, and again until the store has said so. */
    private void left(String node) {
        reception.peers().forEach(peer -> peer.onLoop(() -> peer.share().left(node)));
        carriage.left(node);
    }

    @Override
    public Reply take(String from, Letter letter) {
        return switch (letter) {
            case Letter.Orders(ServiceId id, var commands) ->
                of(id, peer -> peer.share().taken(from, commands));
            case Letter.Outcomes(ServiceId id, var events) ->
                of(id, peer -> {
                    events.forEach(peer.share()::ended);
                    return new Reply.Taken();
                });
            case Letter.HowDoesItStand(ServiceId id, var hosts) ->
                of(id, peer -> peer.share().standing(from, hosts));
            case Letter.Posted posted -> posted(from, posted);
            case Letter.ConnectionClosed(String connection) -> {
                carriage.closed(from, connection);
                yield new Reply.Taken();
            }
            case Letter.CloseConnection(String connection) -> {
                carriage.close(connection);
                yield new Reply.Taken();
            }
            case Letter.Changed(ServiceId id) -> {
                reception.find(id).ifPresent(peer -> peer.share().tenure().look());
                yield new Reply.Taken();
            }
            case Letter.TakeOver(ServiceId id) -> takeOver(id);
        };
    }

    private Reply of(ServiceId id, Function<Peer, Reply> work) {
        return reception
                .find(id)
                .filter(peer -> !closed)
                .map(peer -> PeerLoops.ask(peer, work))
                .orElseGet(Reply.NotMine::new);
    }

    private Reply posted(String from, Letter.Posted posted) {
        Optional<Receipt> receipt =
                reception.handedOver(carriage.of(from, posted), posted.message().bytes());
        return receipt.<Reply>map(Reply.Receipted::new).orElseGet(Reply.NotMine::new);
    }

    private Reply takeOver(ServiceId id) {
        Optional<Peer> peer = reception.find(id);
        peer.ifPresent(found -> found.share().tenure().lookNow());
        return peer.filter(Peer::acting).isPresent() ? new Reply.Taken() : new Reply.NotMine();
    }

    /** This node leaves: every peer that it holds goes on at another node, if there is one. Blocks. */
    void handOver() {
        if (nodes.alone() || nodes.others().isEmpty()) {
            return;
        }
        nodes.leave();
        List<Peer> ours = reception.peers().stream().filter(Peer::acting).toList();
        for (Peer peer : ours) {
            try {
                handOver(peer);
            } catch (RuntimeException storeAway) {
                LOG.warn("{}: not handed over: {}", peer.settings().serviceId(), storeAway.toString());
            }
        }
    }

    private void handOver(Peer peer) {
        long end = System.nanoTime() + FOR_QUIET.toNanos();
        while (!PeerLoops.ask(peer, Peer::betweenTransactions) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        PeerTenure tenure = peer.share().tenure();
        boolean vacated = tenure.vacate();
        if (!vacated) {
            // The pair may have moved on in between.
            vacated = tenure.vacate();
        }
        if (vacated && nodes.others().stream().noneMatch(node -> takes(peer, node))) {
            // Nobody is left to take it: it ends with this node.
            nodes.stay();
            tenure.lookNow();
            nodes.leave();
        }
    }

    private boolean takes(Peer peer, String node) {
        ServiceId id = peer.settings().serviceId();
        try {
            boolean taken = peer.share().ask(node, new Letter.TakeOver(id)) instanceof Reply.Taken;
            if (taken) {
                LOG.info("{}: handed over to node {}", id, node);
                peer.share().tenure().lookNow();
            }
            return taken;
        } catch (NodeGoneException gone) {
            LOG.info("{}: node {} is gone, too", id, node);
            return false;
        }
    }

    void close() {
        closed = true;
        nodes.leave();
        watching.ifPresent(watch -> {
            try {
                watch.close();
            } catch (Exception ours) {
                throw new IllegalStateException(ours);
            }
        });
    }
}
