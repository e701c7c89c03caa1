package org.impsiwf.store.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IExecutorService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.hazelcast.Lease.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members under their short names. A member that is gone from the cluster is alive here until it certainly does not act: its
 * port is closed, or the lease that this node granted it last has run out.
 */
final class HazelcastNodes implements Nodes {

    /** Where a member's user context has them. */
    static final String KEY = "iwf.nodes";

    static final String OFFICE_PREFIX = "iwf.office.";

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastNodes.class);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final HazelcastInstance member;
    private final String self;
    private final Offices offices;
    private final Lease lease;
    private final Fence fence;
    private final Farewell farewell;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, Moment> granted = new ConcurrentHashMap<>();
    private final AtomicInteger merges = new AtomicInteger();
    private volatile boolean merging;
    private volatile boolean settled;
    private Map<String, Member> present = Map.of();
    private final Map<String, Member> leaving = new HashMap<>();
    private volatile Map<String, Member> alive = Map.of();

    HazelcastNodes(HazelcastInstance member, Lease lease, Duration leaseLength, Fence fence) {
        this.member = member;
        this.self = NodeName.of(member.getCluster().getLocalMember()).orElseThrow();
        this.offices = (Offices) member.getUserContext().get(Offices.KEY);
        this.lease = lease;
        this.fence = fence;
        this.farewell = new Farewell(member, leaseLength);
        look();
        member.getUserContext().put(KEY, this);
        Thread.ofVirtual().name("iwf-settling").start(this::settle);
    }

    private void settle() {
        try {
            while (!member.getPartitionService().isClusterSafe()) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            settled = true;
        } catch (HazelcastInstanceNotActiveException left) {
            LOG.debug("this node has left before it was settled: {}", left.getMessage());
        }
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public Set<String> alive() {
        return alive.keySet();
    }

    @Override
    public OptionalLong touch() {
        return lease.touch(Moment.now());
    }

    @Override
    public boolean awaitTouch() {
        return fence.awaitTouch();
    }

    /**
     * Whether a member that asks is one, as far as this node sees; it will not do that member's work for the length of a
     * lease. Nothing is granted before all that this node knows has been brought into the cluster that it comes back to.
     */
    boolean grants(String asking) {
        granted.put(asking, Moment.now());
        return !merging && look().containsKey(asking);
    }

    /** How often this node has come back from another half of the cluster. */
    int merges() {
        return merges.get();
    }

    /** This node gives its half of the cluster up, in which it may have missed what the others did. */
    void merging() {
        merging = true;
        lease.suspend();
    }

    void merged() {
        merges.incrementAndGet();
        merging = false;
        lease.resume();
    }

    /** Learns who has come and who has left. Never blocks. */
    synchronized Map<String, Member> look() {
        Map<String, Member> now = new HashMap<>();
        for (Member each : member.getCluster().getMembers()) {
            NodeName.of(each).ifPresent(name -> now.put(name, each));
        }
        if (!now.keySet().equals(present.keySet())) {
            present.forEach((name, gone) -> {
                if (!now.containsKey(name) && leaving.put(name, gone) == null) {
                    Thread.ofVirtual().name("iwf-left-" + name).start(() -> bidFarewell(name, gone));
                }
            });
            leaving.keySet().removeAll(now.keySet());
        }
        present = Map.copyOf(now);
        publish();
        return present;
    }

    private void publish() {
        Map<String, Member> all = new HashMap<>(leaving);
        all.putAll(present);
        alive = Map.copyOf(all);
    }

    private void bidFarewell(String name, Member gone) {
        farewell.awaitSilence(gone, granted.get(name));
        synchronized (this) {
            if (!leaving.remove(name, gone)) {
                return; // it has come back
            }
            granted.remove(name);
            publish();
        }
        farewell.awaitOwners(gone);
        LOG.info("node {} has left", name);
        listeners.forEach(listener -> tell(listener, name));
    }

    private static void tell(Consumer<String> listener, String gone) {
        try {
            listener.accept(gone);
        } catch (RuntimeException failure) {
            LOG.error("{} could not be told that node {} has left", listener, gone, failure);
        }
    }

    @Override
    public byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException {
        if (node.equals(self)) {
            return Offices.answer(offices.take(self, office, letter), self, office);
        }
        Member to = alive.get(node);
        if (to == null) {
            throw new NodeGoneException("node " + node + " is gone");
        }
        return Offices.answer(sent(to, node, office, letter), node, office);
    }

    private byte[] sent(Member to, String node, String office, byte[] letter) throws NodeGoneException {
        IExecutorService counter = member.getExecutorService(OFFICE_PREFIX + office);
        try {
            Future<byte[]> answer = counter.submitToMember(new Letter(self, office, letter), to);
            return answer.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException gone) {
            throw new NodeGoneException("node " + node + " does not answer", gone);
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
            throw new NodeGoneException("interrupted while waiting for node " + node, leaving);
        }
    }

    @Override
    public void open(String name, Office office) {
        offices.open(name, office);
    }

    @Override
    public AutoCloseable onLeft(Consumer<String> gone) {
        listeners.add(gone);
        return () -> listeners.remove(gone);
    }
}
