package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.impsiwf.ssp.domain.RequestLines;
import org.impsiwf.ssp.domain.Responses;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.groups.ConversationExtensions;
import org.impsiwf.ssp.elements.groups.GroupLimits;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspEvent.RequestReceived;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.routing.MetaInformations;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.ssp.storage.StorageCounts;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way between the mapping, our Group Service Element and the neighbours. To the mapping it is the SSP side: what is
 * ordered for our own Service-ID goes to the element, all else to the SSP server. What the SSP server tells is passed on to
 * the mapping, except what concerns groups that we host. Thread-safe.
 */
public final class GroupHome implements SspSide, SspSide.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupHome.class);
    private static final int MOST_REQUESTS = 5_000;
    private static final long AT_WORK_SECONDS = 1;
    private static final long CLOSING_SECONDS = 5;

    private final ServiceId self;
    private final SspSide server;
    private final SspSide.Listener mapping;
    private final InstantSource clock;
    private final SspTrace trace;
    private final Consumer<TransactionRef> served;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("groups-", 0).factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("groups-timer").factory());
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final RequestLines lines = new RequestLines(threads, MOST_REQUESTS);
    private final AbsentMembers absent;
    private final HostingNodes nodes;
    private final SipUsers users;
    private final HomeAccessPoint sap;
    private final GroupStorage storage;

    /**
     * What an operator decides about our groups.
     *
     * @param domains ours, in lower case: that of the Service-ID and those of the SIP users
     * @param sipDomains those whose users are SIP users
     * @param extension how long the partner of a talk has to join the group that it becomes
     * @param callAgain how long SIP members may take to call again after a restart, before they are put out
     * @param answerWait how long the mapping may take to answer for a SIP user
     * @param database where groups and messages on their way are kept
     * @param alone whether no other process works with that database
     * @param lasting false when nothing is in there at first, so that it need not be opened before it is needed
     */
    public record Settings(
            ServiceId self,
            Set<String> domains,
            Set<String> sipDomains,
            GroupLimits limits,
            Duration extension,
            Duration callAgain,
            Duration answerWait,
            DatabaseConfig database,
            boolean alone,
            boolean lasting) {
        public Settings {
            domains = Set.copyOf(domains);
            sipDomains = Set.copyOf(sipDomains);
        }
    }

    /**
     * @param serving the neighbour that serves a domain, in lower case
     * @param server the neighbours
     * @param mapping takes what concerns SIP users; called on any thread
     * @param stores whose nodes host the same groups
     * @param trace sees what goes to and from the mapping
     * @param served is told which of the neighbours' transactions are for us
     */
    public GroupHome(
            Settings settings,
            Function<String, Optional<ServiceId>> serving,
            SspSide server,
            SspSide.Listener mapping,
            Stores stores,
            InstantSource clock,
            SspTrace trace,
            Consumer<TransactionRef> served) {
        this.self = settings.self();
        this.server = server;
        this.mapping = mapping;
        this.clock = clock;
        this.trace = trace;
        this.served = served;
        absent = new AbsentMembers(settings.callAgain());
        nodes = new HostingNodes(stores);
        users = new SipUsers(settings, nodes, this::tell);
        sap = new HomeAccessPoint(settings, serving, server, users, threads);
        storage = new GroupStorage(
                settings,
                database ->
                        GroupElements.over(database, nodes.carriers(), settings, sap, users, absent, clock, threads));
    }

    /** Opens the database, in the background, and looks after what has expired from now on. */
    public void start() {
        storage.start();
        nodes.start(this::answered);
        timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Opens a database now that would be opened when it is needed. Returns at once. */
    public void open() {
        storage.open();
    }

    private void tick() {
        if (ticking.compareAndSet(false, true)) {
            try {
                threads.execute(() -> {
                    storage.lookAfter(clock.instant());
                    ticking.set(false);
                });
            } catch (RejectedExecutionException closing) {
                LOG.debug("nothing expires any more, the gateway is closing");
            }
        }
    }

    /** Whether the element itself has sent that request. */
    public static boolean isAskedByUs(SspRequestId request) {
        return request.value().startsWith(HomeAccessPoint.MARK);
    }

    /** How it stands with the database. */
    public GroupStorage.State storage() {
        return storage.state();
    }

    /** What is kept, as counted a moment ago. */
    public StorageCounts counts() {
        return storage.counts();
    }

    // ---- what the mapping orders

    @Override
    public void execute(SspCommand command) {
        switch (command) {
            case SspCommand.SendRequest order when isUs(order.peer()) -> ask(order);
            case SspCommand.Answer answer
            when isUs(answer.peer()) -> {
                if (!nodes.tellOther(answer)) {
                    answered(answer);
                }
            }
            default -> server.execute(command);
        }
    }

    private void answered(SspCommand.Answer answer) {
        traced(true, answer.response(), answer.transaction().transactionId());
        users.answered(answer.transaction(), answer.response());
    }

    private boolean isUs(ServiceId peer) {
        return peer.equals(self);
    }

    private void ask(SspCommand.SendRequest order) {
        Primitive request = order.primitive();
        if (request instanceof JoinGroupRequest join) {
            join.metaInformation().userId().ifPresent(user -> absent.called(join.groupId(), user));
        }
        trace.seen(new SspTrace.Seen(
                clock.instant(),
                /* sent= */ true,
                self,
                request,
                order.request().value(),
                Optional.of(order.request())));
        boolean taken = lines.serve(self, request, () -> answer(order, outcome(request, Optional.empty())));
        if (!taken) {
            mapping.on(new SspEvent.RequestFailed(self, order.request(), SspEvent.Cause.OVERLOAD));
        }
    }

    private void answer(SspCommand.SendRequest order, Primitive outcome) {
        Primitive response = Responses.to(order.primitive(), outcome).orElse(outcome);
        trace.seen(new SspTrace.Seen(
                clock.instant(),
                /* sent= */ false,
                self,
                response,
                order.request().value(),
                Optional.of(order.request())));
        mapping.on(new SspEvent.ResponseReceived(self, order.request(), response));
    }

    /** To the mapping, for a SIP user. */
    private void tell(RequestReceived request) {
        traced(false, request.request(), request.transaction().transactionId());
        mapping.on(request);
    }

    private void traced(boolean sent, Primitive primitive, String transaction) {
        trace.seen(new SspTrace.Seen(clock.instant(), sent, self, primitive, transaction, Optional.empty()));
    }

    // ---- what the SSP server tells; on its event loops

    @Override
    public void on(SspEvent event) {
        switch (event) {
            case RequestReceived request when concernsOurGroups(request.request()) -> received(request);
            case SspEvent.ResponseReceived response when sap.asked(response.request()) -> sap.answered(response);
            case SspEvent.RequestFailed failure when sap.asked(failure.request()) -> sap.failed(failure);
            default -> mapping.on(event);
        }
    }

    /** By what the primitive itself says: nothing is looked up for a message between two users. */
    private boolean concernsOurGroups(Primitive request) {
        return switch (request) {
            case SendMessageRequest message -> isToGroup(message.messageInfo().recipients());
            case GroupChangeNotice notice -> false;
            case LeaveGroupIndication indication -> false;
            case GroupPrimitive ofGroup -> true;
            case ExtendConversationRequest extend -> true;
            case InviteRequest invitation ->
                invitation.inviteGroupId().filter(this::isOurs).isPresent();
            case InviteResponse response -> ConversationExtensions.hasSent(response.inviteId());
            case InviteUserResponse response -> ConversationExtensions.hasSent(response.inviteId());
            default -> false;
        };
    }

    /** One that is for users, too, goes to the mapping, which gives each recipient a result of its own. */
    private boolean isToGroup(List<Recipient> recipients) {
        return !recipients.isEmpty()
                && recipients.stream().map(Recipient::addressee).allMatch(this::isInOurGroup);
    }

    private boolean isInOurGroup(Addressee addressee) {
        return switch (addressee) {
            case GroupId group -> isOurs(group);
            case ScreenName name -> name.groupId().filter(this::isOurs).isPresent();
            case User user -> false;
            case ContactListId list -> false;
        };
    }

    private boolean isOurs(GroupId group) {
        return sap.isHome(group.domain());
    }

    private void received(RequestReceived received) {
        served.accept(received.transaction());
        Primitive request = received.request();
        boolean taken = lines.serve(
                received.peer(), request, () -> answer(received, outcome(request, Optional.of(received.peer()))));
        if (!taken) {
            answer(received, RequestLines.busy());
        }
    }

    private void answer(RequestReceived received, Primitive outcome) {
        Responses.to(received.request(), outcome)
                .ifPresent(response -> server.execute(new SspCommand.Answer(received.transaction(), response)));
    }

    private Primitive outcome(Primitive request, Optional<ServiceId> peer) {
        Optional<MetaInformation> meta = MetaInformations.of(request);
        ServiceRequest asked = new ServiceRequest(
                request,
                peer,
                meta.flatMap(MetaInformation::userId),
                meta.flatMap(MetaInformation::clientId),
                clock.instant());
        return storage.elements()
                .map(elements -> elements.serve(asked))
                .orElseGet(() -> Status.of(StatusCode.SERVICE_UNAVAILABLE, "the groups' database is away"));
    }

    /** What was accepted is in the database, and goes on at the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
        try {
            // Only who waits for others is interrupted: that would close the file of an embedded database under its
            // work.
            if (!threads.awaitTermination(AT_WORK_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            if (!threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("requests about groups are still being served after {} s", CLOSING_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        storage.close();
    }
}
