package org.impsiwf.ssp.domain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Addressees;
import org.impsiwf.ssp.routing.MetaInformations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that are being served or wait for it: side by side on threads of their own, what one user asks in order, and of
 * one neighbour so many at once. Thread-safe.
 */
public final class RequestLines {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLines.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /** Requests of one user come from one neighbour in order, messages to each recipient; those of no user have no order. */
    private record Line(ServiceId neighbour, Object user, Object recipients) {}

    private final InOrder inOrder;
    private final int mostPerNeighbour;
    /** One for each neighbour: as many as are configured. */
    private final Map<ServiceId, Semaphore> room = new ConcurrentHashMap<>();

    /** @param threads run what may block */
    public RequestLines(Executor threads, int mostPerNeighbour) {
        inOrder = new InOrder(threads);
        this.mostPerNeighbour = mostPerNeighbour;
    }

    /**
     * Has a request served in its turn. Returns at once.
     *
     * @return false when that neighbour has too many already, or we are closing: it is not served then
     */
    public boolean serve(ServiceId neighbour, Primitive request, Runnable serving) {
        Semaphore ofNeighbour = room.computeIfAbsent(neighbour, id -> new Semaphore(mostPerNeighbour));
        if (!ofNeighbour.tryAcquire()) {
            return false;
        }
        try {
            inOrder.run(line(neighbour, request), () -> {
                try {
                    Aftermath.around(serving);
                } catch (RuntimeException ours) {
                    LOG.error("a {} of {} failed", request.getClass().getSimpleName(), neighbour, ours);
                } finally {
                    ofNeighbour.release();
                }
            });
            return true;
        } catch (RejectedExecutionException closing) {
            ofNeighbour.release();
            return false;
        }
    }

    private static Line line(ServiceId neighbour, Primitive request) {
        Optional<UserId> user = MetaInformations.of(request)
                .flatMap(MetaInformation::userId)
                .or(() -> Addressees.of(request).stream().map(User::userId).findFirst());
        Object recipients = request instanceof SendMessageRequest message
                ? message.messageInfo().recipients()
                : "";
        return new Line(neighbour, user.<Object>map(UserId::value).orElseGet(Object::new), recipients);
    }

    /** The answer to a request that is not served now. */
    public static Status busy() {
        return new Status(
                StatusCode.SERVICE_UNAVAILABLE.code(),
                Optional.of("too many requests at once"),
                List.of(),
                Optional.of(TRY_AGAIN),
                List.of());
    }
}
