package org.impsiwf.ssp.domain;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.elements.Blocking;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Outbox;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.elements.groups.ConversationContext;
import org.impsiwf.ssp.elements.groups.ConversationSettings;
import org.impsiwf.ssp.elements.groups.GroupContext;
import org.impsiwf.ssp.elements.groups.GroupLimits;
import org.impsiwf.ssp.elements.groups.GroupsElement;
import org.impsiwf.ssp.elements.im.Blocks;
import org.impsiwf.ssp.elements.im.ImElement;
import org.impsiwf.ssp.elements.im.ImSettings;
import org.impsiwf.ssp.elements.invitation.InvitationElement;
import org.impsiwf.ssp.elements.invitation.InvitationSettings;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.RoutingTable.Route;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SessionTiming;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcBlockStore;
import org.impsiwf.ssp.storage.JdbcConversationStore;
import org.impsiwf.ssp.storage.JdbcGroupStore;
import org.impsiwf.ssp.storage.JdbcGroupsElsewhere;
import org.impsiwf.ssp.storage.JdbcInvitationStore;
import org.impsiwf.ssp.storage.JdbcMessageRecords;
import org.impsiwf.ssp.storage.JdbcPendingStore;
import org.impsiwf.store.local.LocalStores;

/** A domain on loopback with groups, messages and invitations, its users, and what it sent to its neighbours. */
final class GroupHome implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final SessionTiming QUICK =
            SessionTiming.DEFAULT.withDelays(Duration.ofMillis(50), Duration.ofMillis(200));

    final String name;
    final HomeDomain domain;
    final GroupsElement groups;
    final List<SspTrace.Seen> sent = new CopyOnWriteArrayList<>();
    private final LocalStores stores = LocalStores.inHeap();
    private final Database database = Databases.H2.fresh();
    private final Set<UserId> registered = ConcurrentHashMap.newKeySet();

    GroupHome(String name) throws IOException {
        this(name, UnaryOperator.identity(), Duration.ofMinutes(5));
    }

    /** @param extensionTimeout how long the partner of a talk may take to join */
    GroupHome(String name, UnaryOperator<ServiceTable> agreements, Duration extensionTimeout, Route... routes)
            throws IOException {
        this.name = name;
        SspSettings ssp = SspSettings.of(
                new ServiceId("wv:@" + name),
                List.of(Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                List.of());
        domain = new HomeDomain(
                HomeDomain.Settings.of(ssp).agreeing(agreements.apply(ServiceTable.of(name)), routes),
                stores,
                InstantSource.system(),
                SspCounters.NONE,
                this::seen);
        // Messages need groups and groups need messages: one of the two has to look for the other later.
        Im im = new Im();
        groups = new GroupsElement(
                new GroupContext(
                        new JdbcGroupStore(database),
                        domain,
                        registered::contains,
                        im.blocking(),
                        im.outbox(),
                        (notice, users) -> {},
                        GroupLimits.ofDefaults()),
                new JdbcGroupsElsewhere(database),
                new ConversationContext(
                        new JdbcConversationStore(database),
                        new JdbcGroupsElsewhere(database),
                        ConversationSettings.DEFAULT.withTimeout(extensionTimeout),
                        user -> true),
                InstantSource.system());
        im.start(groups.groups());
        domain.provide(List.of(groups, groups.conversations(), im.blocks, im.element, im.invitations));
        domain.start();
    }

    /** The elements for messages and invitations. */
    private final class Im {
        private Blocks blocks;
        private ImElement element;
        private InvitationElement invitations;

        Blocking blocking() {
            return (owner, sender, group) -> blocks.isBlocked(owner, sender, group);
        }

        Outbox outbox() {
            return (message, users, expires) -> element.outbox().accept(message, users, expires);
        }

        void start(Groups hosted) {
            ContactListMembers noLists = (list, asking) -> {
                throw Refusal.of(StatusCode.CONTACT_LIST_DOES_NOT_EXIST);
            };
            blocks = new Blocks(
                    new JdbcBlockStore(database),
                    noLists,
                    registered::contains,
                    hosted,
                    (notice, users) -> {},
                    domain,
                    ImSettings.Blocking.DEFAULT);
            Deliveries deliveries =
                    new Deliveries(new JdbcPendingStore(database), domain, RetryTiming.DEFAULT, InstantSource.system());
            element = new ImElement(
                    new ImElement.Neighbours(
                            registered::contains, hosted, Optional.of(groups.history()), noLists, blocks),
                    deliveries,
                    new JdbcMessageRecords(database),
                    domain,
                    ImSettings.DEFAULT,
                    InstantSource.system());
            invitations = new InvitationElement(
                    new InvitationElement.Neighbours(
                            registered::contains,
                            hosted,
                            noLists,
                            blocks,
                            groups.conversations(),
                            (notice, users) -> {}),
                    deliveries,
                    new JdbcInvitationStore(database),
                    domain,
                    InvitationSettings.DEFAULT);
        }
    }

    private void seen(SspTrace.Seen seen) {
        if (seen.sent() && seen.request().isPresent()) {
            sent.add(seen);
        }
    }

    /** What of that kind left for a neighbour, as the neighbour's name. */
    List<String> sent(Class<? extends Primitive> kind) {
        return sent.stream()
                .filter(seen -> kind.isInstance(seen.primitive()))
                .map(seen -> seen.peer().domain())
                .toList();
    }

    /** Opens a session pair between the two; up when this returns. */
    void connect(GroupHome other) {
        other.domain.addPeer(agreement(this, /* connect= */ false));
        domain.addPeer(agreement(other, /* connect= */ true));
        await().atMost(PATIENCE).until(() -> isUp(other) && other.isUp(this));
    }

    private static PeerSettings agreement(GroupHome other, boolean connect) {
        URI url = URI.create(
                "http://127.0.0.1:" + other.domain.addresses().getFirst().getPort() + "/");
        return PeerSettings.of(
                        new ServiceId("wv:@" + other.name),
                        Optional.of(url),
                        "secret",
                        "secret",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        connect)
                .withSession(QUICK);
    }

    private boolean isUp(GroupHome other) {
        return domain.peers().stream()
                .anyMatch(
                        peer -> peer.serviceId().domain().equals(other.name) && peer.state() == PeerSnapshot.State.UP);
    }

    /** A registered user who is logged in. */
    Online user(String local) {
        return new Online(new UserId("wv:" + local + "@" + name));
    }

    /** Logged in with one client, which takes everything unless told otherwise. */
    final class Online {
        final UserId id;
        final Attachment session;
        final List<Primitive> received = new CopyOnWriteArrayList<>();
        volatile Function<Primitive, Primitive> answers = GroupHome::taken;

        private Online(UserId id) {
            this.id = id;
            registered.add(id);
            session = domain.attach(id, ClientId.of("phone"), primitive -> {
                received.add(primitive);
                return answers.apply(primitive);
            });
        }

        Primitive asks(Primitive request) {
            return session.request(request);
        }

        <P extends Primitive> List<P> received(Class<P> kind) {
            return received.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /** Waits for it. */
        <P extends Primitive> P gets(Class<P> kind) {
            await().atMost(PATIENCE).until(() -> !received(kind).isEmpty());
            return received(kind).getFirst();
        }
    }

    private static Primitive taken(Primitive primitive) {
        return primitive instanceof NewMessage message
                ? new MessageDelivered(
                        Optional.empty(),
                        Optional.of(Status.of(StatusCode.SUCCESSFUL)),
                        message.messageInfo().messageId().orElseThrow())
                : Status.of(StatusCode.SUCCESSFUL);
    }

    @Override
    public void close() {
        domain.close();
        stores.close();
        database.close();
    }
}
