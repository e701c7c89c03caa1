package org.impsiwf.ssp.domain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent.RequestReceived;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.routing.Addressees;
import org.impsiwf.ssp.routing.Destination;
import org.impsiwf.ssp.routing.MetaInformations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the requests of neighbours come in; each is served or relayed on a virtual thread, and what one user asks in order. */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final Set<Class<? extends Primitive>> ONE_WAY =
            Set.of(LeaveGroupIndication.class, UserDisconnect.class);

    /** Requests of one user come from one neighbour in order, messages to each recipient; those of no user have no order. */
    private record Line(ServiceId neighbour, Object user, Object recipients) {}

    private final HomeDomain domain;
    private final SspSide side;
    private final InOrder inOrder;
    private final DomainLimits limits;
    /** One for each neighbour: as many as are configured. */
    private final Map<ServiceId, Semaphore> room = new ConcurrentHashMap<>();

    Reception(HomeDomain domain, SspSide side, InOrder inOrder, DomainLimits limits) {
        this.domain = domain;
        this.side = side;
        this.inOrder = inOrder;
        this.limits = limits;
    }

    /** On the neighbour's event loop. */
    void received(RequestReceived received) {
        Semaphore ofPeer = room.computeIfAbsent(received.peer(), peer -> new Semaphore(limits.requestsPerPeer()));
        if (!ofPeer.tryAcquire()) {
            answer(received, busy());
            return;
        }
        try {
            inOrder.run(line(received), () -> {
                try {
                    Aftermath.around(() -> answer(received, outcome(received)));
                } finally {
                    ofPeer.release();
                }
            });
        } catch (RejectedExecutionException closing) {
            ofPeer.release();
            answer(received, busy());
        }
    }

    private static Line line(RequestReceived received) {
        Optional<UserId> user = MetaInformations.of(received.request())
                .flatMap(MetaInformation::userId)
                .or(() -> Addressees.of(received.request()).stream()
                        .map(User::userId)
                        .findFirst());
        Object recipients = received.request() instanceof SendMessageRequest message
                ? message.messageInfo().recipients()
                : "";
        return new Line(received.peer(), user.<Object>map(UserId::value).orElse(received.transaction()), recipients);
    }

    private static Status busy() {
        return new Status(
                StatusCode.SERVICE_UNAVAILABLE.code(),
                Optional.of("too many requests at once"),
                List.of(),
                Optional.of(TRY_AGAIN),
                List.of());
    }

    private Primitive outcome(RequestReceived received) {
        try {
            return switch (domain.routing().fromNeighbour(received.peer(), received.request())) {
                case Destination.Here here -> domain.elements().serve(asServiceRequest(received));
                case Destination.Onward onward -> relayed(received, onward);
                case Destination.Refused refused -> refused(received, refused.why());
            };
        } catch (RuntimeException ours) {
            LOG.error("{} of {} failed", name(received), received.peer(), ours);
            return Status.of(StatusCode.INTERNAL_SERVER_ERROR);
        }
    }

    private ServiceRequest asServiceRequest(RequestReceived received) {
        Optional<MetaInformation> meta = MetaInformations.of(received.request());
        return new ServiceRequest(
                received.request(),
                Optional.of(received.peer()),
                meta.flatMap(MetaInformation::userId),
                meta.flatMap(MetaInformation::clientId),
                domain.now());
    }

    /** The same primitive, with its Service-ID; Session-ID and Transaction-ID are those of the next hop (D-31). */
    private Primitive relayed(RequestReceived received, Destination.Onward onward) {
        var table = domain.neighbours().table();
        if (!table.enters(received.request(), onward.domain(), received.peer())) {
            LOG.warn("{} of {} runs in a circle: refused", name(received), received.peer());
            return Status.of(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING, "it came by here already");
        }
        try {
            return domain.neighbours().ask(onward.nextHop(), received.request(), Optional.of(received.transaction()));
        } finally {
            table.leaves(received.request(), onward.domain());
        }
    }

    private static Status refused(RequestReceived received, StatusCode why) {
        LOG.info("{} of {} not routed: {}", name(received), received.peer(), why.code());
        return Status.of(why);
    }

    private void answer(RequestReceived received, Primitive response) {
        if (!ONE_WAY.contains(received.request().getClass())) {
            side.execute(new SspCommand.Answer(received.transaction(), asPeersExpect(received.request(), response)));
        }
    }

    /** A message that was refused is answered by its own response primitive, as servers do (observed; SSP-115 says Status). */
    private static Primitive asPeersExpect(Primitive request, Primitive response) {
        return request instanceof SendMessageRequest && response instanceof Status status
                ? new SendMessageResponse(status, Optional.empty())
                : response;
    }

    private static String name(RequestReceived received) {
        return received.request().getClass().getSimpleName();
    }
}
