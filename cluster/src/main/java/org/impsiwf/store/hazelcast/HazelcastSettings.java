package org.impsiwf.store.hazelcast;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How this node is a member of the cluster.
 *
 * @param clusterName nodes with another name are no part of it
 * @param listen the only address that is bound, or a wildcard for all; members are not authenticated, so keep it private
 * @param discovery how it finds the others
 * @param minimumMembers with fewer members in sight every store refuses, so that of two halves of a split cluster at most
 *     one works on; 1 means none is refused, and after a split the latest save of each entry wins
 * @param silence a member that says nothing for this long is taken for dead
 */
public record HazelcastSettings(
        String clusterName, InetSocketAddress listen, Discovery discovery, int minimumMembers, Duration silence) {

    /**
     * How long this node acts on another's word that it is a member. So much shorter than the silence that heartbeats, which
     * come every second, cannot have stopped much earlier.
     */
    Duration lease() {
        return silence.multipliedBy(3).dividedBy(5);
    }

    /** A node that says nothing for this long is taken for dead, if nothing else is configured. */
    public static final Duration SILENCE = Duration.ofSeconds(5);

    /** No split-brain protection, five seconds of silence. */
    public static HazelcastSettings of(String clusterName, InetSocketAddress listen, List<String> members) {
        return new HazelcastSettings(clusterName, listen, new Discovery.Members(members), 1, SILENCE);
    }
}
