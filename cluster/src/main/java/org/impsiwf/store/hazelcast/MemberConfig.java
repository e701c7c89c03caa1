package org.impsiwf.store.hazelcast;

import com.hazelcast.config.Config;
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
import java.util.Map;

/** Hazelcast's own configuration out of ours. */
final class MemberConfig {

    static final String STORE_PREFIX = "iwf.store.";
    static final String TIMERS_PREFIX = "iwf.timers.";
    private static final String PROTECTION = "iwf";

    private static final Map<String, String> PROPERTIES = Map.of(
            "hazelcast.phone.home.enabled", "false",
            "hazelcast.logging.type", "slf4j",
            "hazelcast.socket.bind.any", "false",
            "hazelcast.shutdownhook.enabled", "false", // the gateway drains first, then closes its stores
            "hazelcast.graceful.shutdown.max.wait", "10",
            "hazelcast.wait.seconds.before.join", "1",
            "hazelcast.merge.first.run.delay.seconds", "10",
            "hazelcast.merge.next.run.delay.seconds", "10",
            "hazelcast.heartbeat.interval.seconds", "1",
            "hazelcast.operation.call.timeout.millis", "5000");

    private MemberConfig() {}

    static Config of(HazelcastSettings settings) {
        Config config = settings.file().map(MemberConfig::read).orElseGet(() -> byMembers(settings));
        config.setClusterName(settings.clusterName());
        PROPERTIES.forEach(config::setProperty);
        config.setProperty(
                "hazelcast.max.no.heartbeat.seconds",
                Long.toString(settings.silence().toSeconds()));
        config.getSerializationConfig().addDataSerializableFactory(CompareAndSet.FACTORY_ID, CompareAndSet.factory());
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
