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
        return version == ABSENT
                ? Optional.empty()
                : Optional.of(new Versioned<>(version, codec.decode(Envelope.content(envelope))));
    }

    @Override
    public OptionalLong save(String key, long version, V next, Duration timeToLive) {
        long now = clock.millis();
        long nextVersion = version == ABSENT ? firstVersion(now) : version + 1;
        byte[] envelope = Envelope.seal(
                nextVersion,
                now + timeToLive.toMillis(),
                ThreadLocalRandom.current().nextLong(),
                codec.encode(next));
        var save = CompareAndSet.save(version, now, envelope, timeToLive.toSeconds() + FORGET_LATER_SECONDS);
        boolean saved = fence.pass(() -> map.executeOnKey(key, save));
        return saved ? OptionalLong.of(nextVersion) : OptionalLong.empty();
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
