package org.impsiwf.ssp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.impsiwf.ssp.session.Binding;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.ssp.session.Redirection;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SSP 9.2.1: the redirect connection pairs of a session, every host of ours with every host of the peer. Who started the login
 * that brought the lists sets them up, one after the other, since SendSecretToken does not say for which pair it is. Confined
 * to the peer's event loop.
 */
final class RedirectMesh {

    private static final Logger LOG = LoggerFactory.getLogger(RedirectMesh.class);
    /** Before a pair that could not be set up, or was lost, is tried again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Peer peer;
    private Optional<Redirection> lists = Optional.empty();
    /** Ours to set up, and when. */
    private final Map<HostPair, Instant> missing = new LinkedHashMap<>();

    private final Set<HostPair> untried = new LinkedHashSet<>();
    private final Set<HostPair> up = new LinkedHashSet<>();
    private Instant changed = Instant.EPOCH;
    private boolean left;
    private final RedirectNodes nodes;

    RedirectMesh(Peer peer) {
        this.peer = peer;
        nodes = new RedirectNodes(peer.settings().redirect());
    }

    void sessionOpened(Session session) {
        sessionEnded();
        session.redirection().ifPresent(this::extend);
    }

    /**
     * Another node has opened it. What pairs it had with hosts of ours is there still, at the peer's side; those with hosts of
     * other nodes follow when these say that they live.
     */
    void sessionResumed(Session session) {
        sessionEnded();
        session.redirection()
                .filter(agreed -> agreed.ours().stream().anyMatch(nodes::isOwn))
                .ifPresent(agreed -> {
                    lists = Optional.of(agreed);
                    changed = peer.now();
                    left = true;
                    peer.link().lines().leaveMaster();
                    agreed.ours().forEach(host -> {
                        if (nodes.isOwn(host)) {
                            goOnWith(host);
                        } else {
                            nodes.awaited(host);
                        }
                    });
                });
    }

    /** The pairs of this host are up, as far as we know. */
    private void goOnWith(String ours) {
        for (String theirs : lists.orElseThrow().peers()) {
            HostPair pair = new HostPair(Optional.of(ours), theirs);
            up.add(pair);
            peer.link().lines().join(pair);
        }
    }

    /** The hosts of another node that shares the peer; none when it is gone. */
    void hostsOf(String node, List<String> hosts) {
        RedirectNodes.Change change = nodes.hostsOf(node, hosts);
        if (!change.isNone()) {
            peer.keeper().redirect(nodes.terms());
            change.gone().forEach(this::forget);
            change.back().forEach(this::goOnWith);
            if (!change.added().isEmpty()) {
                exchangeLists();
            }
        }
    }

    private void forget(String ours) {
        Predicate<HostPair> ofIt = pair -> pair.ours().equals(Optional.of(ours));
        missing.keySet().removeIf(ofIt);
        untried.removeIf(ofIt);
        up.stream().filter(ofIt).forEach(peer.link().lines()::forget);
        up.removeIf(ofIt);
        peer.link().lines().dropStrays();
        lists = lists.map(agreed -> new Redirection(
                agreed.initiator(),
                agreed.ours().stream().filter(host -> !host.equals(ours)).toList(),
                agreed.peers()));
        if (up.isEmpty() && left) {
            peer.link().lost("no pair is left");
        }
    }

    /** What this node has, for the others to name. */
    List<String> ownHosts() {
        return nodes.ownHosts();
    }

    void sessionEnded() {
        lists = Optional.empty();
        nodes.sessionEnded();
        missing.clear();
        untried.clear();
        up.clear();
        left = false;
    }

    /** Another node goes on from here, and will hear from the others. */
    void giveUp() {
        sessionEnded();
        nodes.giveUp();
        peer.keeper().redirect(nodes.terms());
    }

    private void extend(Redirection agreed) {
        LOG.info("{}: redirected, {} to {}", peer.settings().serviceId(), agreed.ours(), agreed.peers());
        lists = Optional.of(agreed);
        changed = peer.now();
        for (String ours : agreed.ours()) {
            for (String theirs : agreed.peers()) {
                HostPair pair = new HostPair(Optional.of(ours), theirs);
                if (agreed.initiator() && !up.contains(pair)) {
                    missing.put(pair, peer.now());
                    untried.add(pair);
                }
            }
        }
    }

    /** A login has added a pair, or, over a master pair, brought new lists. */
    void added(Session session, Binding binding) {
        if (binding.master()) {
            session.redirection().ifPresent(this::extend);
            return;
        }
        HostPair pair = new HostPair(binding.ourHost(), binding.peerHost().orElseThrow());
        LOG.info("{}: connection pair {} is up", peer.settings().serviceId(), pair);
        missing.remove(pair);
        untried.remove(pair);
        up.add(pair);
        changed = peer.now();
        peer.link().lines().join(pair);
    }

    /** One half of a pair is gone for good; the session goes on as long as there is another one (SSP 9.1.3). */
    void lost(HostPair pair, String cause) {
        LOG.warn("{}: connection pair {} is lost: {}", peer.settings().serviceId(), pair, cause);
        up.remove(pair);
        if (lists.filter(Redirection::initiator).isPresent()) {
            missing.put(pair, peer.now().plus(AGAIN));
        }
        if (up.isEmpty() && left) {
            peer.link().lost(cause);
        }
    }

    /** Whether pairs are being set up: until then nothing is negotiated (SSP 9.1.1). */
    boolean building() {
        return lists.isPresent() && !left;
    }

    /** Which of our redirect hosts a connection came in at. */
    Optional<String> ourHost(IncomingConnection from) {
        return nodes.hostAt(from);
    }

    /** The redirect pair that a connection is half of; one that proved nothing is taken for one of its host's. */
    Optional<HostPair> pairOf(IncomingConnection from) {
        if (up.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> ourHost = ourHost(from);
        return peer.incoming()
                .pairOf(from)
                .or(() -> up.stream()
                        .filter(pair -> ourHost.isPresent() && pair.ours().equals(ourHost))
                        .findFirst());
    }

    /** Other hosts of ours share the load from now on; a session that is open gets their pairs, too. */
    void redirect(RedirectTerms other) {
        nodes.own(other);
        peer.keeper().redirect(nodes.terms());
        exchangeLists();
    }

    List<PeerSnapshot.Redirected> pairs() {
        return up.stream()
                .map(pair -> new PeerSnapshot.Redirected(pair.ours().orElse(""), pair.peers()))
                .toList();
    }

    /** SSP 9.1.1: exchanges lists anew, by a login between the two Host-IDs that makes no new session. */
    private void exchangeLists() {
        peer.session()
                .ifPresent(session -> peer.keeper()
                        .tell(new PairEvent.PairWanted(
                                new Binding(session.ours(), session.peers(), Optional.empty(), Optional.empty()))));
    }

    void tick(Instant now) {
        if (lists.isEmpty() || peer.session().isEmpty() || peer.keeper().busy()) {
            return;
        }
        if (peer.keeper().state() instanceof PairState.Open) {
            missing.entrySet().stream()
                    .filter(entry -> !now.isBefore(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(pair -> setUp(pair, now));
            if (!left && !up.isEmpty() && complete(now)) {
                left = true;
                peer.link().lines().leaveMaster();
            }
        }
    }

    private void setUp(HostPair pair, Instant now) {
        missing.put(pair, now.plus(AGAIN));
        untried.remove(pair);
        Session session = peer.session().orElseThrow();
        peer.keeper()
                .tell(new PairEvent.PairWanted(
                        new Binding(session.ours(), session.peers(), pair.ours(), Optional.of(pair.peers()))));
    }

    /** Who waits for the other side's steps takes it that no pair follows when none has followed for a while. */
    private boolean complete(Instant now) {
        Redirection agreed = lists.orElseThrow();
        boolean all = up.size() >= agreed.ours().size() * agreed.peers().size();
        return all || (agreed.initiator() ? untried.isEmpty() : now.isAfter(changed.plus(AGAIN)));
    }
}
