package org.impsiwf.gateway.runtime;

import org.impsiwf.gateway.config.ClusterConfig;
import org.impsiwf.store.Stores;
import org.impsiwf.store.hazelcast.Discovery;
import org.impsiwf.store.hazelcast.HazelcastSettings;
import org.impsiwf.store.hazelcast.HazelcastStores;
import org.impsiwf.store.local.LocalStores;

/** The stores of this node, alone or with others, out of the configuration. */
final class ClusterAssembly {

    private ClusterAssembly() {}

    static Stores stores(ClusterConfig cluster) {
        return switch (cluster.mode()) {
            case LOCAL -> LocalStores.inHeap();
            case HAZELCAST -> HazelcastStores.join(settings(cluster));
        };
    }

    private static HazelcastSettings settings(ClusterConfig cluster) {
        return new HazelcastSettings(
                cluster.name(),
                cluster.listen().orElse(ClusterConfig.ANYWHERE).socketAddress(),
                discovery(cluster),
                cluster.minimumMembers(),
                cluster.silence());
    }

    private static Discovery discovery(ClusterConfig cluster) {
        return switch (cluster.discovery()) {
            case MEMBERS ->
                new Discovery.Members(
                        cluster.members().stream().map(Object::toString).toList());
            case MULTICAST -> new Discovery.Multicast(cluster.multicastGroup(), cluster.multicastPort());
            case DNS -> new Discovery.Dns(cluster.dnsName().orElseThrow().value());
            case KUBERNETES ->
                new Discovery.Kubernetes(
                        cluster.kubernetesService().orElseThrow(),
                        cluster.kubernetesNamespace().orElse(""));
            case FILE -> new Discovery.File(cluster.hazelcastFile().orElseThrow());
        };
    }
}
