package org.impsiwf.ssp.domain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.FriendlyNames;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Destination;
import org.impsiwf.ssp.routing.MetaInformations;
import org.impsiwf.ssp.routing.Routing;
import org.impsiwf.ssp.routing.RoutingTable;
import org.impsiwf.ssp.routing.RoutingTable.Neighbour;
import org.impsiwf.ssp.routing.RoutingTable.Route;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.routing.TransactionTable;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An IMPS domain: the single access point of whatever stands behind it (SSP-031). Made, given its Service Elements with
 * {@link #provide}, then started. Thread-safe.
 */
public final class HomeDomain implements ServiceAccessPoint, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HomeDomain.class);
    private static final long CLOSING_SECONDS = 5;

    private final ServiceId self;
    private final InstantSource clock;
    private final DomainLimits limits;
    private final ServiceTable services;
    private final SspServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("domain-", 0).factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("domain-timer").factory());
    private final AtomicBoolean expiring = new AtomicBoolean();
    private final Elements elements = new Elements();
    private final LocalClients clients;
    private final Neighbours neighbours;
    private final Aftermath aftermath = new Aftermath(threads);
    private final FanOut fanOut;
    private final Reception reception;
    private final SessionWatchers watchers = new SessionWatchers();
    private final Naming naming = new Naming(this);
    private volatile Routing routing;
    private volatile Optional<ContactListMembers> contactLists = Optional.empty();

    /**
     * What a domain is besides its Service Elements.
     *
     * @param services who is the PSE of whom
     * @param routes domains behind neighbours
     */
    public record Settings(SspSettings ssp, ServiceTable services, List<Route> routes, DomainLimits limits) {

        /** All services here, no domain behind a neighbour. */
        public static Settings of(SspSettings ssp) {
            return new Settings(ssp, ServiceTable.of(ssp.self().domain()), List.of(), DomainLimits.DEFAULT);
        }

        public Settings agreeing(ServiceTable agreements, Route... behindNeighbours) {
            return new Settings(ssp, agreements, List.of(behindNeighbours), limits);
        }

        public Settings within(DomainLimits other) {
            return new Settings(ssp, services, routes, other);
        }
    }

    /**
     * @param stores where session pairs and answers are kept; not closed by the domain
     * @throws IOException when the TLS files do not read
     */
    public HomeDomain(Settings settings, Stores stores, InstantSource clock, SspCounters counters, SspTrace trace)
            throws IOException {
        this.self = settings.ssp().self();
        this.clock = clock;
        this.limits = settings.limits();
        this.services = settings.services();
        fanOut = new FanOut(threads, limits.telling(), this::place, this::deliver);
        clients = new LocalClients(limits, threads);
        RoutingTable table = new RoutingTable(Map.of(), settings.routes());
        for (PeerSettings peer : settings.ssp().peers()) {
            table = table.with(neighbour(peer));
        }
        routing = new Routing(services, table);
        SspSettings ssp = settings.ssp();
        server = new SspServer(
                ssp.withPeers(ssp.peers().stream().map(this::agreed).toList()),
                stores,
                clock,
                this::happened,
                counters,
                trace);
        neighbours = new Neighbours(server, limits.answerPatience(), naming::in);
        reception = new Reception(this, server, new RequestLines(threads, limits.requestsPerPeer()));
    }

    private static Neighbour neighbour(PeerSettings peer) {
        return new Neighbour(peer.serviceId(), peer.speaksFor());
    }

    /** A neighbour may name whom the agreements let it speak for. */
    private PeerSettings agreed(PeerSettings peer) {
        return peer.speakingFor(Stream.concat(peer.speaksFor().stream(), routing.speaksFor(peer.serviceId()).stream())
                .collect(Collectors.toSet()));
    }

    /** Before the start, once: what this domain serves. */
    public HomeDomain provide(List<? extends ServiceElement> offered) {
        elements.provide(offered);
        return this;
    }

    /** Where contact lists are looked up when another domain is to know their members (SSP-013). */
    public HomeDomain expandingContactLists(ContactListMembers members) {
        contactLists = Optional.of(members);
        return this;
    }

    /** Where the names are that go along with User-IDs (SSP 6.3). */
    public HomeDomain naming(FriendlyNames names) {
        naming.from(names);
        return this;
    }

    Naming naming() {
        return naming;
    }

    /**
     * Listens, and opens sessions with the neighbours that we connect to.
     *
     * @throws IOException naming the address that is taken
     */
    public void start() throws IOException {
        server.start();
        timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        if (expiring.compareAndSet(false, true)) {
            try {
                threads.execute(() -> {
                    elements.expire(clock.instant());
                    expiring.set(false);
                });
            } catch (RejectedExecutionException closing) {
                LOG.debug("nothing expires any more, the domain is closing");
            }
        }
    }

    public List<InetSocketAddress> addresses() {
        return server.addresses();
    }

    public List<PeerSnapshot> peers() {
        return server.peers();
    }

    /** The server that speaks with the neighbours. */
    public SspServer server() {
        return server;
    }

    /** The transactions that are open with neighbours. */
    public TransactionTable transactions() {
        return neighbours.table();
    }

    public Routing routing() {
        return routing;
    }

    /** A new neighbour; the domains behind it are those of the settings. */
    public void addPeer(PeerSettings peer) {
        synchronized (this) {
            routing = new Routing(services, routing.routes().with(neighbour(peer)));
        }
        server.addPeer(agreed(peer));
    }

    /** Ends the session with a neighbour and forgets it; returns at once. */
    public void removePeer(ServiceId peer) {
        synchronized (this) {
            routing = new Routing(services, routing.routes().without(peer));
        }
        server.removePeer(peer);
    }

    // ---- local clients

    /** Told of the sessions of local users; on a virtual thread each. */
    public HomeDomain watching(SessionWatcher watcher) {
        watchers.add(watcher);
        return this;
    }

    /**
     * A client of a local user has logged in.
     *
     * @throws Refusal 638 when that client is logged in already, 639 beyond the limits
     */
    public Attachment attach(UserId user, ClientId id, Client client) {
        clients.attach(user, id, client);
        aftermath.afterwards(() -> {
            watchers.began(user, id);
            elements.loggedIn(user, clock.instant());
        });
        return new Attachment(this, user, id, limits.requestsPerClient());
    }

    boolean isAttached(UserId user, ClientId id) {
        return clients.isAttached(user, id);
    }

    void detach(UserId user, ClientId id) {
        if (clients.detach(user, id)) {
            aftermath.afterwards(() -> {
                watchers.ended(user, id);
                elements.sessionEnded(user, Optional.of(id));
            });
        }
    }

    /** A user of another domain, whose credentials we hold, has logged in there. */
    void remoteSessionBegan(UserId user) {
        if (!isHome(user.domain())) {
            elements.loggedIn(user, clock.instant());
        }
    }

    void remoteSessionEnded(UserId user, ClientId client) {
        if (!isHome(user.domain())) {
            elements.sessionEnded(user, Optional.of(client));
        }
    }

    /** What a client asks, already in its user's name. */
    Primitive askedByClient(UserId user, ClientId client, Primitive request) {
        ClientDoor door = new ClientDoor(routing, services, contactLists, self.domain());
        return switch (door.open(user, request)) {
            case ClientDoor.Serve(Primitive primitive) ->
                elements.serve(new ServiceRequest(
                        primitive, Optional.empty(), Optional.of(user), Optional.of(client), clock.instant()));
            case ClientDoor.Relay(ServiceId hop, Primitive primitive) ->
                neighbours.ask(hop, primitive, Optional.empty());
            case ClientDoor.Refuse(Status status) -> status;
        };
    }

    // ---- what SSP tells; on its event loops

    private void happened(SspEvent event) {
        switch (event) {
            case SspEvent.RequestReceived request -> reception.received(request);
            case SspEvent.ResponseReceived response -> neighbours.answered(response);
            case SspEvent.RequestFailed failure -> neighbours.failed(failure);
            case SspEvent.PeerUp up -> LOG.debug("{} is up", up.peer());
            case SspEvent.PeerDown down -> LOG.debug("{} is down: {}", down.peer(), down.cause());
        }
    }

    Elements elements() {
        return elements;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    Instant now() {
        return clock.instant();
    }

    // ---- the SAP

    @Override
    public ServiceId serviceId() {
        return self;
    }

    @Override
    public boolean isHome(String domain) {
        return services.isHome(domain);
    }

    @Override
    public boolean isPrimary(UserId user, Class<? extends Primitive> request) {
        return services.isPrimary(user.domain(), Service.of(request));
    }

    @Override
    public Primitive ask(String domain, Primitive request) {
        return switch (routing.fromElement(domain, request)) {
            case Destination.Here here ->
                elements.serve(new ServiceRequest(
                        request,
                        Optional.empty(),
                        MetaInformations.of(request).flatMap(meta -> meta.userId()),
                        Optional.empty(),
                        clock.instant()));
            case Destination.Onward onward -> neighbours.ask(onward.nextHop(), request, Optional.empty());
            case Destination.Refused refused -> Status.of(refused.why());
        };
    }

    @Override
    public Primitive deliver(UserId user, Primitive primitive) {
        return isHome(user.domain())
                ? clients.deliver(user, naming.in(primitive, user))
                : ask(user.domain(), primitive);
    }

    @Override
    public void tell(Collection<UserId> users, Function<List<UserId>, Primitive> primitive) {
        afterwards(() -> fanOut.tell(users, primitive));
    }

    private String place(UserId user) {
        return isHome(user.domain()) ? user.value() : "@" + user.domain();
    }

    @Override
    public boolean isOnline(UserId user) {
        return clients.isOnline(user);
    }

    @Override
    public void afterwards(Runnable work) {
        aftermath.afterwards(work);
    }

    /** Leaves: what runs may finish within the bound, then Logout from every neighbour. Blocks. */
    public boolean drain(Duration bound) {
        return server.drain(bound);
    }

    /** Stops at once, as a crash would. */
    @Override
    public void close() {
        timer.shutdownNow();
        server.close();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("some requests are still being served after {} s", CLOSING_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
