package org.impsiwf.store.hazelcast;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.hazelcast.Lease.Moment;

/**
 * Lets operations on shared maps through while this node is in touch only, before and after: what a node reads or writes
 * that has been expelled without knowing it is neither believed nor told. Waits a while for a lease that has run out.
 */
final class Fence {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Lease lease;
    private final Duration patience;

    /** @param patience in which the others notice that a member is gone, and the lease is renewed without it */
    Fence(Lease lease, Duration patience) {
        this.lease = lease;
        this.patience = patience;
    }

    /**
     * Carries out an operation that does the same when it is repeated: also a write is, when its answer was lost, its backup
     * was not acknowledged, or the lease ran out meanwhile.
     *
     * @throws OutOfTouchException when this node is not in touch, and was not again within its patience
     */
    <T> T pass(Supplier<T> operation) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            OptionalLong touch = awaitTouch(end);
            try {
                T result = operation.get();
                if (lease.touch(Moment.now()).equals(touch)) {
                    return result;
                }
            } catch (IndeterminateOperationStateException unacknowledged) {
                if (System.nanoTime() - end > 0) {
                    throw new OutOfTouchException("a save is not on a second node", unacknowledged);
                }
            } catch (HazelcastInstanceNotActiveException left) {
                throw new OutOfTouchException("this node has left", left);
            } catch (SplitBrainProtectionException minority) {
                // Whoever owns the entry may see less than this node does, for a while.
                if (System.nanoTime() - end > 0) {
                    throw new OutOfTouchException("too few nodes are in sight", minority);
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    /** Waits as an operation does; false when that would fail. */
    boolean awaitTouch() {
        try {
            awaitTouch(System.nanoTime() + patience.toNanos());
            return true;
        } catch (OutOfTouchException alone) {
            return false;
        }
    }

    private OptionalLong awaitTouch(long end) {
        OptionalLong touch = lease.touch(Moment.now());
        while (touch.isEmpty()) {
            if (lease.isMinority()) {
                throw new OutOfTouchException("too few nodes are in sight");
            }
            if (System.nanoTime() - end > 0) {
                throw new OutOfTouchException("this node may have been taken for dead");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            touch = lease.touch(Moment.now());
        }
        return touch;
    }
}
