package org.impsiwf.sip.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.Versioned;

/** The INVITE usages where they are kept, each under its local tag, and a timer for the deadline of each. */
final class StoredUsages {

    /** A record without deadline of its own goes at last, whatever was forgotten. */
    private static final Duration LONGEST = Duration.ofDays(2);

    private static final Duration GRACE = Duration.ofMinutes(5);

    private final Store<InviteUsage> store;
    private final Timers timers;
    private final InstantSource clock;
    private Consumer<InviteUsage> forgotten = usage -> {};

    /** @param due the deadline of the usage of that tag has come */
    StoredUsages(Stores stores, InstantSource clock, Consumer<String> due) {
        this.store = stores.open("sip-usages", InviteUsage.class);
        this.timers = stores.timers("sip-usages", (tag, at) -> due.accept(tag));
        this.clock = clock;
    }

    /** Who hears of usages that are removed; set once, before the first. */
    void forgotten(Consumer<InviteUsage> listener) {
        forgotten = listener;
    }

    Optional<Versioned<InviteUsage>> load(String tag) {
        return store.load(tag);
    }

    /** False when there is one of that tag. */
    boolean isOpened(String tag, InviteUsage usage) {
        boolean opened = store.save(tag, Store.ABSENT, usage, timeToLive(usage)).isPresent();
        if (opened) {
            arm(tag, usage);
        }
        return opened;
    }

    /**
     * @param next absent: it is removed
     * @return false when somebody was faster
     */
    boolean isSaved(String tag, Versioned<InviteUsage> before, Optional<InviteUsage> next) {
        return next.isPresent()
                ? isSaved(tag, before.version(), before.value(), next.get())
                : isRemoved(tag, before.version(), before.value());
    }

    private boolean isRemoved(String tag, long version, InviteUsage before) {
        boolean removed = store.remove(tag, version);
        if (removed) {
            timers.cancel(tag);
            forgotten.accept(before);
        }
        return removed;
    }

    private boolean isSaved(String tag, long version, InviteUsage before, InviteUsage next) {
        boolean saved = next.equals(before)
                || store.save(tag, version, next, timeToLive(next)).isPresent();
        if (saved) {
            rearm(tag, before, next);
        }
        return saved;
    }

    private void rearm(String tag, InviteUsage before, InviteUsage next) {
        Optional<Instant> due = next.deadline();
        boolean past = due.filter(instant -> !instant.isAfter(clock.instant())).isPresent();
        if (past || !due.equals(before.deadline())) {
            arm(tag, next);
        }
    }

    private void arm(String tag, InviteUsage usage) {
        usage.deadline().ifPresentOrElse(due -> timers.arm(tag, due), () -> timers.cancel(tag));
    }

    private Duration timeToLive(InviteUsage usage) {
        return usage.deadline()
                .map(due -> Duration.between(clock.instant(), due).plus(GRACE))
                .filter(left -> left.compareTo(GRACE) > 0)
                .orElse(LONGEST);
    }

    /** Those that this node owns; on a thread that may block. */
    Set<String> ownedTags() {
        return store.ownedKeys();
    }

    long size() {
        return store.size();
    }

    long deadlines() {
        return timers.size();
    }
}
