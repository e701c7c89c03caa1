package org.impsiwf.store.hazelcast;

import com.hazelcast.map.IMap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.impsiwf.store.RecordCodec;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;

/**
 * A store over one Hazelcast map. {@link #size} may count entries for some seconds after their end of life; {@link #load}
 * never gives them.
 */
final class HazelcastStore<V> implements Store<V> {

    /** Nodes' clocks differ a little; Hazelcast forgets an entry this much later than the entry's own end of life. */
    private static final long FORGET_LATER_SECONDS = 2;

    /** A new entry's version starts at the time, in these units of a millisecond, plus chance: it never had that version before. */
    private static final long STEPS_PER_MILLISECOND = 1 << 20;

    private final IMap<String, byte[]> map;
    private final RecordCodec<V> codec;
    private final InstantSource clock;
    private final Fence fence;
    private final Unread unread = new Unread();

    HazelcastStore(IMap<String, byte[]> map, RecordCodec<V> codec, InstantSource clock, Fence fence) {
        this.map = map;
        this.codec = codec;
        this.clock = clock;
        this.fence = fence;
    }

    @Override
    public Optional<Versioned<V>> load(String key) {
        byte[] envelope = fence.pass(() -> map.get(key));
        long version = Envelope.version(envelope, clock.millis());
        if (version == ABSENT) {
            return Optional.empty();
        }
        byte[] content = Envelope.content(envelope);
        V value = codec.decode(content, () -> unread.keep(key, version, content));
        return Optional.of(new Versioned<>(version, value));
    }

    @Override
    public OptionalLong save(String key, long version, V next, Duration timeToLive) {
        long now = clock.millis();
        long nextVersion = version == ABSENT ? firstVersion(now) : version + 1;
        Optional<byte[]> before = unread.of(key, version);
        byte[] content = before.map(form -> codec.encodeOver(next, form)).orElseGet(() -> codec.encode(next));
        byte[] envelope = Envelope.seal(
                nextVersion,
                now + timeToLive.toMillis(),
                ThreadLocalRandom.current().nextLong(),
                content);
        var save = CompareAndSet.save(version, now, envelope, timeToLive.toSeconds() + FORGET_LATER_SECONDS);
        boolean saved = fence.pass(() -> map.executeOnKey(key, save));
        if (!saved) {
            return OptionalLong.empty();
        }
        before.ifPresent(form -> unread.keep(key, nextVersion, content));
        return OptionalLong.of(nextVersion);
    }

    private static long firstVersion(long now) {
        return now * STEPS_PER_MILLISECOND + ThreadLocalRandom.current().nextLong(STEPS_PER_MILLISECOND);
    }

    /** As the contract; also false when the answer to our own removal was lost with a member and it was repeated. */
    @Override
    public boolean remove(String key, long version) {
        if (version == ABSENT) {
            return false;
        }
        unread.forget(key);
        var removal = CompareAndSet.remove(version, clock.millis());
        return fence.pass(() -> map.executeOnKey(key, removal));
    }

    /** Also keys whose time ran out some seconds ago. */
    @Override
    public Set<String> ownedKeys() {
        return fence.pass(map::localKeySet);
    }

    @Override
    public long size() {
        return map.size();
    }
}
