package org.impsiwf.ssp.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;

/**
 * The transactions that we have open with providers, each with the one transaction of a requestor that it was opened for
 * (SSP-006, SSP-007). Thread-safe; as large as the limits on open requests of all peers.
 */
public final class TransactionTable {

    /** What is being relayed, and whither: the same twice is a circle. */
    private record Passage(Primitive primitive, String domain) {}

    /**
     * One line.
     *
     * @param requested the requestor's transaction; absent for one of our own
     */
    public record Line(SspRequestId initiated, ServiceId provider, Optional<TransactionRef> requested) {}

    private final Map<SspRequestId, Line> lines = new ConcurrentHashMap<>();
    private final Map<TransactionRef, SspRequestId> relayed = new ConcurrentHashMap<>();
    private final Map<Passage, ServiceId> passages = new ConcurrentHashMap<>();

    /** @throws IllegalStateException when one of the two transactions is in another line already */
    public void opened(Line line) {
        line.requested().ifPresent(requested -> {
            if (relayed.putIfAbsent(requested, line.initiated()) != null) {
                throw new IllegalStateException(requested + " is relayed already");
            }
        });
        if (lines.putIfAbsent(line.initiated(), line) != null) {
            throw new IllegalStateException(line.initiated() + " is open already");
        }
    }

    public void completed(SspRequestId initiated) {
        Line line = lines.remove(initiated);
        if (line != null) {
            line.requested().ifPresent(relayed::remove);
        }
    }

    /**
     * Notes that this is on its way through us.
     *
     * @return false when it is so already, and came from another neighbour then: it runs in a circle
     */
    public boolean enters(Primitive primitive, String domain, ServiceId from) {
        ServiceId before = passages.putIfAbsent(new Passage(primitive, domain), from);
        return before == null || before.equals(from);
    }

    public void leaves(Primitive primitive, String domain) {
        passages.remove(new Passage(primitive, domain));
    }

    /** What is open with that provider. */
    public List<Line> of(ServiceId provider) {
        return lines.values().stream()
                .filter(line -> line.provider().equals(provider))
                .toList();
    }

    public int size() {
        return lines.size();
    }
}
