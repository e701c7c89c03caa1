package org.impsiwf.sip.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of one stack, counted and bounded: a write that does not end and a connection nobody uses are closed. Any
 * thread.
 */
final class OpenConnections {

    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    private final Set<ConnectionWatch> open = ConcurrentHashMap.newKeySet();
    private final SipLimits limits;

    OpenConnections(SipLimits limits) {
        this.limits = limits;
    }

    /** Counts a connection in; at the limit the longest idle one makes room, false when all are busy. */
    boolean admit(ConnectionWatch watch) {
        if (open.size() >= limits.maxConnections() && !evictIdlest()) {
            return false;
        }
        open.add(watch);
        return true;
    }

    private boolean evictIdlest() {
        Optional<ConnectionWatch> idlest = open.stream()
                .filter(watch -> watch.idleNanos() > limits.idleBeforeEviction().toNanos())
                .max(Comparator.comparingLong(ConnectionWatch::idleNanos));
        idlest.ifPresent(watch -> close(watch, "idle, and others wait"));
        return idlest.isPresent();
    }

    void remove(ConnectionWatch watch) {
        open.remove(watch);
    }

    /** Whether a connection with that peer is open. */
    boolean isOpen(InetSocketAddress peer) {
        return open.stream().anyMatch(watch -> peer.equals(watch.peer()));
    }

    /** Our end of a connection with that peer, if one is open. */
    Optional<InetSocketAddress> localTowards(InetSocketAddress peer) {
        return open.stream()
                .filter(watch -> peer.equals(watch.peer()))
                .map(ConnectionWatch::local)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .findFirst();
    }

    int size() {
        return open.size();
    }

    /** Closes what is stuck; called once a second. */
    void sweep() {
        for (ConnectionWatch watch : open) {
            if (watch.isWritingLongerThan(limits.writeTimeout().toNanos())) {
                close(watch, "its peer takes nothing");
            } else if (watch.idleNanos() > limits.idleConnection().toNanos()) {
                close(watch, "idle");
            }
        }
    }

    void closeAll() {
        open.forEach(watch -> close(watch, "the stack stops"));
    }

    private void close(ConnectionWatch watch, String why) {
        open.remove(watch);
        LOG.debug("closes a connection: {}", why);
        try {
            watch.close();
        } catch (IOException e) {
            LOG.debug("a connection did not close cleanly", e);
        }
    }
}
