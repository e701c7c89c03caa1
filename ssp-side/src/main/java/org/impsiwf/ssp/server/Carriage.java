package org.impsiwf.ssp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.impsiwf.ssp.transport.Receipt;
import org.impsiwf.store.NodeGoneException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what is posted to a node that does not hold the peer to the node that does, and connections with it: what one node
 * has accepted, another one knows by its id, and can close. Safe from any thread.
 */
final class Carriage {

    private static final Logger LOG = LoggerFactory.getLogger(Carriage.class);

    private final SspOffice office;

    /** A connection of ours that another node knows. */
    private record Lent(IncomingConnection connection, Set<String> nodes) {}

    private final Map<String, Lent> lent = new ConcurrentHashMap<>();
    private final Map<String, CarriedConnection> carried = new ConcurrentHashMap<>();

    Carriage(SspOffice office) {
        this.office = office;
    }

    /**
     * Hands it to that node; waits until it has it.
     *
     * @return empty: that node does not hold the peer, or is gone
     */
    Optional<Receipt> hand(String node, IncomingConnection from, byte[] message) {
        lend(node, from);
        InetSocketAddress local = from.local();
        var letter = new Letter.Posted(
                from.id(),
                from.host().map(InetAddress::getHostAddress),
                local.getAddress().getHostAddress(),
                local.getPort(),
                from.certifiedName(),
                new Octets(message));
        try {
            return office.send(node, letter) instanceof Reply.Receipted(Receipt receipt)
                    ? Optional.of(receipt)
                    : Optional.empty();
        } catch (NodeGoneException gone) {
            LOG.info("what {} posted was not taken by node {}, which is gone", from, node);
            return Optional.empty();
        }
    }

    private void lend(String node, IncomingConnection from) {
        Lent known = lent.computeIfAbsent(from.id(), id -> new Lent(from, ConcurrentHashMap.newKeySet()));
        known.nodes().add(node);
        from.onClose(() -> {
            lent.remove(from.id());
            known.nodes().forEach(other -> office.mail(other, new Letter.ConnectionClosed(from.id())));
        });
    }

    /** The connection of that node, as we know it. */
    CarriedConnection of(String node, Letter.Posted posted) {
        return carried.computeIfAbsent(
                key(node, posted.connection()),
                key -> new CarriedConnection(
                        node,
                        posted.connection(),
                        posted.host().flatMap(Carriage::address),
                        new InetSocketAddress(posted.localHost(), posted.localPort()),
                        posted.certifiedName(),
                        () -> office.mail(node, new Letter.CloseConnection(posted.connection()))));
    }

    private static String key(String node, String connection) {
        return node + '/' + connection;
    }

    /** A literal needs no look-up. */
    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException impossible) {
            LOG.warn("no address: {}", literal);
            return Optional.empty();
        }
    }

    void closed(String node, String connection) {
        Optional.ofNullable(carried.remove(key(node, connection))).ifPresent(CarriedConnection::closed);
    }

    /** That node wants this connection of ours closed. */
    void close(String connection) {
        Optional.ofNullable(lent.get(connection))
                .ifPresent(known -> known.connection().close());
    }

    void left(String node) {
        List<CarriedConnection> gone = new ArrayList<>();
        carried.values().removeIf(connection -> connection.node().equals(node) && gone.add(connection));
        gone.forEach(CarriedConnection::closed);
    }

    /** The nodes that hold peers which this one does not. */
    static Set<String> holders(Iterable<Peer> peers) {
        Set<String> others = new LinkedHashSet<>();
        for (Peer peer : peers) {
            if (peer.share().tenure().role() instanceof PeerTenure.Role.StandingBy(String holder)) {
                others.add(holder);
            }
        }
        return others;
    }
}
