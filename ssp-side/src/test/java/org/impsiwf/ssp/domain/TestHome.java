package org.impsiwf.ssp.domain;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.elements.im.Blocks;
import org.impsiwf.ssp.elements.im.ImElement;
import org.impsiwf.ssp.elements.im.ImSettings;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ListStatus;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
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
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcBlockStore;
import org.impsiwf.ssp.storage.JdbcMessageRecords;
import org.impsiwf.ssp.storage.JdbcPendingStore;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.impsiwf.store.local.LocalStores;

/** One domain of a figure of SSP 5.4: a real server on loopback with the real IM element, its users, and what it sent. */
final class TestHome implements AutoCloseable {

    private static final SessionTiming QUICK =
            SessionTiming.DEFAULT.withDelays(Duration.ofMillis(50), Duration.ofMillis(200));

    /** A thousand requests at once may take long where everything does. */
    private static final TransactionTiming PATIENT = new TransactionTiming(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            2,
            Duration.ofMinutes(5),
            Duration.ofSeconds(150),
            Duration.ofMinutes(5));

    final String name;
    final HomeDomain domain;
    final Map<ContactListId, List<UserId>> contactLists = new HashMap<>();
    /** What left it, such as {@code SendMessageRequest to b}. */
    final List<String> sent = new CopyOnWriteArrayList<>();

    final List<Primitive> sentPrimitives = new CopyOnWriteArrayList<>();
    /** What it answered to others, 1xx included. */
    final List<Primitive> answered = new CopyOnWriteArrayList<>();

    private final LocalStores stores = LocalStores.inHeap();
    private final Database database = Databases.H2.fresh();
    private final Set<UserId> registered = ConcurrentHashMap.newKeySet();
    private Optional<Blocks> blocks = Optional.empty();

    TestHome(String name, UnaryOperator<ServiceTable> agreements, Route... routes) throws IOException {
        this(name, agreements, DomainLimits.DEFAULT, Optional.empty(), routes);
    }

    /** With an element of the test's own instead of the real one. */
    TestHome(String name, DomainLimits limits, ServiceElement element) throws IOException {
        this(name, UnaryOperator.identity(), limits, Optional.of(element));
    }

    TestHome(
            String name,
            UnaryOperator<ServiceTable> agreements,
            DomainLimits limits,
            Optional<ServiceElement> element,
            Route... routes)
            throws IOException {
        this.name = name;
        SspSettings ssp = SspSettings.of(
                new ServiceId("wv:@" + name),
                List.of(Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                List.of());
        domain = new HomeDomain(
                HomeDomain.Settings.of(ssp)
                        .agreeing(agreements.apply(ServiceTable.of(name)), routes)
                        .within(limits),
                stores,
                InstantSource.system(),
                SspCounters.NONE,
                this::seen);
        ContactListMembers lists = (list, asking) -> Optional.ofNullable(contactLists.get(list))
                .orElseThrow(() -> Refusal.of(StatusCode.CONTACT_LIST_DOES_NOT_EXIST));
        domain.provide(List.of(element.orElseGet(() -> im(lists)))).expandingContactLists(lists);
        domain.start();
    }

    /** The block list of a user whose IM PSE this is. */
    void blocks(UserId owner, UserId unwelcome) {
        blocks.orElseThrow()
                .serve(new ServiceRequest(
                        new BlockEntityRequest(
                                MetaInformation.ofUser(new ServiceId("wv:@" + owner.domain()), owner),
                                List.of(unwelcome),
                                List.of(),
                                ListStatus.ACTIVE,
                                List.of(),
                                List.of(),
                                ListStatus.INACTIVE),
                        Optional.empty(),
                        Optional.of(owner),
                        Optional.empty(),
                        InstantSource.system().instant()));
    }

    private ImElement im(ContactListMembers lists) {
        Groups groups = new NoGroups();
        Blocks ofOurs = new Blocks(
                new JdbcBlockStore(database),
                lists,
                registered::contains,
                groups,
                (notice, users) -> {},
                domain,
                ImSettings.Blocking.DEFAULT);
        blocks = Optional.of(ofOurs);
        return new ImElement(
                new ImElement.Neighbours(registered::contains, groups, Optional.empty(), lists, ofOurs),
                new Deliveries(new JdbcPendingStore(database), domain, RetryTiming.DEFAULT, InstantSource.system()),
                new JdbcMessageRecords(database),
                domain,
                ImSettings.DEFAULT,
                InstantSource.system());
    }

    private void seen(SspTrace.Seen seen) {
        if (seen.sent() && seen.request().isPresent()) {
            sent.add(seen.primitive().getClass().getSimpleName() + " to "
                    + seen.peer().domain());
            sentPrimitives.add(seen.primitive());
        } else if (seen.sent()) {
            answered.add(seen.primitive());
        }
    }

    static Route behind(String domain, String neighbour) {
        return Route.of(domain, new ServiceId("wv:@" + neighbour));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + domain.addresses().getFirst().getPort() + "/");
    }

    /** Direct SSP connections between neighbours in this order, open when this returns. */
    static void connect(TestHome... chain) {
        for (int i = 0; i + 1 < chain.length; i++) {
            link(chain[i], chain[i + 1], Set.of(), Set.of());
        }
    }

    /**
     * @param carriedByTwo domains whose users {@code two} may bring to {@code one}, beyond what the routes say
     */
    static void link(TestHome one, TestHome two, Set<String> carriedByTwo, Set<String> carriedByOne) {
        two.domain.addPeer(agreement(one, false, carriedByOne));
        one.domain.addPeer(agreement(two, true, carriedByTwo));
        await().atMost(Duration.ofMinutes(1)).until(() -> one.isUp(two) && two.isUp(one));
    }

    private static PeerSettings agreement(TestHome other, boolean connect, Set<String> carried) {
        return PeerSettings.of(
                        new ServiceId("wv:@" + other.name),
                        Optional.of(other.url()),
                        "secret",
                        "secret",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        connect)
                .withSession(QUICK)
                .withTiming(PATIENT)
                .speakingFor(carried);
    }

    private boolean isUp(TestHome other) {
        return domain.peers().stream()
                .anyMatch(
                        peer -> peer.serviceId().domain().equals(other.name) && peer.state() == PeerSnapshot.State.UP);
    }

    /** A user who is logged in, with one client. */
    TestUser user(String local) {
        return new TestUser(local, "phone");
    }

    /** Logged in, and taking everything. */
    final class TestUser {
        final UserId id;
        final List<Primitive> received = new CopyOnWriteArrayList<>();
        final Attachment session;
        volatile Function<Primitive, Primitive> answers = TestHome::taken;

        private TestUser(String local, String client) {
            id = new UserId("wv:" + local + "@" + name);
            registered.add(id);
            session = domain.attach(id, ClientId.of(client), primitive -> {
                received.add(primitive);
                return answers.apply(primitive);
            });
        }

        Primitive sends(String text, UserId... to) {
            return session.request(message(
                    text,
                    List.of(to).stream()
                            .map(one -> new MessageInfo.Recipient(User.of(one)))
                            .toList()));
        }

        SendMessageRequest message(String text, List<MessageInfo.Recipient> to) {
            MessageInfo info = new MessageInfo(
                    Optional.of(new MessageId(text + "-" + id.value())),
                    Optional.empty(),
                    Optional.of("text/plain"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    to,
                    Optional.of(MessageInfo.Sender.of(User.of(id))),
                    Optional.empty());
            return new SendMessageRequest(
                    MetaInformation.ofUser(domain.serviceId(), id), false, info, Optional.of(Content.text(text)));
        }

        List<String> texts() {
            return received.stream()
                    .filter(NewMessage.class::isInstance)
                    .map(primitive -> ((NewMessage) primitive).content().data().asUtf8())
                    .toList();
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

    static int code(Primitive answer) {
        return switch (answer) {
            case SendMessageResponse response -> response.statusInfo().statusCode();
            case Status status -> status.statusCode();
            default -> throw new AssertionError("neither a Status nor a SendMessageResponse: " + answer);
        };
    }

    @Override
    public void close() {
        domain.close();
        stores.close();
        database.close();
    }

    /** All of them, in the reverse order. */
    static void close(List<TestHome> homes) {
        new ArrayList<>(homes).reversed().forEach(TestHome::close);
    }

    private static final class NoGroups implements Groups {
        @Override
        public boolean isHosted(GroupId group) {
            return false;
        }

        @Override
        public Status post(UserId sender, SendMessageRequest message, GroupId group, List<ScreenName> whisperedTo) {
            return Status.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }

        @Override
        public void invited(GroupId group, UserId inviting, UserId invited) {
            throw Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }

        @Override
        public List<UserId> administrators(GroupId group) {
            return List.of();
        }

        @Override
        public List<UserId> joined(GroupId group) {
            return List.of();
        }

        @Override
        public Optional<UserId> behind(ScreenName screenName) {
            return Optional.empty();
        }
    }
}
