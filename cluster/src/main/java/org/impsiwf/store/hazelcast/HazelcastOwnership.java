package org.impsiwf.store.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import java.util.UUID;
import org.impsiwf.store.Ownership;

/** The owner of a key is the member that owns the key's partition, which is the same partition in every map. */
final class HazelcastOwnership implements Ownership {

    private final HazelcastInstance member;

    HazelcastOwnership(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public String self() {
        return member.getCluster().getLocalMember().getUuid().toString();
    }

    @Override
    public boolean owns(String key) {
        Member owner = owner(key);
        return owner != null && owner.localMember();
    }

    /** Empty while the cluster assigns the key's partition. */
    @Override
    public String ownerOf(String key) {
        Member owner = owner(key);
        return owner == null ? "" : owner.getUuid().toString();
    }

    private Member owner(String key) {
        return member.getPartitionService().getPartition(key).getOwner();
    }

    @Override
    public AutoCloseable onMove(Runnable moved) {
        UUID migrations = member.getPartitionService().addMigrationListener(new MigrationListener() {
            @Override
            public void migrationStarted(MigrationState state) {
                // Nothing has moved yet.
            }

            @Override
            public void migrationFinished(MigrationState state) {
                moved.run();
            }

            @Override
            public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
                // One of many; migrationFinished comes once for all.
            }

            @Override
            public void replicaMigrationFailed(ReplicaMigrationEvent event) {
                // Hazelcast tries again by itself.
            }
        });
        UUID memberships = member.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                // Its keys move by a migration.
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                moved.run(); // backups on this node have become the owners' copies
            }
        });
        return () -> {
            member.getPartitionService().removeMigrationListener(migrations);
            member.getCluster().removeMembershipListener(memberships);
        };
    }
}
