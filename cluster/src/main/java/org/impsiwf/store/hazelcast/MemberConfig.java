package org.impsiwf.store.hazelcast;

import static java.util.Map.entry;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.FileSystemXmlConfig;
import com.hazelcast.config.FileSystemYamlConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.kubernetes.KubernetesProperties;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.spi.merge.LatestUpdateMergePolicy;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hazelcast's own configuration out of ours. */
final class MemberConfig {

    static final String STORE_PREFIX = "iwf.store.";
    static final String TIMERS_PREFIX = "iwf.timers.";

    /** Halves of a cluster look for each other this often, and are one again within as long; a member's removal is quicker. */
    static final Duration SETTLING = Duration.ofSeconds(15);

    static final Duration REMOVAL = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(MemberConfig.class);
    private static final String PROTECTION = "iwf";
    private static final int OFFICE_THREADS = 64;
    private static final int LETTERS_WAITING = 10_000;

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            entry("hazelcast.phone.home.enabled", "false"),
            entry("hazelcast.logging.type", "slf4j"),
            entry("hazelcast.shutdownhook.enabled", "false"), // the gateway drains first, then closes its stores
            entry("hazelcast.graceful.shutdown.max.wait", "10"),
            entry("hazelcast.wait.seconds.before.join", "1"),
            entry("hazelcast.merge.first.run.delay.seconds", "5"),
            entry("hazelcast.merge.next.run.delay.seconds", "5"),
            entry("hazelcast.heartbeat.interval.seconds", "1"),
            entry("hazelcast.operation.call.timeout.millis", "5000"),
            entry("hazelcast.operation.backup.timeout.millis", "2000"),
            // Entries whose time ran out go within a few seconds; by default it takes minutes, and memory for as long.
            entry("hazelcast.internal.map.expiration.task.period.seconds", "2"),
            entry("hazelcast.internal.map.expiration.cleanup.operation.count", "100"),
            entry("hazelcast.internal.map.expiration.cleanup.percentage", "100"),
            // A save that no backup acknowledged is none: a node that was just cut off would lose it.
            entry("hazelcast.operation.fail.on.indeterminate.state", "true"));

    private MemberConfig() {}

    static Config of(HazelcastSettings settings) {
        Config config = settings.discovery() instanceof Discovery.File(Path file) ? read(file) : byNetwork(settings);
        config.setClusterName(settings.clusterName());
        PROPERTIES.forEach(config::setProperty);
        config.setProperty(
                "hazelcast.socket.bind.any",
                Boolean.toString(settings.listen().getAddress().isAnyLocalAddress()));
        config.setProperty(
                "hazelcast.max.no.heartbeat.seconds",
                Long.toString(settings.silence().toSeconds()));
        config.getSerializationConfig().addDataSerializableFactory(Travelling.FACTORY_ID, Travelling.factory());
        config.getMemberAttributeConfig().setAttribute(NodeName.ATTRIBUTE, NodeName.fresh());
        config.getUserContext().put(Offices.KEY, new Offices());
        config.addExecutorConfig(new ExecutorConfig(LeaseKeeper.EXECUTOR, 2).setStatisticsEnabled(false));
        config.addExecutorConfig(new ExecutorConfig(HazelcastNodes.OFFICE_PREFIX + "*", OFFICE_THREADS)
                .setQueueCapacity(LETTERS_WAITING)
                .setStatisticsEnabled(false));
        config.addMapConfig(map(STORE_PREFIX, settings));
        config.addMapConfig(map(TIMERS_PREFIX, settings));
        if (settings.minimumMembers() > 1) {
            config.addSplitBrainProtectionConfig(
                    new SplitBrainProtectionConfig(PROTECTION, true, settings.minimumMembers())
                            .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
        }
        return config;
    }

    /**
     * With an endpoint for members only (Hazelcast's "advanced network"): the endpoint for all protocols keeps an output thread
     * busy, and silent towards everybody else, while an address that it connects to accepts and does not speak. A stopped process
     * does so (decision 0046).
     */
    private static Config byNetwork(HazelcastSettings settings) {
        Config config = new Config();
        var endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(settings.listen().getPort()).setPortAutoIncrement(false);
        if (!settings.listen().getAddress().isAnyLocalAddress()) {
            endpoint.getInterfaces()
                    .setEnabled(true)
                    .addInterface(settings.listen().getAddress().getHostAddress());
        }
        AdvancedNetworkConfig network =
                config.getAdvancedNetworkConfig().setEnabled(true).setMemberEndpointConfig(endpoint);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        switch (settings.discovery()) {
            case Discovery.Members(var members) ->
                join.getTcpIpConfig().setEnabled(true).setMembers(members);
            case Discovery.Multicast(String group, int port) ->
                join.getMulticastConfig()
                        .setEnabled(true)
                        .setMulticastGroup(group)
                        .setMulticastPort(port);
            case Discovery.Dns(String name) ->
                kubernetes(join, settings).setProperty(KubernetesProperties.SERVICE_DNS.key(), name);
            case Discovery.Kubernetes(String service, String namespace) -> {
                KubernetesConfig api =
                        kubernetes(join, settings).setProperty(KubernetesProperties.SERVICE_NAME.key(), service);
                if (!namespace.isEmpty()) {
                    api.setProperty(KubernetesProperties.NAMESPACE.key(), namespace);
                }
            }
            case Discovery.File(Path file) -> throw new IllegalStateException(file + " says it itself");
        }
        return config;
    }

    private static KubernetesConfig kubernetes(JoinConfig join, HazelcastSettings settings) {
        return join.getKubernetesConfig()
                .setEnabled(true)
                .setProperty(
                        KubernetesProperties.SERVICE_PORT.key(),
                        Integer.toString(settings.listen().getPort()));
    }

    private static Config read(Path file) {
        try {
            Config config = file.toString().endsWith(".xml")
                    ? new FileSystemXmlConfig(file.toFile())
                    : new FileSystemYamlConfig(file.toFile());
            if (!config.getAdvancedNetworkConfig().isEnabled()) {
                LOG.warn("{} has no advanced-network: a node that is frozen may part the others from each other", file);
            }
            return config;
        } catch (FileNotFoundException missing) {
            throw new UncheckedIOException("no Hazelcast configuration " + file, missing);
        }
    }

    private static MapConfig map(String prefix, HazelcastSettings settings) {
        // A smaller half that had to refuse everything knows nothing that the other half does not know.
        Class<?> policy = settings.minimumMembers() > 1 ? DiscardMergePolicy.class : LatestUpdateMergePolicy.class;
        MapConfig map = new MapConfig(prefix + "*")
                .setBackupCount(1)
                .setPerEntryStatsEnabled(true) // the merge policy looks at the time of the last update
                .setStatisticsEnabled(false)
                .setMergePolicyConfig(new MergePolicyConfig(policy.getName(), MergePolicyConfig.DEFAULT_BATCH_SIZE));
        return settings.minimumMembers() > 1 ? map.setSplitBrainProtectionName(PROTECTION) : map;
    }
}
