package org.impsiwf.sip.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.impsiwf.sip.auth.AuthPolicy;
import org.impsiwf.sip.auth.Authenticator;
import org.impsiwf.sip.auth.Nonces;
import org.impsiwf.sip.auth.TrustedSources;
import org.impsiwf.sip.auth.User;
import org.impsiwf.sip.auth.Users;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.registrar.Registrar;
import org.impsiwf.sip.registrar.RegistrarPolicy;
import org.impsiwf.sip.resolve.DnsLookup;
import org.impsiwf.sip.resolve.HopPolicy;
import org.impsiwf.sip.resolve.HopResolver;
import org.impsiwf.sip.resolve.TargetLocator;
import org.impsiwf.sip.resolve.Transport;
import org.impsiwf.sip.trust.TrustDomain;
import org.impsiwf.store.Stores;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.WallTime;

/** A running edge on loopback with a listener that collects, or reacts. */
final class EdgeUnderTest implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    final SipEdge edge;
    final BlockingQueue<SipEvent> events = new LinkedBlockingQueue<>();
    final ConcurrentHashMap<String, AtomicInteger> counted = new ConcurrentHashMap<>();
    private final Runnable after;
    private volatile Consumer<SipEvent> reaction = event -> {};

    EdgeUnderTest(String... listen) {
        this(config -> config, Optional.empty(), List.of("127.0.0.0/8", "::1/128"), listen);
    }

    EdgeUnderTest(
            UnaryOperator<SipEdgeConfig> change, Optional<String> nextHop, List<String> trusted, String... listen) {
        this(new WallTime(), change, nextHop, trusted, listen);
    }

    private EdgeUnderTest(
            WallTime time,
            UnaryOperator<SipEdgeConfig> change,
            Optional<String> nextHop,
            List<String> trusted,
            String... listen) {
        this(LocalStores.serialising(time), time::close, change, nextHop, trusted, listen);
    }

    /** One node of several. */
    EdgeUnderTest(Stores stores, List<String> trusted, String... listen) {
        this(stores, stores::close, config -> config, Optional.empty(), trusted, listen);
    }

    /** One node of several. */
    EdgeUnderTest(Stores stores, UnaryOperator<SipEdgeConfig> change, String... listen) {
        this(stores, stores::close, change, Optional.empty(), List.of("127.0.0.0/8"), listen);
    }

    private EdgeUnderTest(
            Stores stores,
            Runnable after,
            UnaryOperator<SipEdgeConfig> change,
            Optional<String> nextHop,
            List<String> trusted,
            String... listen) {
        this.after = after;
        InstantSource clock = InstantSource.system();
        List<ListenOn> points = new ArrayList<>();
        for (String text : listen) {
            points.add(ListenOn.parse(text));
        }
        var sources = TrustedSources.of(trusted);
        var users = Users.of(List.of(
                new User("alice@ims.example.com", Optional.of("a-password"), Optional.empty(), Optional.of("Alice"))));
        var registrar = new Registrar(stores, RegistrarPolicy.of(Set.of("ims.example.com")), aor -> true, clock);
        var services = new SipServices(
                new Authenticator(users, sources, new Nonces(stores, clock, Duration.ofMinutes(5)), AuthPolicy.DEFAULT),
                registrar,
                new TargetLocator(registrar, nextHop, "ims.example.com"::equals),
                new HopResolver(new NoDns(), HopPolicy.of(Set.of(Transport.values())), clock),
                new TrustDomain(sources),
                SipTrace.NONE,
                (name, detail) -> counted.computeIfAbsent(name + " " + detail, n -> new AtomicInteger())
                        .incrementAndGet());
        edge = new SipEdge(
                change.apply(SipEdgeConfig.of(points, List.of("ims.example.com"))), services, stores, clock, event -> {
                    events.add(event);
                    reaction.accept(event);
                });
        try {
            edge.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reacting(Consumer<SipEvent> how) {
        reaction = how;
    }

    ListenOn on(Transport transport) {
        return edge.listening().stream()
                .filter(point -> point.transport() == transport)
                .findFirst()
                .orElseThrow();
    }

    <E extends SipEvent> E await(Class<E> type) {
        var passed = new StringBuilder();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (System.nanoTime() < end) {
                SipEvent next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (type.isInstance(next)) {
                    return type.cast(next);
                }
                passed.append("\n  ").append(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no " + type.getSimpleName() + " in time; instead:" + passed);
    }

    int count(String name) {
        AtomicInteger found = counted.get(name);
        return found == null ? 0 : found.get();
    }

    @Override
    public void close() {
        edge.close();
        after.run();
    }

    /** Literal addresses need no DNS, and tests have none. */
    private static final class NoDns implements DnsLookup {

        @Override
        public List<Naptr> naptr(String name, Duration within) {
            return List.of();
        }

        @Override
        public List<Srv> srv(String name, Duration within) {
            return List.of();
        }

        @Override
        public List<InetAddress> addresses(String name, boolean ip6, Duration within) {
            return List.of();
        }
    }
}
