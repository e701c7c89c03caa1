package org.impsiwf.store.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;

/**
 * A map in the heap. Versions come from one counter of the store, so a version never comes back, not even for a key that
 * was removed and created again.
 */
final class LocalStore<V> implements Store<V> {

    /** Every operation clears away a few entries whose time ran out, so their number stays bounded and no operation is long. */
    private static final int CLEARED_PER_OPERATION = 4;

    /** @param watched when it is looked at next: at its end or before, since most ends move on with each save */
    private record Entry<V>(long version, V value, Instant expiresAt, Expiry watched) {
        boolean isAlive(Instant now) {
            return now.isBefore(expiresAt);
        }

        Entry<V> watchedBy(Expiry next) {
            return new Entry<>(version, value, expiresAt, next);
        }
    }

    private record Expiry(Instant at, long version, String key) implements Comparable<Expiry> {
        private static final Comparator<Expiry> ORDER =
                Comparator.comparing(Expiry::at).thenComparingLong(Expiry::version);

        @Override
        public int compareTo(Expiry other) {
            return ORDER.compare(this, other);
        }
    }

    private final ConcurrentHashMap<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Expiry> expiries = new ConcurrentSkipListSet<>();
    private final AtomicLong versions = new AtomicLong(ABSENT);
    private final InstantSource clock;
    private final UnaryOperator<V> passage;

    /** @param passage what a value goes through when it is saved: nothing, or its serialised form */
    LocalStore(InstantSource clock, UnaryOperator<V> passage) {
        this.clock = clock;
        this.passage = passage;
    }

    @Override
    public Optional<Versioned<V>> load(String key) {
        Entry<V> entry = entries.get(key);
        return entry != null && entry.isAlive(clock.instant())
                ? Optional.of(new Versioned<>(entry.version, entry.value))
                : Optional.empty();
    }

    @Override
    public OptionalLong save(String key, long version, V next, Duration timeToLive) {
        Instant now = clock.instant();
        clearExpired(now, CLEARED_PER_OPERATION);
        V value = passage.apply(next);
        long nextVersion = versions.incrementAndGet();
        Instant expiresAt = now.plus(timeToLive);
        Entry<V> stored = entries.compute(key, (k, current) -> {
            boolean alive = current != null && current.isAlive(now);
            if ((alive ? current.version : ABSENT) != version) {
                return current;
            }
            return new Entry<>(nextVersion, value, expiresAt, watch(key, current, expiresAt, nextVersion));
        });
        return stored != null && stored.version == nextVersion ? OptionalLong.of(nextVersion) : OptionalLong.empty();
    }

    @Override
    public boolean remove(String key, long version) {
        Instant now = clock.instant();
        clearExpired(now, CLEARED_PER_OPERATION);
        var removed = new AtomicBoolean();
        entries.computeIfPresent(key, (k, entry) -> {
            if (entry.version != version || !entry.isAlive(now)) {
                return entry;
            }
            expiries.remove(entry.watched);
            removed.set(true);
            return null;
        });
        return removed.get();
    }

    @Override
    public boolean isInHeap() {
        return true;
    }

    @Override
    public Set<String> ownedKeys() {
        clearExpired(clock.instant(), Integer.MAX_VALUE);
        return Set.copyOf(entries.keySet());
    }

    @Override
    public long size() {
        clearExpired(clock.instant(), Integer.MAX_VALUE);
        return entries.mappingCount();
    }

    private void clearExpired(Instant now, int atMost) {
        int cleared = 0;
        for (var iterator = expiries.iterator(); cleared < atMost && iterator.hasNext(); cleared++) {
            Expiry expiry = iterator.next();
            if (now.isBefore(expiry.at)) {
                return;
            }
            iterator.remove();
            entries.computeIfPresent(expiry.key, (k, entry) -> lookedAt(expiry, entry, now));
        }
    }

    /** Within the computation of its key. */
    private Expiry watch(String key, Entry<V> current, Instant expiresAt, long version) {
        if (current != null && !current.watched.at.isAfter(expiresAt)) {
            return current.watched;
        }
        if (current != null) {
            expiries.remove(current.watched);
        }
        Expiry watched = new Expiry(expiresAt, version, key);
        expiries.add(watched);
        return watched;
    }

    /** Within the computation of its key: what lives on is looked at again at its end. */
    private Entry<V> lookedAt(Expiry expiry, Entry<V> entry, Instant now) {
        if (!entry.watched.equals(expiry)) {
            return entry;
        }
        if (!entry.isAlive(now)) {
            return null;
        }
        Expiry next = new Expiry(entry.expiresAt, entry.version, expiry.key);
        expiries.add(next);
        return entry.watchedBy(next);
    }
}
