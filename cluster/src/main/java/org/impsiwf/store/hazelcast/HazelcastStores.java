package org.impsiwf.store.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.RecordCodec;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.time.WallTime;

/**
 * The stores of one member of a cluster. Every entry has one backup on another member, written before a save returns, so
 * one member may die without loss; two at once may not.
 */
public final class HazelcastStores implements Stores {

    private record Opened(Class<?> type, HazelcastStore<?> store) {}

    private final ConcurrentHashMap<String, Opened> stores = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Timers> timers = new ConcurrentHashMap<>();
    private final WallTime time = new WallTime();
    private final HazelcastInstance member;
    private final HazelcastOwnership ownership;
    private final HazelcastNodes nodes;
    private final LeaseKeeper keeper;
    private final Fence fence;

    private HazelcastStores(HazelcastInstance member, HazelcastSettings settings) {
        this.member = member;
        this.ownership = new HazelcastOwnership(member);
        Duration length = settings.lease();
        var lease = new Lease(
                NodeName.of(member.getCluster().getLocalMember()).orElseThrow(),
                length,
                MemberConfig.SETTLING,
                settings.minimumMembers());
        this.fence = new Fence(lease, settings.silence().plus(MemberConfig.REMOVAL));
        this.nodes = new HazelcastNodes(member, lease, length, fence);
        this.keeper = new LeaseKeeper(member, nodes, lease, length);
    }

    /**
     * Starts the member and joins the cluster; takes a second or more.
     *
     * @throws com.hazelcast.core.HazelcastException when it cannot listen
     */
    public static HazelcastStores join(HazelcastSettings settings) {
        return new HazelcastStores(Hazelcast.newHazelcastInstance(MemberConfig.of(settings)), settings);
    }

    /** How many members this node sees, itself included. */
    public int members() {
        return member.getCluster().getMembers().size();
    }

    @Override
    @SuppressWarnings("unchecked") // a name is opened with one type only, which is checked here
    public <V> Store<V> open(String name, Class<V> type) {
        Opened opened = stores.computeIfAbsent(name, n -> {
            IMap<String, byte[]> map = member.getMap(MemberConfig.STORE_PREFIX + name);
            return new Opened(type, new HazelcastStore<>(map, RecordCodec.of(type), time, fence));
        });
        if (opened.type != type) {
            throw new IllegalStateException(
                    "store " + name + " holds " + opened.type.getName() + ", not " + type.getName());
        }
        return (Store<V>) opened.store;
    }

    @Override
    public Ownership ownership() {
        return ownership;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Timers timers(String name, Timers.Handler handler) {
        IMap<String, Long> map = member.getMap(MemberConfig.TIMERS_PREFIX + name);
        var opened = new HazelcastTimers(name, map, ownership, time, fence, handler);
        if (timers.putIfAbsent(name, opened) != null) {
            throw new IllegalStateException("timers " + name + " have a handler already");
        }
        opened.start();
        return opened;
    }

    /** Hands its keys over and leaves the cluster. */
    @Override
    public void close() {
        time.close();
        keeper.close();
        member.shutdown();
    }

    /** Is gone at once, as a killed process is; for tests of what the others do then. */
    void die() {
        time.close();
        keeper.close();
        member.getLifecycleService().terminate();
    }
}
