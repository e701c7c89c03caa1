package org.impsiwf.msrp.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.message.MsrpFrame;

/** The messages of one session that were handed over and wait for their answer. Its session's mailbox. */
final class Exchanges {

    /**
     * A message that waits.
     *
     * @param requests the one that completed it, and repeats of it that came meanwhile; bodies gone
     */
    record Exchange(
            ExchangeId id,
            String messageId,
            int bytes,
            MsrpConnection connection,
            List<MsrpFrame.Send> requests,
            Instant deadline) {}

    private static final int MOST_REPEATS = 4;

    private final Duration within;
    private final Map<ExchangeId, Exchange> waiting = new LinkedHashMap<>();
    private long count;

    Exchanges(Duration within) {
        this.within = within;
    }

    ExchangeId newId(String prefix) {
        return new ExchangeId(prefix + Long.toString(++count, Character.MAX_RADIX));
    }

    Exchange open(ExchangeId id, MsrpConnection connection, MsrpFrame.Send request, int bytes, Instant now) {
        Exchange exchange = new Exchange(
                id, request.messageId(), bytes, connection, new ArrayList<>(List.of(request)), now.plus(within));
        waiting.put(id, exchange);
        return exchange;
    }

    /** A repeat of a message that waits gets the same answer. */
    void repeated(MsrpFrame.Send request) {
        for (Exchange exchange : waiting.values()) {
            if (exchange.messageId().equals(request.messageId())
                    && exchange.requests().size() < MOST_REPEATS) {
                exchange.requests().add(request);
            }
        }
    }

    Optional<Exchange> close(ExchangeId id) {
        return Optional.ofNullable(waiting.remove(id));
    }

    Optional<Instant> nextDeadline() {
        Iterator<Exchange> oldest = waiting.values().iterator();
        return oldest.hasNext() ? Optional.of(oldest.next().deadline()) : Optional.empty();
    }

    List<Exchange> expired(Instant now) {
        List<Exchange> late = new ArrayList<>();
        for (Exchange exchange : waiting.values()) {
            if (now.isBefore(exchange.deadline())) {
                break;
            }
            late.add(exchange);
        }
        return late;
    }

    List<Exchange> all() {
        return List.copyOf(waiting.values());
    }
}
