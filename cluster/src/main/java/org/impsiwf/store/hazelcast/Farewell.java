package org.impsiwf.store.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.impsiwf.store.hazelcast.Lease.Moment;

/** What is waited for between a member's removal from the cluster and the start of others with its work. Blocks. */
final class Farewell {

    private static final Duration PROBE = Duration.ofMillis(500);
    private static final Duration OWNERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final HazelcastInstance member;
    private final Duration leaseLength;

    Farewell(HazelcastInstance member, Duration leaseLength) {
        this.member = member;
        this.leaseLength = leaseLength;
    }

    /**
     * Returns when the member does not act any more: at once when nobody listens at its address, as after the death of its
     * process; else when its lease has run out.
     *
     * @param granted when this node granted it a lease last; null when it never did
     */
    void awaitSilence(Member gone, Moment granted) {
        if (granted != null && !isClosed(gone.getSocketAddress())) {
            await(leaseLength, () -> !Moment.now().isWithin(leaseLength, granted));
        }
    }

    private static boolean isClosed(InetSocketAddress address) {
        try (var probe = new Socket()) {
            probe.connect(address, Math.toIntExact(PROBE.toMillis()));
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    /** Returns when every key that the member owned has another owner, as far as this node sees. */
    void awaitOwners(Member gone) {
        await(OWNERS_WITHIN, () -> !ownsAnything(gone));
    }

    private boolean ownsAnything(Member gone) {
        try {
            return member.getPartitionService().getPartitions().stream()
                    .anyMatch(partition ->
                            partition.getOwner() == null || partition.getOwner().equals(gone));
        } catch (HazelcastInstanceNotActiveException leaving) {
            return false;
        }
    }

    private static void await(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
