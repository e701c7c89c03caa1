package org.impsiwf.sip.stack;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.impsiwf.sip.resolve.Hop;
import org.impsiwf.sip.resolve.Transport;

/** The listening points of one stack. Any thread. */
final class SipPoints {

    private final List<SipPoint> all = new CopyOnWriteArrayList<>();
    private final OpenConnections connections;

    SipPoints(OpenConnections connections) {
        this.connections = connections;
    }

    void add(SipPoint point) {
        all.add(point);
    }

    List<SipPoint> all() {
        return all;
    }

    boolean speak(Transport transport) {
        return all.stream().anyMatch(point -> point.transport() == transport);
    }

    /**
     * The point that a message to that hop leaves from: the one whose connection with it is open, else one on the address that
     * the system would send from, else one on all addresses, else the first configured.
     */
    Optional<SipPoint> towards(Hop hop) {
        List<SipPoint> able = all.stream().filter(point -> point.reaches(hop)).toList();
        if (able.size() < 2) {
            return able.stream().findFirst();
        }
        return acceptedOn(hop, able)
                .or(() -> first(able, point -> point.address().equals(point.sourceTowards(hop.host()))))
                .or(() -> first(able, point -> point.address().isAnyLocalAddress()))
                .or(() -> first(able, point -> true));
    }

    /** An accepted connection has the port of the point that accepted it; another point would open a second one. */
    private Optional<SipPoint> acceptedOn(Hop hop, List<SipPoint> able) {
        if (hop.transport() == Transport.UDP) {
            return Optional.empty();
        }
        return connections
                .localTowards(new InetSocketAddress(hop.host(), hop.port()))
                .flatMap(local -> first(
                        able,
                        point -> point.port() == local.getPort()
                                && (point.address().isAnyLocalAddress()
                                        || point.address().equals(local.getAddress()))));
    }

    private static Optional<SipPoint> first(List<SipPoint> points, Predicate<SipPoint> wanted) {
        return points.stream().filter(wanted).findFirst();
    }

    /** The point that a message came in at. */
    SipPoint of(Object provider) {
        for (SipPoint point : all) {
            if (point.provider().equals(provider)) { // JAIN-SIP compares providers by identity
                return point;
            }
        }
        throw new IllegalStateException("a message from a provider of another stack");
    }
}
