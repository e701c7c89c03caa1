package org.impsiwf.ssp.domain;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.RoutingTable.Route;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SessionTiming;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.store.local.LocalStores;

/** A whole domain on loopback with a database of its own, and what leaves it. */
final class Town {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    final String name;
    final DatabaseConfig config;
    final LocalStores stores = LocalStores.inHeap();
    final Database database;
    final WholeDomain whole;
    final List<Primitive> sent = new CopyOnWriteArrayList<>();

    /** Opens them, and closes them after the test. */
    static final class Towns implements AutoCloseable {

        private final List<Town> all = new ArrayList<>();

        Town open(String name) throws IOException {
            return open(name, UnaryOperator.identity());
        }

        Town open(String name, UnaryOperator<ServiceTable> agreements, Route... routes) throws IOException {
            return open(name, agreements, ServiceSettings.defaults(name), Databases.H2.empty(), routes);
        }

        Town open(
                String name,
                UnaryOperator<ServiceTable> agreements,
                ServiceSettings services,
                DatabaseConfig config,
                Route... routes)
                throws IOException {
            Town town = new Town(name, agreements, services, config, routes);
            all.add(town);
            return town;
        }

        @Override
        public void close() {
            all.reversed().forEach(Town::close);
        }
    }

    private Town(
            String name,
            UnaryOperator<ServiceTable> agreements,
            ServiceSettings services,
            DatabaseConfig config,
            Route... routes)
            throws IOException {
        this.name = name;
        this.config = config;
        database = Database.open(config);
        SspSettings ssp = SspSettings.of(
                new ServiceId("wv:@" + name),
                List.of(Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                List.of());
        whole = new WholeDomain(
                HomeDomain.Settings.of(ssp).agreeing(agreements.apply(ServiceTable.of(name)), routes),
                services,
                database,
                stores,
                InstantSource.system(),
                SspCounters.NONE,
                seen -> {
                    if (seen.sent()) {
                        sent.add(seen.primitive());
                    }
                });
        whole.start();
    }

    void connect(Town other) {
        connect(other, UnaryOperator.identity());
    }

    /** @param terms how the other sees us */
    void connect(Town other, UnaryOperator<PeerSettings> terms) {
        other.whole.domain().addPeer(terms.apply(agreement(this, false)));
        whole.domain().addPeer(agreement(other, true));
        await().atMost(PATIENCE).until(() -> isUp(other) && other.isUp(this));
    }

    private static PeerSettings agreement(Town other, boolean connect) {
        InetSocketAddress at = other.whole.domain().addresses().getFirst();
        return PeerSettings.of(
                        new ServiceId("wv:@" + other.name),
                        Optional.of(URI.create("http://127.0.0.1:" + at.getPort() + "/")),
                        "secret",
                        "secret",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        connect)
                .withSession(SessionTiming.DEFAULT.withDelays(Duration.ofMillis(50), Duration.ofMillis(200)));
    }

    private boolean isUp(Town other) {
        return whole.domain().peers().stream()
                .anyMatch(
                        peer -> peer.serviceId().domain().equals(other.name) && peer.state() == PeerSnapshot.State.UP);
    }

    /** What left it of that kind; there must be one. */
    <P extends Primitive> P sent(Class<P> kind) {
        return sent.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    UserId registered(String local) {
        UserId id = new UserId("wv:" + local + "@" + name);
        whole.register(Registration.of(id).withPassword("secret of " + local));
        return id;
    }

    Person person(String local) {
        return new Person(registered(local));
    }

    Person logsIn(UserId user) {
        return new Person(user);
    }

    private void close() {
        whole.close();
        stores.close();
        database.close();
    }

    static Primitive answer(Primitive primitive) {
        return primitive instanceof NewMessage message
                ? new MessageDelivered(
                        Optional.empty(),
                        Optional.of(Status.of(StatusCode.SUCCESSFUL)),
                        message.messageInfo().messageId().orElseThrow())
                : Status.of(StatusCode.SUCCESSFUL);
    }

    static String text(NewMessage message) {
        return message.content().data().asUtf8();
    }

    /** A user with one client that takes everything. */
    final class Person {
        final UserId id;
        final Attachment session;
        final List<Primitive> received = new CopyOnWriteArrayList<>();

        private Person(UserId id) {
            this.id = id;
            session = whole.domain().attach(id, ClientId.of("phone"), this::takes);
        }

        private Primitive takes(Primitive primitive) {
            received.add(primitive);
            return answer(primitive);
        }

        Primitive asks(Primitive primitive) {
            return session.request(primitive);
        }

        <P extends Primitive> P expects(Class<P> kind) {
            await().atMost(PATIENCE).until(() -> received.stream().anyMatch(kind::isInstance));
            return received.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .findFirst()
                    .orElseThrow();
        }

        MetaInformation meta() {
            return MetaInformation.ofUser(new ServiceId("wv:@" + id.domain()), id);
        }

        Primitive says(String text, Addressee to) {
            MessageInfo info = new MessageInfo(
                    Optional.of(new MessageId("id of " + text)),
                    Optional.empty(),
                    Optional.of("text/plain"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new MessageInfo.Recipient(to)),
                    Optional.of(MessageInfo.Sender.of(User.of(id))),
                    Optional.empty());
            return asks(new SendMessageRequest(meta(), false, info, Optional.of(Content.text(text))));
        }
    }
}
