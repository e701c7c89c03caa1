package org.impsiwf.store.hazelcast;

import static java.util.Map.entry;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.FileSystemXmlConfig;
import com.hazelcast.config.FileSystemYamlConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.spi.merge.LatestUpdateMergePolicy;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Hazelcast's own configuration out of ours. */
final class MemberConfig {

    static final String STORE_PREFIX = "iwf.store.";
    static final String TIMERS_PREFIX = "iwf.timers.";

    /** Halves of a cluster look for each other this often, and are one again within as long; a member's removal is quicker. */
    static final Duration SETTLING = Duration.ofSeconds(15);

    static final Duration REMOVAL = Duration.ofSeconds(3);

    private static final String PROTECTION = "iwf";
    private static final int OFFICE_THREADS = 64;
    private static final int LETTERS_WAITING = 10_000;

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            entry("hazelcast.phone.home.enabled", "false"),
            entry("hazelcast.logging.type", "slf4j"),
            entry("hazelcast.socket.bind.any", "false"),
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
        Config config = settings.file().map(MemberConfig::read).orElseGet(() -> byMembers(settings));
        config.setClusterName(settings.clusterName());
        PROPERTIES.forEach(config::setProperty);
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

    private static Config byMembers(HazelcastSettings settings) {
        Config config = new Config();
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(settings.listen().getPort()).setPortAutoIncrement(false);
        network.getInterfaces()
                .setEnabled(true)
                .addInterface(settings.listen().getAddress().getHostAddress());
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(settings.members());
        return config;
    }

    private static Config read(Path file) {
        try {
            return file.toString().endsWith(".xml")
                    ? new FileSystemXmlConfig(file.toFile())
                    : new FileSystemYamlConfig(file.toFile());
        } catch (FileNotFoundException missing) {
            throw new UncheckedIOException("no Hazelcast configuration " + file, missing);
        }
    }

    private static MapConfig map(String prefix, HazelcastSettings settings) {
        MapConfig map = new MapConfig(prefix + "*")
                .setBackupCount(1)
                .setPerEntryStatsEnabled(true) // the merge policy looks at the time of the last update
                .setStatisticsEnabled(false)
                .setMergePolicyConfig(new MergePolicyConfig(
                        LatestUpdateMergePolicy.class.getName(), MergePolicyConfig.DEFAULT_BATCH_SIZE));
        return settings.minimumMembers() > 1 ? map.setSplitBrainProtectionName(PROTECTION) : map;
    }
}
