package org.impsiwf.store.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IExecutorService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.impsiwf.store.hazelcast.Lease.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the lease by asking the other members, several times while it lasts, on a thread of its own. */
final class LeaseKeeper implements AutoCloseable {

    static final String EXECUTOR = "iwf.lease";

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int TIMES_PER_LEASE = 6;

    private final HazelcastInstance member;
    private final HazelcastNodes nodes;
    private final Lease lease;
    private final IExecutorService executor;
    private final Duration interval;
    private final Thread thread;
    private final ConcurrentHashMap<String, Integer> merges = new ConcurrentHashMap<>();
    private volatile boolean closed;

    LeaseKeeper(HazelcastInstance member, HazelcastNodes nodes, Lease lease, Duration length) {
        this.member = member;
        this.nodes = nodes;
        this.lease = lease;
        this.executor = member.getExecutorService(EXECUTOR);
        this.interval = length.dividedBy(TIMES_PER_LEASE);
        member.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                wake();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                wake();
            }
        });
        member.getLifecycleService().addLifecycleListener(event -> {
            switch (event.getState()) {
                case MERGING -> nodes.merging();
                case MERGED, MERGE_FAILED -> nodes.merged();
                default -> LOG.debug("member is {}", event.getState());
            }
        });
        thread = Thread.ofPlatform().name("iwf-lease").daemon().start(this::run);
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                renew();
            } catch (HazelcastInstanceNotActiveException left) {
                LOG.debug("the lease ends with the membership: {}", left.getMessage());
            } catch (HazelcastException | RejectedExecutionException failure) {
                LOG.warn("the lease cannot be renewed: {}", failure.toString());
            }
            LockSupport.parkNanos(this, interval.toNanos());
        }
    }

    private void renew() {
        nodes.look();
        List<Member> inSight = member.getCluster().getMembers().stream()
                .filter(each -> NodeName.of(each).isPresent())
                .toList();
        Moment now = Moment.now();
        lease.tick(inSight.stream().map(each -> NodeName.of(each).orElseThrow()).toList(), now);
        merges.keySet().retainAll(nodes.alive());
        inSight.stream().filter(each -> !each.localMember()).forEach(each -> ask(each, now));
    }

    private void ask(Member other, Moment now) {
        String name = NodeName.of(other).orElseThrow();
        executor.submitToMember(new LeaseRequest(nodes.self()), other, new ExecutionCallback<Integer>() {
            @Override
            public void onResponse(Integer answer) {
                if (answer != LeaseRequest.REFUSED) {
                    granted(name, answer, now);
                }
            }

            @Override
            public void onFailure(Throwable unanswered) {
                LOG.debug("node {} does not grant a lease: {}", name, unanswered.toString());
            }
        });
    }

    private void granted(String name, int merged, Moment asked) {
        Integer before = merges.put(name, merged);
        if (merged != (before == null ? 0 : before)) {
            lease.lapse(); // it brought with it what it did while we did not see each other
        }
        lease.granted(name, asked, Moment.now());
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
