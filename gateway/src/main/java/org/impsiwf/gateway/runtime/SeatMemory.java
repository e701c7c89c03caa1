package org.impsiwf.gateway.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.store.Timers;
import org.impsiwf.store.local.LocalStores;

/** What a node of a cluster knows of the mailboxes that it works on, and when each has something to do by itself. */
final class SeatMemory implements AutoCloseable {

    private final LocalStores heap;
    private final Timers deadlines;
    private final ConcurrentHashMap<MailboxKey, Held> memory = new ConcurrentHashMap<>();

    /**
     * @param heap whose timers are used; closed with this
     * @param due its deadline has come, or what it remembers may be forgotten
     */
    SeatMemory(LocalStores heap, Consumer<MailboxKey> due) {
        this.heap = heap;
        deadlines = heap.timers(
                InterworkingRuntime.DEADLINES,
                (key, at) -> MailboxKey.parse(key).ifPresent(due));
    }

    Optional<Held> of(MailboxKey key) {
        return Optional.ofNullable(memory.get(key));
    }

    boolean has(MailboxKey key) {
        return memory.containsKey(key);
    }

    /** Remembers it, unless the store alone is to. */
    void keep(MailboxKey key, Held after) {
        if (after.state().filter(Held::belongsInMemory).isEmpty()) {
            forget(key);
            return;
        }
        Held before = memory.put(key, after);
        if (before == null || !before.due().equals(after.due())) {
            deadlines.arm(key.text(), after.due());
        }
    }

    /** What is remembered of it holds only if the store says so, too; false when nothing is. */
    boolean doubt(MailboxKey key) {
        return memory.computeIfPresent(key, (k, held) -> held.inDoubt()) != null;
    }

    /** Is due once more. */
    void remindAgain(MailboxKey key, Held held) {
        deadlines.arm(key.text(), held.due());
    }

    void forget(MailboxKey key) {
        if (memory.remove(key) != null) {
            deadlines.cancel(key.text());
        }
    }

    List<MailboxKey> keys() {
        return List.copyOf(memory.keySet());
    }

    long deadlines() {
        return deadlines.size();
    }

    @Override
    public void close() {
        heap.close();
    }
}
