package org.impsiwf.sip.stack;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Hop;
import org.impsiwf.sip.resolve.HopResolver;
import org.impsiwf.sip.resolve.Target;
import org.impsiwf.sip.resolve.TargetLocator;
import org.impsiwf.sip.resolve.Transport;
import org.impsiwf.store.NodePrefix;

/** Where a request of ours may go, best first. Asks registrar and DNS, so it may block. */
final class Ways {

    /** RFC 3261 §18.1.1, RFC 3428 §8: what leaves by a transport that knows congestion. */
    private static final int MOST_FOR_UDP = 1_300;

    /** One way: what the request line and Route say, and where it goes. */
    record Way(SipUri requestUri, List<String> routes, Hop hop) {}

    /** Final responses that speak of one contact: another one of the same user may still take the request. */
    private static final Set<Integer> OF_ONE_CONTACT = Set.of(404, 408, 410, 430, 480);

    private final TargetLocator locator;
    private final HopResolver resolver;
    private final SipPoints points;
    private final OpenConnections connections;
    private final NodePrefix node;

    Ways(TargetLocator locator, HopResolver resolver, SipPoints points, OpenConnections connections, NodePrefix node) {
        this.node = node;
        this.locator = locator;
        this.resolver = resolver;
        this.points = points;
        this.connections = connections;
    }

    /** All ways to a user for a request of that size; empty when nobody is there. */
    List<Way> to(SipUri user, int size) {
        var ways = new ArrayList<Way>();
        for (Target target : locator.locate(user)) {
            var uri = new SipUri(target.requestUri());
            for (Hop hop : hops(target.nextHop(), target.flow(), size)) {
                ways.add(new Way(uri, target.routes(), hop));
            }
        }
        return ways;
    }

    /** The flow that the best way to a user begins with, of whichever node. */
    Optional<String> flowTo(SipUri user) {
        return locator.locate(user).stream().findFirst().flatMap(Target::flow);
    }

    /** The hops of a request in a dialog (RFC 3261 §12.2.1.1), the connection that the peer came by first. */
    List<Hop> inside(Dialog dialog, Optional<String> flow, int size) {
        return hops(dialog.route().nextHop(), dialog.routeSet().isEmpty() ? flow : Optional.empty(), size);
    }

    private List<Hop> hops(SipUri nextHop, Optional<String> flow, int size) {
        var hops = new ArrayList<Hop>();
        flow.flatMap(this::openFlow).ifPresent(hops::add);
        for (Hop hop : resolver.resolve(nextHop)) {
            if (hop.transport() == Transport.UDP && size > MOST_FOR_UDP && points.speak(Transport.TCP)) {
                hops.add(new Hop(Transport.TCP, hop.host(), hop.port(), hop.serverName()));
            }
            if (!hops.contains(hop)) {
                hops.add(hop);
            }
        }
        return hops;
    }

    /**
     * A flow is {@code transport:address:port} of the peer; one over a connection is only good while that is open, and none on
     * another node than its own.
     */
    private Optional<Hop> openFlow(String named) {
        if (NodePrefix.nodeOf(named).isPresent() && !named.startsWith(node.text())) {
            return Optional.empty();
        }
        String flow = NodePrefix.rest(named);
        int first = flow.indexOf(':');
        int last = flow.lastIndexOf(':');
        Transport transport = Transport.valueOf(flow.substring(0, first).toUpperCase(Locale.ROOT));
        String host = flow.substring(first + 1, last).replace("[", "").replace("]", "");
        int port = Integer.parseInt(flow.substring(last + 1));
        boolean usable = transport == Transport.UDP || connections.isOpen(new InetSocketAddress(host, port));
        return usable ? Optional.of(new Hop(transport, host, port, host)) : Optional.empty();
    }

    /**
     * Which of the ways that are left are worth a try after a way gave that final response (RFC 3261 §16.7): all after 503, which
     * is of the hop; those to other contacts when the contact is not there; none when the request was refused.
     */
    static List<Way> leftAfter(Way tried, int status, List<Way> left) {
        if (status == 503) {
            return left;
        }
        return OF_ONE_CONTACT.contains(status)
                ? left.stream()
                        .filter(way -> !way.requestUri().equals(tried.requestUri()))
                        .toList()
                : List.of();
    }

    void failed(Hop hop) {
        resolver.failed(hop);
    }

    void reached(Hop hop) {
        resolver.reached(hop);
    }
}
