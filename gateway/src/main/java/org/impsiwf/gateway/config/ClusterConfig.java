package org.impsiwf.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How nodes share state. */
public record ClusterConfig(
        @Key(value = "`local`: one node, state in its heap. `hazelcast`: several nodes.", byDefault = "local")
        Mode mode,

        @Key(value = "Nodes of one name find each other.", byDefault = "iwf")
        String name,

        @Key(
                "Where this node listens for the others; on a private network, since nodes ask each other for no password and "
                        + "do not encrypt. `0.0.0.0:5701` where the address is not known beforehand.")
        Optional<ListenAddress> listen,

        @Key(
                value =
                        "How nodes find each other: by their addresses in `members`; by `multicast`; by every address that "
                                + "`dns-name` has; by the pods of `kubernetes-service`, asked of the Kubernetes API; or as "
                                + "`hazelcast-file` says.",
                byDefault = "members")
        Discovery discovery,

        @Key("All nodes, this one included.") List<ListenAddress> members,

        @Key(value = "Where nodes look for each other with `discovery: multicast`.", byDefault = "224.2.2.3")
        String multicastGroup,

        @Key(value = "The UDP port of that group.", byDefault = "54327", min = "1", max = "65535")
        int multicastPort,

        @Key("A name whose every address is a node, at the port of `listen`, such as a headless service has.")
        Optional<DomainName> dnsName,

        @Key("A service whose every pod is a node; the pods' account needs the right to read endpoints.")
        Optional<String> kubernetesService,

        @Key("Where that service is, if not in the namespace of the pod.")
        Optional<String> kubernetesNamespace,

        @Key(
                value =
                        "With fewer nodes in sight, a node refuses all traffic. More than half of the nodes keeps a split cluster from "
                                + "working on in two halves; 1 switches that off.",
                byDefault = "1",
                min = "1",
                max = "100")
        int minimumMembers,

        @Key(
                value = "A node that says nothing for this long is taken for dead.",
                byDefault = "5s",
                min = "3s",
                max = "5m")
        Duration silence,

        @Key(
                "A Hazelcast configuration (YAML or XML) that says, with an `advanced-network`, where to listen and how to find the others.")
        Optional<Path> hazelcastFile) {

    /** Where a node listens whose own file of Hazelcast says it. */
    public static final ListenAddress ANYWHERE = new ListenAddress("0.0.0.0", 5701);

    /** What is right and yet to be known, in one line. */
    public Optional<String> caution() {
        return mode == Mode.HAZELCAST
                ? Optional.of(
                        "cluster: nodes do not encrypt what they say to each other, which the free edition of Hazelcast "
                                + "cannot: keep cluster.listen on a private network or in a tunnel (docs/operations.md)")
                : Optional.empty();
    }

    /** See {@link ClusterConfig#mode}. */
    public enum Mode {
        LOCAL,
        HAZELCAST
    }

    /** See {@link ClusterConfig#discovery}. */
    public enum Discovery {
        MEMBERS,
        MULTICAST,
        DNS,
        KUBERNETES,
        FILE
    }
}
