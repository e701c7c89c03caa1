package org.impsiwf.gateway.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.impsiwf.gateway.admin.AdminServer;
import org.impsiwf.gateway.admin.AdminViews;
import org.impsiwf.gateway.admin.ClusterView;
import org.impsiwf.gateway.admin.Phase;
import org.impsiwf.gateway.cli.Version;
import org.impsiwf.gateway.config.ConfigSource;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.config.PeerConfig;
import org.impsiwf.gateway.config.SspConfig;
import org.impsiwf.gateway.groups.GroupHome;
import org.impsiwf.gateway.metrics.GatewayMetrics;
import org.impsiwf.gateway.metrics.MessageTimes;
import org.impsiwf.gateway.trace.TraceRecorder;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.msrp.event.MsrpCommand.HostPort;
import org.impsiwf.msrp.transport.MsrpEndpoint;
import org.impsiwf.sip.stack.ListenOn;
import org.impsiwf.sip.stack.SipEdge;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A running gateway: the three edges, the mapping between them, and what operators look at.
 *
 * <p>{@link #start} returns once everything listens; {@link #drain} and {@link #close} end it.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration CLIENTS_FOLLOW = Duration.ofSeconds(2);

    private final GatewayConfig config;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final GatewayMetrics metrics = new GatewayMetrics();
    private final TraceRecorder traces;
    private final ConversationTrace trace;
    private final LiveConversations live = new LiveConversations();
    private final PeerDomains domains;
    private final Stores stores;
    private final InterworkingRuntime runtime;
    private final SipEdge sip;
    private final SspServer ssp;
    private final GroupHome groups;
    private final GatewayObserver observer;
    private MsrpEndpoint msrp;
    private AdminServer admin;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Phase phase = Phase.STARTING;

    private final ConfigReload reload;

    private Gateway(GatewayConfig config, ConfigSource source, Stores stores, InstantSource clock) throws IOException {
        this.config = config;
        this.clock = clock;
        this.stores = stores;
        traces = new TraceRecorder(
                config.trace().conversations(),
                config.trace().messages(),
                config.trace().age(),
                clock);
        trace = new ConversationTrace(
                traces, clock, config.serviceId(), config.trace().conversations() > 0);
        observer = new GatewayObserver(metrics, new MessageTimes(metrics, clock), trace, live, clock);
        domains = new PeerDomains(config.ssp());
        Interworking interworking = new Interworking(InterworkingPolicy.of(config), domains, new UnguessableIds());
        runtime = new InterworkingRuntime(interworking, stores, clock, threads, observer);
        sip = SipAssembly.assemble(
                config.sip(), stores, clock, event -> runtime.take(new Event.Sip(event)), metrics::sip, trace::sip);
        ssp = SspAssembly.assemble(config.serviceId(), config.ssp(), stores, clock, this::onSsp, observer, this::seen);
        groups = new GroupHome(
                GroupAssembly.settings(config),
                domain -> domains.serving(domain).map(Peer::id),
                ssp,
                event -> runtime.take(new Event.Ssp(event)),
                stores,
                clock,
                trace::ssp,
                trace::served);
        reload = new ConfigReload(config, source, new SspPeering(), domains);
    }

    /** The SSP server as {@link ConfigReload} changes it. */
    private final class SspPeering implements ConfigReload.Peers {
        @Override
        public void add(PeerConfig peer, SspConfig all) {
            ssp.addPeer(SspAssembly.peer(peer, all));
        }

        @Override
        public void replace(PeerConfig peer, SspConfig all) {
            ssp.replacePeer(SspAssembly.peer(peer, all));
        }

        @Override
        public void remove(ServiceId peer) {
            ssp.removePeer(peer);
        }
    }

    /** Listening, with state in this node's heap or in the cluster, as configured. */
    public static Gateway start(GatewayConfig config) throws IOException {
        return start(config, () -> config);
    }

    /**
     * As {@link #start(GatewayConfig)}.
     *
     * @param again where the configuration is read again when an operator asks for it
     */
    public static Gateway start(GatewayConfig config, ConfigSource again) throws IOException {
        return start(config, again, ClusterAssembly.stores(config.cluster()), InstantSource.system());
    }

    /**
     * Listening, with state in these stores, which the gateway closes at its end.
     *
     * @throws IOException whose message is one line that says what could not be had, a taken port for example; nothing is left
     *     running then
     */
    public static Gateway start(GatewayConfig config, Stores stores) throws IOException {
        return start(config, stores, InstantSource.system());
    }

    /** As {@link #start(GatewayConfig, Stores)}, by that clock, which is the one that the stores' timers go by. */
    public static Gateway start(GatewayConfig config, Stores stores, InstantSource clock) throws IOException {
        return start(config, () -> config, stores, clock);
    }

    private static Gateway start(GatewayConfig config, ConfigSource again, Stores stores, InstantSource clock)
            throws IOException {
        Gateway gateway = new Gateway(config, again, stores, clock);
        try {
            gateway.listen();
        } catch (IOException | RuntimeException failed) {
            gateway.close();
            throw failed;
        }
        return gateway;
    }

    private void listen() throws IOException {
        msrp = MsrpAssembly.start(config, event -> runtime.take(new Event.Msrp(event)), observer);
        runtime.attach(new InterworkingRuntime.Edges(order -> sip.execute(trace.traced(order)), msrp, groups));
        meter();
        SspPeers peers = new SspPeers(ssp::peers, reload::ssp);
        admin = AdminServer.start(
                config.admin().listen().socketAddress(),
                new AdminViews(
                                () -> phase,
                                peers,
                                live,
                                traces,
                                () -> metrics.scrape(peers.peers()),
                                Optional.of(reload))
                        .withStorage(groups::storage)
                        .withCluster(new ClusterNodes(stores.nodes(), threads, this::state)));
        sip.start();
        ssp.start();
        groups.start();
        phase = Phase.READY;
    }

    private ClusterView.State state() {
        return new ClusterView.State(
                Version.number(),
                phase.name().toLowerCase(Locale.ROOT),
                stores.nodes().isInTouch(),
                live.count(),
                runtime.seats().size());
    }

    private void meter() {
        metrics.gauge(
                "iwf.cluster.members",
                "Nodes that may be at work, this one included",
                () -> stores.nodes().alive().size());
        metrics.gauge(
                "iwf.cluster.in.touch",
                "1 while no other node can have taken this one for dead",
                () -> stores.nodes().isInTouch() ? 1 : 0);
        metrics.gauge("iwf.conversations", "Conversations with a session or a message on its way", live::count);
        metrics.gauge(
                "iwf.cluster.seats",
                "Mailboxes that this node of a cluster works on",
                () -> runtime.seats().size());
        metrics.gauge("iwf.mailboxes.busy", "Mailboxes with an event to decide", runtime::busy);
        metrics.gauge("iwf.groups", "Groups that we host", () -> groups.counts().groups());
        metrics.gauge(
                "iwf.group.members",
                "Users who are in them",
                () -> groups.counts().members());
        metrics.gauge(
                "iwf.group.deliveries",
                "Messages of our groups that wait for a domain",
                () -> groups.counts().pending());
        metrics.store("conversations", runtime::states);
        metrics.store("invite-usages", runtime::correlations);
    }

    private void seen(SspTrace.Seen seen) {
        if (seen.sent()) {
            runtime.answered(new TransactionRef(seen.peer(), seen.transactionId()));
        }
        trace.ssp(seen);
    }

    private void onSsp(SspEvent event) {
        switch (event) {
            case SspEvent.PeerUp(var peer, var types) -> {
                domains.up(peer, types, ssp.agreement(peer));
                LOG.info("session pair with {} is open", peer);
            }
            case SspEvent.PeerDown(var peer, String cause) -> {
                domains.down(peer);
                LOG.atLevel(phase == Phase.READY ? Level.WARN : Level.INFO)
                        .log("session pair with {} is down: {}", peer, cause);
            }
            case SspEvent other -> groups.on(other);
        }
    }

    /** Where SIP listens, with the real ports. */
    public List<ListenOn> sipAddresses() {
        return sip.listening();
    }

    /** Where MSRP listens. */
    public List<HostPort> msrpAddresses() {
        return msrp.advertised();
    }

    /** Where SSP listens. */
    public List<InetSocketAddress> sspAddresses() {
        return ssp.addresses();
    }

    public InetSocketAddress adminAddress() {
        return admin.address();
    }

    /** The SSP server, to add peers whose address is known only once they run. */
    public SspServer ssp() {
        return ssp;
    }

    /** Makes ready to host groups where that would begin with the first one ({@code storage.url: memory}). Returns at once. */
    public void readyForGroups() {
        groups.open();
    }

    public TraceRecorder traces() {
        return traces;
    }

    /** What is alive, for tests that look for leaks. */
    public Remains remains() {
        return new Remains(
                runtime.states(),
                runtime.correlations(),
                runtime.deadlines(),
                runtime.busy(),
                live.count(),
                sip.snapshot(),
                msrp.snapshot());
    }

    /**
     * Takes nothing new, lets what runs finish, logs out of the SSP sessions and closes.
     *
     * @param bound after which what still runs is given up
     */
    public void drain(Duration bound) {
        phase = Phase.DRAINING;
        LOG.info("draining: nothing new is taken, {} conversations may finish", live.count());
        Instant end = clock.instant().plus(bound);
        ExecutorService edges = Executors.newVirtualThreadPerTaskExecutor();
        edges.execute(() -> sip.drain(bound));
        boolean handsOver = runtime.leave();
        while ((live.count() > 0
                        || runtime.busy() > 0
                        || (handsOver && !runtime.seats().isEmpty()))
                && clock.instant().isBefore(end)) {
            (handsOver ? runtime.seats() : live.keys()).forEach(key -> runtime.post(key, new Event.Draining()));
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        if (handsOver) {
            LOG.info("the other nodes have what this one worked on");
            // Clients follow the re-INVITEs of the others before their old connections close.
            LockSupport.parkNanos(CLIENTS_FOLLOW.toNanos());
        }
        if (live.count() > 0) {
            LOG.warn("{} conversations did not finish within {} s", live.count(), bound.toSeconds());
        }
        ssp.drain(Duration.between(clock.instant(), end.plusSeconds(2)));
        edges.shutdownNow();
        close();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        runtime.close();
        sip.close();
        if (msrp != null) {
            msrp.close();
        }
        ssp.close();
        groups.close();
        if (admin != null) {
            admin.close();
        }
        threads.shutdownNow();
        stores.close();
        metrics.close();
    }
}
