package org.impsiwf.ssp.server;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of peers from outside, each on its own event loop. Blocks its caller, so never an event loop. */
final class PeerLoops {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLoops.class);

    /** No event loop is busy with one thing for so long. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final EventLoopGroup loops;
    private final Supplier<? extends Collection<Peer>> peers;

    PeerLoops(EventLoopGroup loops, Supplier<? extends Collection<Peer>> peers) {
        this.loops = loops;
        this.peers = peers;
    }

    /** The answers of all peers; none after the end, when there is nobody left to ask. */
    <T> List<T> ask(Function<Peer, T> question) {
        if (loops.isShuttingDown()) {
            return List.of();
        }
        List<CompletableFuture<T>> asked = peers.get().stream()
                .map(peer -> CompletableFuture.supplyAsync(() -> question.apply(peer), peer.loop()))
                .toList();
        return asked.stream().map(PeerLoops::answer).toList();
    }

    /** On the peer's event loop at once; from elsewhere, waits for it. */
    static <T> T ask(Peer peer, Function<Peer, T> question) {
        return peer.loop().inEventLoop()
                ? question.apply(peer)
                : answer(CompletableFuture.supplyAsync(() -> question.apply(peer), peer.loop()));
    }

    private static <T> T answer(CompletableFuture<T> asked) {
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking an event loop of SSP", stopped);
        } catch (ExecutionException | TimeoutException ours) {
            throw new IllegalStateException("an event loop of SSP does not answer", ours);
        }
    }

    /**
     * Waits until it holds for all peers.
     *
     * @param endNanos of {@link System#nanoTime}
     * @return false when it did not until then
     */
    boolean await(long endNanos, Function<Peer, Boolean> condition) {
        while (!ask(condition).stream().allMatch(Boolean::booleanValue)) {
            if (System.nanoTime() >= endNanos || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** At once on its event loop, soon from elsewhere. */
    static void run(Peer peer, Runnable work) {
        if (peer.loop().inEventLoop()) {
            work.run();
            return;
        }
        try {
            peer.loop().execute(work);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{}: the server has stopped meanwhile", peer.settings().serviceId());
        }
    }
}
