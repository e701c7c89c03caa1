package org.impsiwf.ssp.domain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.routing.TransactionTable;

/** Requests to neighbours. Thread-safe. */
public final class Neighbours {

    private final SspSide side;
    private final TransactionTable table = new TransactionTable();
    private final Map<SspRequestId, CompletableFuture<Primitive>> waiting = new ConcurrentHashMap<>();
    private final Duration patience;
    private final String mark;
    private final UnaryOperator<Primitive> naming;

    /** @param naming what our own requests are changed by before they leave */
    Neighbours(SspSide side, Duration patience, UnaryOperator<Primitive> naming) {
        this(side, patience, "", naming);
    }

    /**
     * @param patience how long to wait for an answer, should the transaction's own time not end it
     * @param mark what the ids of these requests begin with, where requests of others leave by the same side
     */
    public Neighbours(SspSide side, Duration patience, String mark) {
        this(side, patience, mark, UnaryOperator.identity());
    }

    private Neighbours(SspSide side, Duration patience, String mark, UnaryOperator<Primitive> naming) {
        this.side = side;
        this.patience = patience;
        this.mark = mark;
        this.naming = naming;
    }

    /** Whether the request was asked here, by its mark. */
    public boolean asked(SspRequestId request) {
        return request.value().startsWith(mark);
    }

    TransactionTable table() {
        return table;
    }

    /** @param requested the neighbour's transaction that is relayed by it; absent for one of our own */
    public Primitive ask(ServiceId neighbour, Primitive primitive, Optional<TransactionRef> requested) {
        Primitive sent = requested.isPresent() ? primitive : naming.apply(primitive);
        SspRequestId id = newId();
        CompletableFuture<Primitive> answer = begin(id, neighbour, sent, requested);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException lost) {
            throw new IllegalStateException("no outcome of a request to " + neighbour + " in " + patience, lost);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Status.of(StatusCode.SERVICE_UNAVAILABLE);
        } finally {
            forget(id);
        }
    }

    /**
     * Asks, and returns at once.
     *
     * @return its answer, or a status that stands for none; the time of the SSP transaction ends it at the latest. Completed on a
     *     thread that others wait for, too
     */
    public CompletableFuture<Primitive> begin(ServiceId neighbour, Primitive primitive) {
        return begin(newId(), neighbour, naming.apply(primitive), Optional.empty());
    }

    private SspRequestId newId() {
        return new SspRequestId(mark + UUID.randomUUID().toString());
    }

    private CompletableFuture<Primitive> begin(
            SspRequestId id, ServiceId neighbour, Primitive primitive, Optional<TransactionRef> requested) {
        CompletableFuture<Primitive> answer = new CompletableFuture<>();
        table.opened(new TransactionTable.Line(id, neighbour, requested));
        waiting.put(id, answer);
        try {
            side.execute(new SspCommand.SendRequest(id, neighbour, primitive));
            return answer;
        } catch (RuntimeException ours) {
            forget(id);
            throw ours;
        }
    }

    private void forget(SspRequestId id) {
        waiting.remove(id);
        table.completed(id);
    }

    public void answered(SspEvent.ResponseReceived response) {
        complete(response.request(), response.response());
    }

    /** Who never got it may be asked again soon; who did not answer may have acted on it. */
    public void failed(SspEvent.RequestFailed failure) {
        complete(
                failure.request(),
                switch (failure.cause()) {
                    case NO_SESSION -> Status.of(StatusCode.SERVICE_UNAVAILABLE, "no session with the next domain");
                    case OVERLOAD -> busy();
                    case NO_ANSWER -> Status.of(StatusCode.INVALID_TIMEOUT, "no answer from the next domain");
                });
    }

    private static Status busy() {
        return new Status(
                StatusCode.SERVICE_UNAVAILABLE.code(),
                Optional.of("too much is waiting for the next domain"),
                List.of(),
                Optional.of(Duration.ofSeconds(5)),
                List.of());
    }

    private void complete(SspRequestId id, Primitive answer) {
        CompletableFuture<Primitive> asking = waiting.get(id);
        if (asking != null) {
            forget(id);
            asking.complete(answer);
        }
    }

    int open() {
        return waiting.size();
    }
}
