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
                "Where this node listens for the others; on a private network, since nodes ask each other for no password.")
        Optional<ListenAddress> listen,

        @Key("All nodes, this one included.") List<ListenAddress> members,

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
                min = "2s",
                max = "5m")
        Duration silence,

        @Key("A Hazelcast configuration (YAML or XML) for other discovery than by `members`, which is then not used.")
        Optional<Path> hazelcastFile) {

    /** See {@link ClusterConfig#mode}. */
    public enum Mode {
        LOCAL,
        HAZELCAST
    }
}
