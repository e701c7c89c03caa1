package org.impsiwf.gateway.groups;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.impsiwf.ssp.elements.groups.GroupLimits;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.store.Stores;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.VirtualTime;

/** A {@link GroupHome} with a mapping and a peer that are played: both take everything unless told otherwise. */
final class GroupScene implements AutoCloseable {

    static final ServiceId SELF = new ServiceId("wv:@iwf.example.com");
    static final ServiceId PEER = new ServiceId("wv:@imps.example.com");
    static final UserId ALICE = new UserId("wv:alice@ims.example.com");
    static final UserId CAROL = new UserId("wv:carol@ims.example.com");
    static final UserId BOB = new UserId("wv:bob@imps.example.com");
    static final UserId ERIN = new UserId("wv:erin@imps.example.com");
    static final GroupId ROOM = new GroupId("wv:alice/room@ims.example.com");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CALL_AGAIN = Duration.ofHours(1);

    /** What the mapping was told, and what was ordered of the SSP server. */
    final BlockingQueue<SspEvent> mapping = new LinkedBlockingQueue<>();

    final BlockingQueue<SspCommand> server = new LinkedBlockingQueue<>();
    final List<Thread> tellers = new CopyOnWriteArrayList<>();
    final GroupHome home;
    volatile Function<Primitive, Optional<Primitive>> peerAnswers = request -> Optional.of(Status.of(200));
    volatile Function<Primitive, Optional<Primitive>> mappingAnswers = request -> Optional.of(Status.of(200));
    private final AtomicInteger ids = new AtomicInteger();

    GroupScene() {
        this(DatabaseConfig.inMemory("groups-" + UUID.randomUUID()), true);
    }

    GroupScene(DatabaseConfig database, boolean started) {
        this(database, LocalStores.inHeap(new VirtualTime()), started);
    }

    /** One node of several, when others are made with other stores and the same database. */
    GroupScene(DatabaseConfig database, Stores stores, boolean started) {
        home = new GroupHome(
                settings(database, /* alone= */ !stores.mayBlock()),
                domain -> Optional.of(PEER).filter(peer -> domain.equals(peer.domain())),
                this::ordered,
                this::told,
                stores,
                InstantSource.system(),
                SspTrace.NONE,
                served -> {});
        if (started) {
            home.start();
        }
    }

    private static GroupHome.Settings settings(DatabaseConfig database, boolean alone) {
        return new GroupHome.Settings(
                SELF,
                Set.of("iwf.example.com", "ims.example.com"),
                Set.of("ims.example.com"),
                GroupLimits.ofDefaults(),
                Duration.ofMinutes(1),
                CALL_AGAIN,
                PATIENCE,
                database,
                alone,
                /* lasting= */ true);
    }

    private void ordered(SspCommand command) {
        server.add(command);
        if (command instanceof SspCommand.SendRequest(SspRequestId id, ServiceId peer, Primitive primitive)) {
            Thread.ofVirtual()
                    .start(() -> home.on(peerAnswers
                            .apply(primitive)
                            .<SspEvent>map(answer -> new SspEvent.ResponseReceived(peer, id, answer))
                            .orElseGet(() -> new SspEvent.RequestFailed(peer, id, SspEvent.Cause.NO_SESSION))));
        }
    }

    private void told(SspEvent event) {
        tellers.add(Thread.currentThread());
        mapping.add(event);
        if (event instanceof SspEvent.RequestReceived(ServiceId peer, TransactionRef transaction, Primitive request)
                && peer.equals(SELF)) {
            Thread.ofVirtual()
                    .start(() -> mappingAnswers
                            .apply(request)
                            .ifPresent(answer -> home.execute(new SspCommand.Answer(transaction, answer))));
        }
    }

    /** The mapping orders it for one of its users, and gets the answer. */
    Primitive asks(Primitive request) {
        SspRequestId id = new SspRequestId("P:room!alice#" + ids.incrementAndGet());
        home.execute(new SspCommand.SendRequest(id, SELF, request));
        SspEvent answer = next(
                mapping,
                event -> event instanceof SspEvent.ResponseReceived response
                        && response.request().equals(id));
        return ((SspEvent.ResponseReceived) answer).response();
    }

    /** A peer asks, and gets the answer. */
    Primitive peerAsks(Primitive request) {
        TransactionRef transaction = new TransactionRef(PEER, "t" + ids.incrementAndGet());
        home.on(new SspEvent.RequestReceived(PEER, transaction, request));
        SspCommand answer = next(
                server,
                command -> command instanceof SspCommand.Answer given
                        && given.transaction().equals(transaction));
        return ((SspCommand.Answer) answer).response();
    }

    /** The next request to the mapping of that kind. */
    <P extends Primitive> P toMapping(Class<P> kind) {
        SspEvent event = next(
                mapping,
                one -> one instanceof SspEvent.RequestReceived request
                        && request.peer().equals(SELF)
                        && kind.isInstance(request.request()));
        return kind.cast(((SspEvent.RequestReceived) event).request());
    }

    /** The next request to the peer of that kind. */
    <P extends Primitive> P toPeer(Class<P> kind) {
        SspCommand command =
                next(server, one -> one instanceof SspCommand.SendRequest order && kind.isInstance(order.primitive()));
        return kind.cast(((SspCommand.SendRequest) command).primitive());
    }

    private static <T> T next(BlockingQueue<T> queue, Predicate<T> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ArrayList<T> seen = new ArrayList<>();
        try {
            while (true) {
                T one = queue.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (one == null) {
                    throw new AssertionError("it did not come; there was " + seen);
                }
                if (wanted.test(one)) {
                    queue.addAll(seen);
                    return one;
                }
                seen.add(one);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void waitsFor(GroupStorage.State state) {
        await().atMost(PATIENCE).until(() -> home.storage() == state);
    }

    // ---- what they say

    static CreateGroupRequest create(UserId user, GroupId group) {
        return new CreateGroupRequest(
                MetaInformation.ofUser(SELF, user),
                group,
                new GroupProperties(List.of(new Property("Type", "Private")), Optional.empty()),
                /* joinGroup= */ true,
                Optional.of(ScreenName.in(group, "Alice")),
                /* subscribeNotif= */ true);
    }

    static JoinGroupRequest join(UserId user, GroupId group, String name) {
        return new JoinGroupRequest(
                MetaInformation.ofUser(SELF, user),
                group,
                /* joinedRequest= */ true,
                Optional.of(ScreenName.in(group, name)),
                /* subscribeNotif= */ true,
                Optional.empty(),
                Optional.empty());
    }

    static SendMessageRequest message(UserId sender, String text, Addressee to) {
        return new SendMessageRequest(
                MetaInformation.ofUser(SELF, sender),
                /* deliveryReportRequest= */ false,
                new MessageInfo(
                        Optional.of(new MessageId(text + "@example.com")),
                        Optional.empty(),
                        Optional.of("text/plain"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new MessageInfo.Recipient(to)),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of(Content.text(text)));
    }

    static List<Addressee> recipients(SendMessageRequest message) {
        return message.messageInfo().recipients().stream()
                .map(MessageInfo.Recipient::addressee)
                .toList();
    }

    @Override
    public void close() {
        home.close();
    }
}
