package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.impsiwf.ssp.transport.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is posted to a node that does not hold the peer, or cannot be sure of it: acknowledged when its holder has it, and
 * refused with 503 when nobody can be found in time who takes it. Safe from any thread.
 */
final class PostForwarding {

    private static final Logger LOG = LoggerFactory.getLogger(PostForwarding.class);
    /** Below what peers wait for an HTTP answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST = 1000;

    private final Reception reception;
    private final Carriage carriage;
    private final AtomicInteger underWay = new AtomicInteger();

    PostForwarding(Reception reception, Carriage carriage) {
        this.reception = reception;
        this.carriage = carriage;
    }

    CompletableFuture<Receipt> forward(IncomingConnection from, byte[] message) {
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
            return CompletableFuture.completedFuture(Receipt.UNAVAILABLE);
        }
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        Thread.ofVirtual().name("ssp-forward").start(() -> {
            try {
                receipt.complete(new Search(from, message).receipt());
            } catch (RuntimeException ours) {
                LOG.error("what {} posted was not forwarded", from, ours);
                receipt.complete(Receipt.UNAVAILABLE);
            } finally {
                underWay.decrementAndGet();
            }
        });
        return receipt;
    }

    /** For the node that takes one message. */
    private final class Search {

        private final IncomingConnection from;
        private final byte[] message;
        /** Nodes that have said that it is of nobody they know. */
        private Set<String> refusedBy = Set.of();

        private Search(IncomingConnection from, byte[] message) {
            this.from = from;
            this.message = message;
        }

        private Receipt receipt() {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                Optional<Receipt> receipt = attempt();
                if (receipt.isPresent()) {
                    return receipt.get();
                }
                reception.peers().stream()
                        .filter(peer -> !peer.acting())
                        .forEach(peer -> peer.share().tenure().look());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            LOG.warn("nobody takes what {} posted", from);
            return Receipt.UNAVAILABLE;
        }

        private Optional<Receipt> attempt() {
            Optional<Peer> whose = reception.guess(message);
            if (whose.isEmpty()) {
                return askEach();
            }
            if (whose.get().acting()) {
                return Optional.of(reception.read(Optional.of(from), message, whose));
            }
            return whose.get().share().tenure().role() instanceof PeerTenure.Role.StandingBy(String holder)
                    ? carriage.hand(holder, from, message)
                    : Optional.empty();
        }

        /**
         * Its peer cannot be told here. It is of nobody when all who hold peers have said so, and it is certain who does: a
         * peer whose session is refused by mistake ends it.
         */
        private Optional<Receipt> askEach() {
            Set<String> holders = Carriage.holders(reception.peers());
            boolean refused = reception.peers().stream().allMatch(peer -> peer.acting() || standsBy(peer));
            for (String holder : holders) {
                Optional<Receipt> receipt = carriage.hand(holder, from, message);
                boolean unknown = receipt.filter(this::isOfNobody).isPresent();
                if (receipt.isPresent() && !unknown) {
                    return receipt;
                }
                refused &= unknown;
            }
            if (refused && refusedBy.equals(holders)) {
                return Optional.of(reception.read(Optional.of(from), message, Optional.empty()));
            }
            refusedBy = refused ? holders : Set.of();
            return Optional.empty();
        }

        private boolean standsBy(Peer peer) {
            return peer.share().tenure().role() instanceof PeerTenure.Role.StandingBy;
        }

        private boolean isOfNobody(Receipt receipt) {
            return receipt == Receipt.UNKNOWN_SESSION || receipt == Receipt.HANG_UP;
        }
    }
}
