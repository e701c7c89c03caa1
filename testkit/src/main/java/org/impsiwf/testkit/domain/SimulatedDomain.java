package org.impsiwf.testkit.domain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspEvent.RequestReceived;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.testkit.Inbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An IMPS domain to test an interworking function, or any SSP server, against: an SSP server with users that follow scripts. A
 * message for anybody else is refused with 531.
 */
public final class SimulatedDomain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedDomain.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A user of the domain from the start. */
    public record ScriptedUser(UserId id, Script script) {}

    /**
     * What the domain is.
     *
     * @param peers whom it keeps sessions with; users' requests go to the first
     */
    public record Settings(ServiceId self, List<Listen> listen, List<PeerSettings> peers, List<ScriptedUser> users) {}

    private final ServiceId self;
    private final LocalStores stores = LocalStores.inHeap();
    private final Map<String, ImpsUser> users = new ConcurrentHashMap<>();
    private final Inbox<SspEvent> outcomes = new Inbox<>("domain", Object::toString);
    private final Inbox<ExtendConversationResponse> extensions = new Inbox<>("domain", Object::toString);
    private final Inbox<SspEvent> sessions = new Inbox<>("domain", Object::toString);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("imps-users").factory());
    private final SspServer server;

    private SimulatedDomain(SspSettings ssp, List<ScriptedUser> scripted, SspTrace trace) throws IOException {
        self = ssp.self();
        scripted.forEach(u -> user(u.id(), u.script()));
        server = new SspServer(ssp, stores, InstantSource.system(), this::happened, SspCounters.NONE, trace);
    }

    /**
     * Starts it; it listens when this returns.
     *
     * @throws IOException naming the address that is taken
     */
    public static SimulatedDomain start(Settings settings) throws IOException {
        return start(
                SspSettings.of(settings.self(), settings.listen(), settings.peers()), settings.users(), SspTrace.NONE);
    }

    /** As {@link #start(Settings)}, with all that an SSP server can be told. */
    public static SimulatedDomain start(SspSettings ssp, List<ScriptedUser> users, SspTrace trace) throws IOException {
        SimulatedDomain domain = new SimulatedDomain(ssp, users, trace);
        try {
            domain.server.start();
        } catch (IOException taken) {
            domain.close();
            throw taken;
        }
        return domain;
    }

    public ServiceId self() {
        return self;
    }

    /** Where it really listens. */
    public List<InetSocketAddress> addresses() {
        return server.addresses();
    }

    /** The first address as a peer's configuration names it. */
    public URI url() {
        InetSocketAddress address = addresses().getFirst();
        String host = address.getHostString();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    public List<PeerSnapshot> peers() {
        return server.peers();
    }

    public void addPeer(PeerSettings peer) {
        server.addPeer(peer);
    }

    /** Waits until a session pair is open. */
    public void expectsSession() {
        sessions.take("a session", e -> e instanceof SspEvent.PeerUp, PATIENCE);
    }

    /** Waits until a session pair is gone. */
    public void expectsLoss() {
        sessions.take("the end of a session", e -> e instanceof SspEvent.PeerDown, PATIENCE);
    }

    /** The user of that name in this domain; made, accepting all, when there is none yet. */
    public ImpsUser user(String name) {
        return user(new UserId("wv:" + name + "@" + self().domain()), Script.accepting());
    }

    private ImpsUser user(UserId id, Script script) {
        return users.computeIfAbsent(key(id), k -> new ImpsUser(this, id, script));
    }

    /** Lets what runs finish, logs out, and stops. */
    public void drain(Duration bound) {
        server.drain(bound);
        close();
    }

    /** Stops at once, as a crash would. */
    @Override
    public void close() {
        timer.shutdownNow();
        server.close();
        stores.close();
    }

    // ---- for its users

    SspRequestId send(Primitive primitive) {
        ServiceId peer = server.peers().getFirst().serviceId();
        SspRequestId request = new SspRequestId(UUID.randomUUID().toString());
        server.execute(new SspCommand.SendRequest(request, peer, primitive));
        return request;
    }

    void answer(TransactionRef transaction, Primitive response) {
        server.execute(new SspCommand.Answer(transaction, response));
    }

    SspEvent outcome(SspRequestId request, Duration bound) {
        return outcomes.take("an answer to " + request, e -> isFor(e, request), bound);
    }

    Optional<SspEvent> pollOutcome(SspRequestId request, Duration bound) {
        return outcomes.poll(e -> isFor(e, request), bound);
    }

    void later(Duration delay, Runnable act) {
        try {
            timer.schedule(() -> guarded(act), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed before a user could act");
        }
    }

    private static void guarded(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            LOG.error("a simulated user failed", e);
        }
    }

    // ---- on SSP's event loops

    private void happened(SspEvent event) {
        switch (event) {
            case RequestReceived request -> requested(request);
            case SspEvent.ResponseReceived response -> outcomes.put(response);
            case SspEvent.RequestFailed failure -> outcomes.put(failure);
            case SspEvent.PeerUp up -> sessions.put(up);
            case SspEvent.PeerDown down -> sessions.put(down);
        }
    }

    private void requested(RequestReceived received) {
        switch (received.request()) {
            case SendMessageRequest message -> messageArrived(received, message);
            case DeliveryStatusReport report -> {
                answer(received.transaction(), Status.of(200));
                reportedUser(report).ifPresent(u -> u.reported(report));
            }
            case InviteRequest invite -> invited(received, invite.invitedUser());
            case CancelInviteRequest cancel -> invited(received, cancel.canceledUser());
            case InviteResponse response -> {
                answer(received.transaction(), Status.of(200));
                find(response.invitingUser()).ifPresent(u -> u.answered(response));
            }
            case GroupChangeNotice notice -> {
                answer(received.transaction(), Status.of(200));
                notice.subscribingUserIdList().forEach(user -> find(user).ifPresent(u -> u.noticed(notice)));
            }
            case ExtendConversationRequest wish -> extensionWished(received, wish);
            case ExtendConversationResponse outcome -> {
                answer(received.transaction(), Status.of(200));
                extensions.put(outcome);
            }
            case LeaveGroupIndication removal ->
                removal.leavingUsers().stream()
                        .flatMap(user -> find(user).stream())
                        .forEach(user -> removal.groupId().ifPresent(user::removed));
            case LeaveGroupRequest any ->
                answer(
                        received.transaction(),
                        new LeaveGroupIndication(
                                Optional.empty(), Optional.of(Status.of(200)), List.of(), "", Optional.empty()));
            default -> answer(received.transaction(), Status.of(501));
        }
    }

    /** For one of its users, in a talk with whom somebody wants others to join. */
    private void extensionWished(RequestReceived received, ExtendConversationRequest wish) {
        Optional<ImpsUser> partner = find(wish.extendConversationUserId());
        answer(received.transaction(), partner.isPresent() ? Status.of(200) : Status.of(531, "no such user"));
        partner.ifPresent(user -> user.wished(wish));
    }

    /** Waits for what became of a talk that one of its users wanted to extend. */
    ExtendConversationResponse extension(ExtendConversationId talk, Duration bound) {
        return extensions.take(
                "the outcome of the extension " + talk,
                outcome -> outcome.extendConversationId().equals(talk),
                bound);
    }

    private void messageArrived(RequestReceived received, SendMessageRequest message) {
        List<ImpsUser> recipients = message.messageInfo().recipients().stream()
                .map(MessageInfo.Recipient::addressee)
                .flatMap(a -> find(a).stream())
                .toList();
        if (recipients.isEmpty()) {
            answer(received.transaction(), new SendMessageResponse(Status.of(531, "no such user"), Optional.empty()));
            return;
        }
        // The first one's script decides the answer: one transaction has one.
        ArrivedMessage arrived = new ArrivedMessage(received.transaction(), message);
        recipients.stream().skip(1).forEach(user -> user.heard(arrived));
        recipients.getFirst().arrived(arrived);
    }

    private void invited(RequestReceived received, Addressee invited) {
        find(invited)
                .ifPresentOrElse(
                        u -> u.invited(received), () -> answer(received.transaction(), Status.of(531, "no such user")));
    }

    /** A report names sender and recipient in either order: ours is the one of this domain. */
    private Optional<ImpsUser> reportedUser(DeliveryStatusReport report) {
        MessageInfo info = report.messageInfo();
        return info.sender()
                .flatMap(s -> find(s.address()))
                .or(() -> info.recipients().stream()
                        .flatMap(r -> find(r.addressee()).stream())
                        .findFirst());
    }

    private Optional<ImpsUser> find(Addressee addressee) {
        return addressee instanceof User user ? Optional.ofNullable(users.get(key(user.userId()))) : Optional.empty();
    }

    private static String key(UserId id) {
        return id.value().toLowerCase(Locale.ROOT);
    }

    private static boolean isFor(SspEvent event, SspRequestId request) {
        return switch (event) {
            case SspEvent.ResponseReceived response -> response.request().equals(request);
            case SspEvent.RequestFailed failure -> failure.request().equals(request);
            default -> false;
        };
    }
}
