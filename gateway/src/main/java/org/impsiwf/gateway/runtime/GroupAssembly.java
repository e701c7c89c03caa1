package org.impsiwf.gateway.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.impsiwf.gateway.config.ClusterConfig;
import org.impsiwf.gateway.config.DomainName;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.config.Secret;
import org.impsiwf.gateway.config.StorageConfig;
import org.impsiwf.gateway.groups.GroupHome;
import org.impsiwf.ssp.elements.groups.GroupLimits;
import org.impsiwf.ssp.storage.DatabaseConfig;

/** Makes our Group Service Element of what the operator wrote. */
final class GroupAssembly {

    /** The mapping has an answer within the time that a message may wait; this is for one that it owes. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int KNOWN_PER_MEMBER = 2;

    private GroupAssembly() {}

    static GroupHome.Settings settings(GatewayConfig config) {
        Set<String> sipDomains =
                config.sip().domains().stream().map(DomainName::value).collect(Collectors.toSet());
        Set<String> domains = new HashSet<>(sipDomains);
        domains.add(config.serviceId().domain());
        return new GroupHome.Settings(
                config.serviceId(),
                domains,
                sipDomains,
                GroupLimits.ofDefaults()
                        .withGroups(config.groups().maxGroups())
                        .withGroupsPerUser(config.groups().maxGroupsPerUser())
                        .withJoinedPerGroup(config.groups().maxMembers())
                        .withKnownPerGroup(config.groups().maxMembers() * KNOWN_PER_MEMBER),
                config.groups().extensionTimeout(),
                config.groups().callAgain(),
                config.conversation().answerWait().plus(MARGIN),
                database(config.storage()),
                config.cluster().mode() == ClusterConfig.Mode.LOCAL,
                !config.storage().url().equals("memory"));
    }

    private static DatabaseConfig database(StorageConfig storage) {
        return switch (storage.url()) {
            case "memory" -> DatabaseConfig.inMemory("iwf-" + UUID.randomUUID());
            case "embedded" -> DatabaseConfig.embedded(Path.of(storage.directory()));
            default ->
                DatabaseConfig.postgresql(
                        storage.url(), storage.user(), storage.password().map(Secret::value));
        };
    }
}
