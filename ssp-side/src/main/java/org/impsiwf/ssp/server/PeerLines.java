package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.impsiwf.ssp.transport.HostLocator;
import org.impsiwf.ssp.transport.HttpTransport;
import org.impsiwf.ssp.transport.OutgoingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections there are to one peer, and which there should be: of the master pair, or of each redirect pair.
 * Confined to the peer's event loop.
 */
final class PeerLines {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLines.class);
    /** How long the other connections get what a 104 moved away from one. */
    private static final Duration RELIEF = Duration.ofSeconds(5);

    private final EventLoop loop;
    private final PeerLink.Way way;
    private final HostLocator locator;
    private final HttpTransport transport;
    private final PeerLink link;
    private final List<PeerLine> lines = new ArrayList<>();
    /** The redirect pairs that carry the session. */
    private final Set<HostPair> pairs = new LinkedHashSet<>();
    /** Where connections are being opened to. */
    private final Set<Optional<HostPair>> opening = new HashSet<>();
    /** The session has left the master pair. */
    private boolean left;

    private int wanted = 1;
    private int nextHost;
    /** Hosts that have not been tried since one last worked. */
    private int untried;

    PeerLines(EventLoop loop, PeerLink.Way way, HostLocator locator, HttpTransport transport, PeerLink link) {
        this.loop = loop;
        this.way = way;
        this.locator = locator;
        this.transport = transport;
        this.link = link;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<PeerLine> all() {
        return List.copyOf(lines);
    }

    void remove(PeerLine line) {
        lines.remove(line);
    }

    void connected() {
        untried = 0;
    }

    Optional<PeerLine> of(Optional<HostPair> pair) {
        return lines.stream().filter(l -> l.pair.equals(pair)).findFirst();
    }

    /** The redirect pair of a connection that is open. */
    Optional<HostPair> pairOf(OutgoingConnection connection) {
        for (PeerLine line : lines) {
            if (line.connection == connection) {
                return line.pair;
            }
        }
        return Optional.empty();
    }

    boolean noneUp() {
        return lines.stream().noneMatch(l -> l.up);
    }

    boolean carrySetUp() {
        return lines.stream().anyMatch(PeerLine::carriesSetUp);
    }

    int inFlight() {
        return lines.stream().mapToInt(l -> l.inFlight.size()).sum();
    }

    boolean leftMaster() {
        return left;
    }

    void forget(HostPair pair) {
        pairs.remove(pair);
    }

    /** Tries the next host of the peer; false when none is left. */
    boolean tryNextHost() {
        if (untried == 0) {
            return false;
        }
        untried--;
        open(Optional.empty());
        return true;
    }

    /** How many connections of the master pair there should be; they are opened now. */
    void want(int connections) {
        wanted = connections;
        restore();
    }

    /** Opens what should be there and is not. */
    void restore() {
        if (link.closing()) {
            return;
        }
        for (HostPair pair : List.copyOf(pairs)) {
            if (lines.stream().noneMatch(l -> l.pair.equals(Optional.of(pair)))) {
                open(Optional.of(pair));
            }
        }
        if (!left && masterLines() < Math.max(1, wanted)) {
            open(Optional.empty());
        }
    }

    private long masterLines() {
        return lines.stream().filter(l -> l.pair.isEmpty()).count();
    }

    /** The session is carried by this redirect pair, too. */
    void join(HostPair pair) {
        if (pairs.add(pair)) {
            of(Optional.of(pair)).filter(line -> line.up).ifPresent(link::joined);
        }
        restore();
    }

    /** SSP 9.2.1: the redirect pairs carry the session from now on; the master pair is disconnected. */
    void leaveMaster() {
        left = true;
        lines.stream()
                .filter(l -> l.pair.isEmpty() && l.inFlight.isEmpty())
                .toList()
                .forEach(PeerLine::dismiss);
    }

    /** A login has failed: what was opened for its pair alone is of no use. */
    void dropStrays() {
        lines.stream()
                .filter(l -> l.pair.filter(pair -> !pairs.contains(pair)).isPresent())
                .toList()
                .forEach(PeerLine::dismiss);
    }

    void open(Optional<HostPair> pair) {
        if (!opening.add(pair)) {
            return;
        }
        Thread.ofVirtual().name("ssp-locate-" + way.domain()).start(() -> {
            try {
                Optional<URI> url = pair.map(p -> hostUrl(p.peers())).or(way::url);
                List<HostLocator.Host> hosts = locator.locate(url, way.domain(), way.tlsFromDns());
                backOnLoop(() -> connect(pair, hosts));
            } catch (UnknownHostException | RuntimeException nowhere) {
                backOnLoop(() -> {
                    opening.remove(pair);
                    link.notReached(new PeerLine(link, pair), "no host: " + nowhere.getMessage());
                });
            }
        });
    }

    /** SSP 6.5.2: a redirect host is a name; scheme and port are those of the Host-ID unless it says more. */
    private URI hostUrl(String host) {
        if (host.contains("://")) {
            return URI.create(host);
        }
        String scheme = way.url().map(URI::getScheme).orElse("http");
        boolean port = host.lastIndexOf(':') > host.lastIndexOf(']');
        String likeHostId = way.url()
                .map(URI::getPort)
                .filter(p -> p > 0 && !port)
                .map(p -> ":" + p)
                .orElse("");
        return URI.create(scheme + "://" + host + likeHostId + "/");
    }

    private void backOnLoop(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{}: the server has stopped meanwhile", way.domain());
        }
    }

    private void connect(Optional<HostPair> pair, List<HostLocator.Host> hosts) {
        opening.remove(pair);
        if (!link.acting()) {
            return;
        }
        if (lines.isEmpty() && untried == 0 && pair.isEmpty()) {
            untried = hosts.size() - 1;
        }
        long missing = pair.isPresent() ? 1 : Math.max(1, wanted) - masterLines();
        for (int i = 0; i < missing; i++) {
            PeerLine line = new PeerLine(link, pair);
            lines.add(line);
            // Several pairs spread over the hosts that there are; a host that refuses is passed over next time.
            HostLocator.Host host = hosts.get(Math.floorMod(nextHost++, hosts.size()));
            line.connection = transport.open(loop, host, line);
        }
    }

    /** SSP 18.1.4: this connection gets work only when no other one can. */
    void overloaded(OutgoingConnection connection) {
        lines.stream().filter(l -> l.connection == connection).forEach(l -> l.overloaded = true);
        if (lines.stream().allMatch(l -> l.overloaded) && lines.size() < 2 && pairs.isEmpty()) {
            want(2);
        }
        loop.schedule(
                () -> lines.forEach(l -> l.overloaded = l.overloaded && l.connection != connection),
                RELIEF.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Whether the session uses it: the other half of its pair is there. */
    boolean carriesSession(PeerLine line) {
        return line.pair.map(pairs::contains).orElse(!left);
    }

    /** In the order in which they get work. */
    List<PeerLine> byLoad() {
        List<PeerLine> usable = pairs.isEmpty()
                ? lines
                : lines.stream().filter(this::carriesSession).toList();
        List<PeerLine> sorted = new ArrayList<>(usable.size());
        for (PeerLine line : usable) {
            if (!line.overloaded) {
                sorted.add(line);
            }
        }
        for (PeerLine line : usable) {
            if (line.overloaded) {
                sorted.add(line);
            }
        }
        return sorted;
    }

    /** SSP 6.2: request and response of a transaction use the same pair, as long as that is there. */
    boolean mayCarry(PeerLine line, Outbound message) {
        if (message.pinned.isPresent()) {
            return message.pinned.get() == line.connection;
        }
        return message.pair.isEmpty()
                || message.pair.equals(line.pair)
                || lines.stream().noneMatch(l -> l.up && l.pair.equals(message.pair));
    }

    /** The next session begins on the master pair. */
    void toMaster() {
        pairs.clear();
        left = false;
        wanted = 1;
    }

    /** Whether a connection of ours goes to this host. */
    boolean reaches(InetAddress host) {
        return lines.stream().anyMatch(l -> l.up && l.connection.host().equals(host));
    }

    /** The open ones. */
    List<OutgoingConnection> openLines() {
        return lines.stream().filter(l -> l.up).map(l -> l.connection).toList();
    }
}
