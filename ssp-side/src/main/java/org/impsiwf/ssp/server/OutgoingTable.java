package org.impsiwf.ssp.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.transaction.OutgoingState;
import org.impsiwf.ssp.transport.OutgoingConnection;

/** SSP 8.1: the transaction record of one provider: what we have asked it and wait for. Confined to its event loop. */
final class OutgoingTable {

    /** Who asked. */
    interface Asker {
        void answered(Primitive answer);

        void failed(SspEvent.Cause cause);
    }

    /** One open transaction. */
    static final class Entry {
        final TransactionId id;
        final Mode mode;
        final Primitive primitive;
        final Optional<SspRequestId> request;
        final Asker asker;
        /** Its silence says something about the peer: the repeats of an optional question don't end a session. */
        final boolean essential;

        /** The only connection that it may use, for a KeepAlive of that connection. */
        Optional<OutgoingConnection> pinned = Optional.empty();

        OutgoingState state;
        /** What brought it out last, to know whose traffic a 104 moves. */
        Optional<Outbound> sentAs = Optional.empty();

        Entry(
                TransactionId id,
                Mode mode,
                Primitive primitive,
                Optional<SspRequestId> request,
                Asker asker,
                boolean essential) {
            this.id = id;
            this.mode = mode;
            this.primitive = primitive;
            this.request = request;
            this.asker = asker;
            this.essential = essential;
        }
    }

    private final Map<TransactionId, Entry> open = new LinkedHashMap<>();

    /** @return false when a transaction of this id is open already */
    boolean add(Entry entry) {
        return open.putIfAbsent(entry.id, entry) == null;
    }

    Optional<Entry> find(TransactionId id) {
        return Optional.ofNullable(open.get(id));
    }

    void remove(Entry entry) {
        open.remove(entry.id, entry);
    }

    /** Those whose deadline is reached. */
    List<Entry> due(Instant now) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Entry> due = new ArrayList<>();
        for (Entry entry : open.values()) {
            if (!now.isBefore(entry.state.deadline())) {
                due.add(entry);
            }
        }
        return due;
    }

    Collection<Entry> all() {
        return List.copyOf(open.values());
    }

    int size() {
        return open.size();
    }
}
