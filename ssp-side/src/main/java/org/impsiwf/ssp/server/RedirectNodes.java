package org.impsiwf.ssp.server;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.ssp.transport.IncomingConnection;

/**
 * The redirect hosts at which one peer finds us: those of this node, and those of the nodes that hand us what comes in there.
 * Confined to the peer's event loop, except {@link #ownHosts}.
 */
final class RedirectNodes {

    private volatile RedirectTerms own;
    private final Map<String, List<String>> others = new TreeMap<>();
    /** Hosts of a session that another node has opened, whose nodes have not been heard of here. */
    private final Set<String> awaited = new HashSet<>();

    RedirectNodes(RedirectTerms own) {
        this.own = own;
    }

    void own(RedirectTerms other) {
        own = other;
    }

    List<String> ownHosts() {
        return own.hosts();
    }

    /** Whether the peer was told of this host as one of this node. */
    boolean isOwn(String host) {
        return own.hosts().isEmpty() ? host.equals(own.hostId()) : own.hosts().contains(host);
    }

    /** With the hosts of all nodes. A node alone among them without a list keeps to its Host-ID. */
    RedirectTerms terms() {
        List<String> hosts = Stream.concat(
                        own.hosts().stream(), others.values().stream().flatMap(List::stream))
                .distinct()
                .toList();
        return own.hosts().isEmpty() ? own : new RedirectTerms(hosts, own.accept(), own.hostId());
    }

    void awaited(String host) {
        awaited.add(host);
    }

    void sessionEnded() {
        awaited.clear();
    }

    void giveUp() {
        others.clear();
    }

    /**
     * What follows when nodes come or go.
     *
     * @param gone hosts that nobody is at any more
     * @param back hosts of the session that is open
     * @param added hosts that the peer does not know
     */
    record Change(List<String> gone, List<String> back, List<String> added) {
        boolean isNone() {
            return gone.isEmpty() && back.isEmpty() && added.isEmpty();
        }
    }

    /** @param hosts none: the node is gone */
    Change hostsOf(String node, List<String> hosts) {
        List<String> before = terms().hosts();
        if (hosts.isEmpty()) {
            others.remove(node);
        } else {
            others.put(node, List.copyOf(hosts));
        }
        List<String> now = terms().hosts();
        List<String> fresh = now.stream().filter(host -> !before.contains(host)).toList();
        List<String> back = fresh.stream().filter(awaited::remove).toList();
        return new Change(
                before.stream().filter(host -> !now.contains(host)).toList(),
                back,
                fresh.stream().filter(host -> !back.contains(host)).toList());
    }

    /** The host that a connection came in at, here or at another node. */
    Optional<String> hostAt(IncomingConnection from) {
        List<String> hosts = from instanceof CarriedConnection carried
                ? others.getOrDefault(carried.node(), List.of())
                : own.hosts();
        return RedirectHosts.at(hosts, from.local());
    }
}
