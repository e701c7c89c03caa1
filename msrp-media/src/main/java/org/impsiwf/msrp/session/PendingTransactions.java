package org.impsiwf.msrp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that wait for their response, oldest first, all for the same time (RFC 4975 §7.1.1: 30 s). One thread at a time. */
public final class PendingTransactions<T> {
    private record Waiting<T>(T request, Instant deadline) {}

    private final Duration within;
    private final Map<String, Waiting<T>> waiting = new LinkedHashMap<>();

    public PendingTransactions(Duration within) {
        this.within = within;
    }

    public void add(String id, T request, Instant now) {
        waiting.put(id, new Waiting<>(request, now.plus(within)));
    }

    /** The request of that id, no longer waiting. */
    public Optional<T> remove(String id) {
        Waiting<T> found = waiting.remove(id);
        return found == null ? Optional.empty() : Optional.of(found.request());
    }

    public Optional<Instant> nextDeadline() {
        Iterator<Waiting<T>> oldest = waiting.values().iterator();
        return oldest.hasNext() ? Optional.of(oldest.next().deadline()) : Optional.empty();
    }

    /** Removes what waited too long. */
    public List<T> expire(Instant now) {
        List<T> late = new ArrayList<>();
        Iterator<Waiting<T>> oldest = waiting.values().iterator();
        while (oldest.hasNext()) {
            Waiting<T> next = oldest.next();
            if (now.isBefore(next.deadline())) {
                break;
            }
            late.add(next.request());
            oldest.remove();
        }
        return late;
    }

    /** Removes everything. */
    public List<T> removeAll() {
        List<T> all = waiting.values().stream().map(Waiting::request).toList();
        waiting.clear();
        return all;
    }

    public int size() {
        return waiting.size();
    }
}
