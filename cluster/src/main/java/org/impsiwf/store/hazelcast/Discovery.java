package org.impsiwf.store.hazelcast;

import java.nio.file.Path;
import java.util.List;

/** How the members of a cluster find each other, as Hazelcast has it. */
public sealed interface Discovery {

    /** @param members {@code host:port} of every member, this one included */
    record Members(List<String> members) implements Discovery {
        public Members {
            members = List.copyOf(members);
        }
    }

    /** Members say where they are to a multicast group, which all of their machines must be able to reach. */
    record Multicast(String group, int port) implements Discovery {}

    /** Every address of a DNS name, such as a headless service of Kubernetes has, is one member, at the same port. */
    record Dns(String name) implements Discovery {}

    /**
     * The pods of a service, asked of the Kubernetes API; the pod's account needs the right to read them.
     *
     * @param namespace empty for the one that the pod is in
     */
    record Kubernetes(String service, String namespace) implements Discovery {}

    /** All that a Hazelcast configuration, YAML or XML, says about the network; our address is not used then. */
    record File(Path path) implements Discovery {}
}
