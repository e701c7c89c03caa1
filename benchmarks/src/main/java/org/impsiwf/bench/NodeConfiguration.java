package org.impsiwf.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The {@code cluster} section of each node of a gateway under test. */
final class NodeConfiguration {

    private final int[] members;

    private NodeConfiguration(int[] members) {
        this.members = members;
    }

    /** One node that shares nothing. */
    static NodeConfiguration local() {
        return new NodeConfiguration(new int[0]);
    }

    /** So many nodes that share their state. */
    static NodeConfiguration shared(int count) throws IOException {
        int[] members = new int[count];
        for (int i = 0; i < count; i++) {
            members[i] = FreePorts.tcp();
        }
        return new NodeConfiguration(members);
    }

    int count() {
        return Math.max(1, members.length);
    }

    /** YAML in one line. */
    String section(int node) {
        if (members.length == 0) {
            return "{ mode: local }";
        }
        String all = Arrays.stream(members)
                .mapToObj(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        return "{ mode: hazelcast, name: iwf-bench-" + members[0] + ", listen: \"127.0.0.1:" + members[node]
                + "\", members: [ " + all + " ] }";
    }
}
