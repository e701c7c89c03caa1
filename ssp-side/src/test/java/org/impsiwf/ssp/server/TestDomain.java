package org.impsiwf.ssp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.holding.HeldPair;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.WallTime;

/** One SSP server under test on an ephemeral loopback port, with what it was told and what it counted. */
final class TestDomain implements AutoCloseable {

    static final SessionTiming QUICK = SessionTiming.DEFAULT.withDelays(Duration.ofMillis(50), Duration.ofMillis(200));

    final ServiceId id;
    final SspServer server;
    final List<SspEvent> events = new CopyOnWriteArrayList<>();
    final Map<Counted, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final WallTime time = new WallTime();
    private final Stores stores;
    volatile Function<Primitive, Optional<Primitive>> answers = TestDomain::accept;

    TestDomain(String domain, UnaryOperator<SspSettings> settings, InstantSource clock) throws IOException {
        this(domain, "127.0.0.1", 0, settings, clock);
    }

    TestDomain(String domain, String host, int port, UnaryOperator<SspSettings> settings, InstantSource clock)
            throws IOException {
        this(domain, host, port, settings, clock, Optional.empty());
    }

    /** One node of several that share these stores. */
    TestDomain(String domain, Stores shared) throws IOException {
        this(domain, "127.0.0.1", 0, UnaryOperator.identity(), InstantSource.system(), Optional.of(shared));
    }

    /** As {@link #TestDomain(String, Stores)}, with other settings. */
    TestDomain(String domain, UnaryOperator<SspSettings> settings, Stores shared) throws IOException {
        this(domain, "127.0.0.1", 0, settings, InstantSource.system(), Optional.of(shared));
    }

    private TestDomain(
            String domain,
            String host,
            int port,
            UnaryOperator<SspSettings> settings,
            InstantSource clock,
            Optional<Stores> shared)
            throws IOException {
        stores = shared.orElseGet(() -> LocalStores.serialising(time));
        id = new ServiceId("wv:@" + domain);
        server = new SspServer(
                settings.apply(SspSettings.of(id, List.of(Listen.plain(new InetSocketAddress(host, port))), List.of())),
                stores,
                clock,
                this::on,
                (what, peer, detail) ->
                        counts.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet(),
                SspTrace.NONE);
        server.start();
    }

    TestDomain(String domain) throws IOException {
        this(domain, UnaryOperator.identity(), InstantSource.system());
    }

    private void on(SspEvent event) {
        events.add(event);
        if (event instanceof SspEvent.RequestReceived request) {
            answers.apply(request.request())
                    .ifPresent(answer -> server.execute(new SspCommand.Answer(request.transaction(), answer)));
        }
    }

    static Optional<Primitive> accept(Primitive request) {
        return Optional.of(
                request instanceof ImPrimitive.SendMessageRequest message
                        ? new ImPrimitive.SendMessageResponse(
                                Status.of(200), message.messageInfo().messageId())
                        : Status.of(200));
    }

    int port() {
        return server.addresses().getFirst().getPort();
    }

    URI url() {
        InetSocketAddress address = server.addresses().getFirst();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    /** The agreement that makes the other one a peer of this one. */
    PeerSettings agreement(TestDomain other, boolean connect) {
        return agreement(other.id, other.url(), connect, Dialect.OMA_1_3);
    }

    static PeerSettings agreement(ServiceId id, URI url, boolean connect, Dialect dialect) {
        return PeerSettings.of(id, Optional.of(url), "secret", "secret", DigestScheme.SHA, dialect, connect)
                .withSession(QUICK);
    }

    /** Session pairs that another node could take over. */
    long storedPairs() {
        return stores.open("ssp-session-pairs-" + id.domain(), HeldPair.class).size();
    }

    /** What an earlier life of this server, or another node, may have left in the store. */
    void leaveBehind(ServiceId peer, PairState state) {
        var left = new HeldPair(stores.nodes().self(), state);
        stores.open("ssp-session-pairs-" + id.domain(), HeldPair.class)
                .save(peer.domain(), Store.ABSENT, left, Duration.ofDays(1));
    }

    boolean up() {
        return server.peers().stream().anyMatch(p -> p.state() == PeerSnapshot.State.UP);
    }

    PeerSnapshot peer() {
        return server.peers().getFirst();
    }

    int count(Counted what) {
        return counts.getOrDefault(what, new AtomicInteger()).get();
    }

    <E extends SspEvent> List<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Optional<SspEvent> outcome(String request) {
        return events.stream()
                .filter(e -> switch (e) {
                    case SspEvent.ResponseReceived r -> r.request().value().equals(request);
                    case SspEvent.RequestFailed f -> f.request().value().equals(request);
                    case SspEvent.RequestReceived r -> false;
                    case SspEvent.PeerUp u -> false;
                    case SspEvent.PeerDown d -> false;
                })
                .findFirst();
    }

    void send(TestDomain to, String request) {
        server.execute(new SspCommand.SendRequest(new SspRequestId(request), to.id, message(to, request)));
    }

    Primitive message(TestDomain to, String messageId) {
        return message(id, "wv:ann@" + id.domain(), "wv:bob@" + to.id.domain(), messageId);
    }

    static Primitive message(ServiceId service, String from, String to, String messageId) {
        Content content = Content.text("hello");
        return new ImPrimitive.SendMessageRequest(
                MetaInformation.ofUser(service, new UserId(from)),
                true,
                new MessageInfo(
                        Optional.of(new MessageId(messageId)),
                        Optional.empty(),
                        Optional.of("text/plain"),
                        Optional.empty(),
                        Optional.of(5L),
                        Optional.of(Duration.ofMinutes(10)),
                        List.of(new MessageInfo.Recipient(User.of(to))),
                        Optional.of(MessageInfo.Sender.of(User.of(from))),
                        Optional.of(Instant.parse("2026-11-21T08:00:00Z"))),
                Optional.of(content));
    }

    @Override
    public void close() {
        server.close();
        time.close();
    }
}
