package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.holding.HeldPair;
import org.impsiwf.ssp.holding.Tenure;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node holds one peer. Looks at the store now and then, whenever nodes come or go, and when it may have been
 * taken for dead; what it finds changes things on the peer's event loop.
 */
final class PeerTenure {

    private static final Logger LOG = LoggerFactory.getLogger(PeerTenure.class);
    /** Between two looks when nobody has told of a change. */
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(1);
    /** As long as nothing is known, or this node is out of touch. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final int REFUSALS_PER_LINE = 100;

    /** What this node is to the peer. */
    sealed interface Role {

        /** Not known yet. */
        record Seeking() implements Role {}

        /** @param touch as it was when the store said so */
        record Holding(long touch) implements Role {}

        record StandingBy(String holder) implements Role {}
    }

    /** Hears of it on the event loop. */
    interface Owner {

        /** The pair is ours from here on. */
        void took(PairState state);

        /** It is not ours any more. */
        void lost();

        /** That node holds it; on a virtual thread, after each look. */
        void standingBy(String holder);
    }

    private final EventLoop loop;
    private final String key;
    private final Store<HeldPair> store;
    private final SharedNodes nodes;
    private final PairRecord pair;
    private final Owner owner;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    /** Odd while the pair is being given up: what is looked up meanwhile, or was before, is not true any more after it. */
    private final AtomicInteger vacating = new AtomicInteger();

    private volatile Role role = new Role.Seeking();
    private Instant nextLook = Instant.EPOCH;
    /** Since the last look that the store allowed. */
    private final AtomicInteger refused = new AtomicInteger();

    PeerTenure(EventLoop loop, String key, Store<HeldPair> store, SharedNodes nodes, PairRecord pair, Owner owner) {
        this.loop = loop;
        this.key = key;
        this.store = store;
        this.nodes = nodes;
        this.pair = pair;
        this.owner = owner;
    }

    /** Whether this node may decide, answer and send for the peer at this moment. From any thread. */
    boolean acting() {
        return nodes.alone()
                || (role instanceof Role.Holding(long touch) && nodes.touch().equals(OptionalLong.of(touch)));
    }

    Role role() {
        return role;
    }

    /** On the event loop. */
    void tick(Instant now) {
        if (!nodes.alone() && !now.isBefore(nextLook)) {
            boolean known = acting() || role instanceof Role.StandingBy;
            nextLook = now.plus(known ? NOW_AND_THEN : SOON);
            look();
        }
    }

    /** Looks, soon. From any thread. */
    void look() {
        wanted.set(true);
        if (!nodes.alone() && looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("ssp-look-" + key).start(this::looks);
        }
    }

    private void looks() {
        try {
            while (wanted.getAndSet(false)) {
                lookNow();
            }
        } finally {
            looking.set(false);
        }
        if (wanted.get()) {
            look();
        }
    }

    /** Returns when the role is what the store says; from a virtual thread. */
    void lookNow() {
        try {
            int before = vacating.get();
            OptionalLong touch = nodes.touch();
            if (touch.isEmpty() || before % 2 != 0) {
                return;
            }
            Optional<Versioned<HeldPair>> found = store.load(key);
            switch (Tenure.rule(found.map(entry -> entry.value().holder()), nodes.standpoint())) {
                case Tenure.Ruling.Wait w -> LOG.debug("{}: nothing to be known now", key);
                case Tenure.Ruling.Hold h -> onLoop(() -> hold(found.orElseThrow(), touch, before));
                case Tenure.Ruling.TakeOver t -> takeOver(found, touch, before);
                case Tenure.Ruling.StandBy(String holder) -> {
                    onLoop(() -> standBy(holder));
                    owner.standingBy(holder);
                }
            }
            refused.set(0);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{}: the server has stopped meanwhile", key);
        } catch (RuntimeException storeAway) {
            refused(storeAway);
        }
    }

    /** The next tick looks again; one line says so, and one every minute or so. */
    private void refused(RuntimeException storeAway) {
        int before = refused.getAndIncrement();
        if (before % REFUSALS_PER_LINE == 0) {
            LOG.warn("{}: cannot see who holds the peer, after {} attempts: {}", key, before, storeAway.toString());
        }
    }

    private void takeOver(Optional<Versioned<HeldPair>> found, OptionalLong touch, int before) {
        PairState state = found.map(entry -> entry.value().state())
                .orElse(new PairState.Down(PairState.NEVER, 0, "not yet opened"));
        long version = found.map(Versioned::version).orElse(Store.ABSENT);
        HeldPair ours = new HeldPair(nodes.self(), state);
        OptionalLong saved = store.save(key, version, ours, PairRecord.KEPT);
        if (saved.isPresent()) {
            found.ifPresent(entry ->
                    LOG.info("{}: taken over from {}", key, entry.value().holder()));
            onLoop(() -> hold(new Versioned<>(saved.getAsLong(), ours), touch, before));
        } else {
            wanted.set(true);
        }
    }

    /**
     * The store said so while the node was in this touch; that it is still, {@link #acting} checks each time. After a lapse
     * everything begins from what is stored.
     */
    private void hold(Versioned<HeldPair> found, OptionalLong touch, int before) {
        Role holding = new Role.Holding(touch.orElseThrow());
        if (!role.equals(holding) && before == vacating.get()) {
            role = holding;
            owner.lost();
            pair.stored(found.version());
            owner.took(found.value().state());
        }
    }

    private void standBy(String holder) {
        boolean held = role instanceof Role.Holding;
        role = new Role.StandingBy(holder);
        if (held) {
            LOG.warn("{}: held by {} now", key, holder);
            owner.lost();
        }
    }

    /**
     * Gives the pair up, for another node to take.
     *
     * @return false when it was not ours, or could not be given up
     */
    boolean vacate() {
        vacating.incrementAndGet();
        try {
            Optional<Versioned<HeldPair>> ours =
                    store.load(key).filter(entry -> entry.value().holder().equals(nodes.self()));
            onLoop(() -> {
                role = new Role.Seeking();
                owner.lost();
            });
            return ours.filter(this::free).isPresent();
        } finally {
            vacating.incrementAndGet();
        }
    }

    private boolean free(Versioned<HeldPair> ours) {
        HeldPair free = new HeldPair(HeldPair.NOBODY, ours.value().state());
        return store.save(key, ours.version(), free, PairRecord.KEPT).isPresent();
    }

    private void onLoop(Runnable work) {
        try {
            CompletableFuture.runAsync(work, loop).join();
        } catch (CompletionException ours) {
            throw new IllegalStateException(ours.getCause());
        }
    }
}
