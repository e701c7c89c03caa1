package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.holding.HeldPair;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.session.LoginTerms;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.ssp.transport.HostLocator;
import org.impsiwf.ssp.transport.HttpListener;
import org.impsiwf.ssp.transport.HttpTransport;
import org.impsiwf.ssp.transport.TransportCounters;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SSP 1.3 server: listens for peers, keeps a session pair with each, and carries transactions both ways. All methods
 * are safe from any thread; events come on the event loops of the peers.
 */
public final class SspServer implements SspSide, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SspServer.class);
    private static final long TICK_MILLIS = 50;
    private static final long CLOSE_SECONDS = 5;

    private final SspSettings settings;
    private final InstantSource clock;
    private final Listener listener;
    private final SspCounters counters;
    private final SspTrace trace;
    private final MultiThreadIoEventLoopGroup loops;
    private final SspCodec codec;
    private final Reception reception;
    private final PeerLoops onLoops;
    private final SharedNodes nodes;
    private final SspOffice office;
    private final PeerClerk clerk;
    private final HostLocator locator;
    private final HttpTransport transport;
    private final Store<HeldPair> pairs;
    private final Store<KeptAnswer> answers;
    private final Store<OriginalTransaction> originals;
    private final ServerScope scope = new Scope();
    private final List<HttpListener> ports = new ArrayList<>();
    private final TransportCounters transportCounters;
    private Optional<ScheduledFuture<?>> ticking = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean leaving;

    /**
     * @param stores where session pairs, answers to peers and what is to be referred to later are kept; not closed by this server
     * @param listener takes the events; must not block for long
     * @throws IOException when the TLS files do not read
     */
    public SspServer(
            SspSettings settings,
            Stores stores,
            InstantSource clock,
            Listener listener,
            SspCounters counters,
            SspTrace trace)
            throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.counters = counters;
        this.trace = trace;
        transportCounters = new HttpCounts(counters);
        codec = new SspCodec(settings.xml());
        nodes = new SharedNodes(stores);
        office = new SspOffice(stores.nodes(), settings.self().domain());
        Carriage carriage = new Carriage(office);
        reception = new Reception(codec, counters, carriage);
        clerk = new PeerClerk(reception, carriage, nodes);
        locator = HostLocator.ofSystem(settings.dnsTimeout());
        transport = new HttpTransport(settings.http(), settings.connectWith(), transportCounters);
        pairs = stores.open("ssp-session-pairs-" + settings.self().domain(), HeldPair.class);
        answers = stores.open("ssp-answers-" + settings.self().domain(), KeptAnswer.class);
        originals = stores.open("ssp-originals-" + settings.self().domain(), OriginalTransaction.class);
        loops = new MultiThreadIoEventLoopGroup(
                settings.ioThreads(), new DefaultThreadFactory("ssp", true), NioIoHandler.newFactory());
        onLoops = new PeerLoops(loops, reception::peers);
    }

    /**
     * Listens, and opens sessions with the peers that we connect to.
     *
     * @throws IOException naming the address that could not be listened on; nothing is left open then
     */
    public void start() throws IOException {
        try {
            for (Listen listen : settings.listen()) {
                ports.add(new HttpListener(
                        loops, listen.address(), listen.tls(), settings.http(), reception, transportCounters));
            }
        } catch (IOException taken) {
            close();
            throw taken;
        }
        settings.peers().forEach(this::addPeer);
        clerk.open(office);
        ticking = Optional.of(
                loops.next().scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void tick() {
        for (Peer peer : reception.peers()) {
            peer.loop().execute(peer::tick);
        }
    }

    /** Where we really listen, in the order of the settings. */
    public List<InetSocketAddress> addresses() {
        return ports.stream().map(HttpListener::address).toList();
    }

    /** Adds a peer while running; a peer of the same Service-ID must have been removed before. */
    public void addPeer(PeerSettings peer) {
        if (reception.find(peer.serviceId()).isPresent()) {
            throw new IllegalStateException(peer.serviceId() + " is a peer already");
        }
        Peer added = new Peer(peer, scope, loops.next());
        reception.add(added);
        added.loop().execute(added::tick);
    }

    /** Logs out from the peer and forgets it; what is open with it fails truthfully. Returns at once. */
    public void removePeer(ServiceId serviceId) {
        reception.find(serviceId).ifPresent(peer -> remove(peer, "peer removed", () -> {}));
    }

    /** Logs out from the peer of this Service-ID and starts anew with these settings. Returns at once. */
    public void replacePeer(PeerSettings next) {
        reception
                .find(next.serviceId())
                .ifPresentOrElse(peer -> remove(peer, "peer changed", () -> addPeer(next)), () -> addPeer(next));
    }

    private void remove(Peer peer, String why, Runnable then) {
        peer.loop().execute(() -> {
            if (!peer.acting()) {
                forget(peer, then);
                return;
            }
            peer.keeper().tell(new PairEvent.CloseOrdered(why));
            whenClosed(peer, () -> forget(peer, then));
        });
    }

    private void forget(Peer peer, Runnable then) {
        peer.failAll();
        reception.remove(peer);
        then.run();
    }

    private void whenClosed(Peer peer, Runnable then) {
        if (peer.keeper().state() instanceof PairState.Closed && !peer.keeper().busy()) {
            then.run();
        } else {
            peer.loop().schedule(() -> whenClosed(peer, then), TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** What holds with a peer now; empty when there is no session with it. Waits for the peer's event loop. */
    public Optional<PeerAgreement> agreement(ServiceId serviceId) {
        Optional<Peer> found = reception.find(serviceId).filter(peer -> !loops.isShuttingDown());
        return found.flatMap(peer -> PeerLoops.ask(peer, Peer::agreement));
    }

    /** SSP 10.8.2: we provide something else to this peer from now on. It is told; nothing beyond it holds any more. */
    public void offer(ServiceId serviceId, Services services) {
        reception
                .find(serviceId)
                .ifPresent(peer -> PeerLoops.run(peer, () -> {
                    peer.services().offer(services);
                    peer.flushSoon();
                }));
    }

    /** SSP 9.1.1: other hosts of ours share the load from now on; a session that is open gets more connection pairs. */
    public void redirect(ServiceId serviceId, RedirectTerms redirect) {
        reception
                .find(serviceId)
                .ifPresent(peer -> PeerLoops.run(peer, () -> peer.mesh().redirect(redirect)));
    }

    /** SSP 9.1.2: changes the keep-alive interval and the lifetime of a peer's connections while they are open. */
    public void keepAlive(ServiceId serviceId, Duration interval, Optional<Duration> lifetime) {
        reception
                .find(serviceId)
                .ifPresent(peer -> peer.loop().execute(() -> peer.keepAlives().change(interval, lifetime)));
    }

    @Override
    public void execute(SspCommand command) {
        Optional<Peer> found = reception.find(command.peer());
        if (command instanceof SspCommand.SendRequest order && (found.isEmpty() || leaving)) {
            scope.tell(new SspEvent.RequestFailed(order.peer(), order.request(), SspEvent.Cause.NO_SESSION));
            return;
        }
        found.filter(peer -> !closed.get())
                .ifPresent(peer -> PeerLoops.run(peer, () -> {
                    peer.share().execute(command);
                    peer.flushSoon();
                }));
    }

    /** How it stands with each peer, by Service-ID. */
    public List<PeerSnapshot> peers() {
        return onLoops.ask(Peer::snapshot).stream()
                .sorted(Comparator.comparing(s -> s.serviceId().value()))
                .toList();
    }

    /**
     * Leaves: no new requests either way, what runs may finish within the bound, then Logout from every peer. Blocks.
     *
     * @return whether everything had finished
     */
    public boolean drain(Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        clerk.handOver();
        leaving = true;
        onLoops.ask(peer -> {
            peer.transactions().leave();
            return true;
        });
        boolean finished = onLoops.await(end, Peer::quiet);
        onLoops.ask(peer -> {
            peer.keeper().tell(new PairEvent.CloseOrdered("we are leaving"));
            return true;
        });
        onLoops.await(
                Math.max(end, System.nanoTime() + PeerLoops.PATIENCE.toNanos()),
                peer -> !peer.acting() || peer.keeper().state() instanceof PairState.Closed);
        return finished;
    }

    /** Stops at once, without Logout: as a crash would, but what is open with peers fails truthfully. */
    @Override
    public void close() {
        leaving = true;
        if (closed.getAndSet(true)) {
            return;
        }
        reception.close();
        clerk.close();
        ticking.ifPresent(t -> t.cancel(false));
        ports.forEach(HttpListener::close);
        onLoops.ask(peer -> {
            peer.stop();
            return true;
        });
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private final class Scope implements ServerScope {

        @Override
        public ServiceId self() {
            return settings.self();
        }

        @Override
        public InstantSource clock() {
            return clock;
        }

        @Override
        public SspCounters counters() {
            return counters;
        }

        @Override
        public SspTrace trace() {
            return trace;
        }

        @Override
        public List<String> acceptedContentTypes() {
            return settings.acceptedContentTypes();
        }

        @Override
        public Store<KeptAnswer> answers() {
            return answers;
        }

        @Override
        public Store<OriginalTransaction> originals() {
            return originals;
        }

        @Override
        public PeerLink link(PeerSettings peer, EventLoop loop, PeerLink.Owner owner) {
            var way = new PeerLink.Way(
                    peer.url(), peer.serviceId().domain(), peer.tlsFromDns(), peer.dialect(), peer.limits());
            return new PeerLink(loop, way, codec, locator, transport, owner);
        }

        @Override
        public SharedNodes nodes() {
            return nodes;
        }

        @Override
        public SspOffice office() {
            return office;
        }

        @Override
        public Store<HeldPair> pairs() {
            return pairs;
        }

        @Override
        public SessionKeeper keeper(
                PeerSettings peer, EventLoop loop, PairRecord stored, SessionKeeper.Executor executor) {
            SessionTiming timing = peer.session();
            var terms = new LoginTerms(
                    settings.self(),
                    peer.serviceId(),
                    peer.ourPassword(),
                    peer.peerPassword(),
                    peer.digest(),
                    peer.connect(),
                    peer.dialect().setUp(),
                    timing.lifetime(),
                    timing.login(),
                    timing.step(),
                    timing.firstDelay(),
                    timing.longestDelay(),
                    peer.redirect());
            return new SessionKeeper(loop, terms, stored, clock, executor);
        }

        @Override
        public void index(SessionId session, Peer peer) {
            reception.index(session, peer);
        }

        @Override
        public void unindex(SessionId session, Peer peer) {
            reception.unindex(session, peer);
        }

        @Override
        public void tell(SspEvent event) {
            try {
                listener.on(event);
            } catch (RuntimeException ours) {
                LOG.error("listener failed on {} of {}", event.getClass().getSimpleName(), event.peer(), ours);
                if (event instanceof SspEvent.RequestReceived request) {
                    // SSP 8.4: the peer learns that nothing came of it; a one-way transaction has nobody to learn it.
                    execute(new SspCommand.Answer(request.transaction(), Status.of(StatusCode.INTERNAL_SERVER_ERROR)));
                }
            }
        }

        @Override
        public void messageInAnswer(Peer peer, byte[] message) {
            reception.receivedInAnswer(peer, message);
        }
    }
}
