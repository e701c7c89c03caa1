package org.impsiwf.ssp.server;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.session.ConnectionLifetime;
import org.impsiwf.ssp.transport.IncomingConnection;

/**
 * The connections over which one peer speaks to us, each with its lifetime (SSP 9.2.4, D-24). A connection belongs to
 * the peer once it has carried a proof of its password, or a message of its session. Confined to the peer's event loop.
 */
final class IncomingLines {

    private static final int MOST_HOSTS = 64;

    private final Map<IncomingConnection, ConnectionLifetime> lines = new HashMap<>();
    private final Map<IncomingConnection, HostPair> pairs = new HashMap<>();
    /** Where the peer has proved itself from, in the session that is open or in the login before it. */
    private final Set<InetAddress> hosts = new LinkedHashSet<>();

    private ConnectionLifetime whole = new ConnectionLifetime(Optional.empty(), Instant.EPOCH);

    /** A session opens: what it grants holds for every connection that does not ask otherwise. */
    void sessionOpened(Optional<Duration> lifetime, Instant now) {
        whole = new ConnectionLifetime(lifetime, now);
        lines.replaceAll((line, old) -> whole);
    }

    /** @return whether the connection is new here */
    boolean heard(IncomingConnection line, Instant now) {
        whole = whole.heard(now);
        ConnectionLifetime known = lines.get(line);
        lines.put(line, (known == null ? whole : known).heard(now));
        return known == null;
    }

    /** The peer has shown over this connection what only it can know: its password, or the Session-ID that we gave it. */
    void proved(IncomingConnection line) {
        line.host().filter(host -> hosts.size() < MOST_HOSTS).ifPresent(hosts::add);
    }

    /** The pair that this connection is the peer's half of. */
    void ofPair(IncomingConnection line, HostPair pair) {
        pairs.put(line, pair);
    }

    Optional<HostPair> pairOf(IncomingConnection line) {
        return Optional.ofNullable(pairs.get(line));
    }

    /** Whether the peer has proved itself from the host that this connection comes from. */
    boolean fromProvedHost(IncomingConnection line) {
        return line.host().filter(hosts::contains).isPresent();
    }

    void renewed(IncomingConnection line, Optional<Duration> granted, Instant now) {
        lines.computeIfPresent(line, (l, known) -> known.renewed(granted, now));
        whole = lines.size() == 1 ? whole.renewed(granted, now) : whole.heard(now);
    }

    void closed(IncomingConnection line) {
        pairs.remove(line);
        lines.remove(line);
    }

    /** Takes out and returns those that were silent for too long. */
    List<IncomingConnection> expired(Instant now) {
        List<IncomingConnection> expired = new ArrayList<>();
        lines.forEach((line, lifetime) -> {
            if (lifetime.expired(now)) {
                expired.add(line);
            }
        });
        expired.forEach(this::closed);
        return expired;
    }

    /** Whether the peer was silent for too long on all of them, also when it closed them itself. */
    boolean allExpired(Instant now) {
        return lines.isEmpty() && whole.expired(now);
    }

    void closeAll() {
        List<IncomingConnection> all = new ArrayList<>(lines.keySet());
        lines.clear();
        hosts.clear();
        pairs.clear();
        all.forEach(IncomingConnection::close);
    }

    /** They stay open: what comes over them is handed to the node that goes on from here. */
    void giveUp() {
        lines.clear();
        hosts.clear();
        pairs.clear();
    }

    int size() {
        return lines.size();
    }
}
