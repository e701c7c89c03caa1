package org.impsiwf.store.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes in processes of their own that are not told each other's addresses. Those of one name or service listen at the same
 * port, so each has a loopback address of its own. Multicast is in {@link NodeFaultsTest}, on a network that carries it.
 */
class DiscoveryTest {

    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");

    private final String cluster = "discovery-" + UUID.randomUUID();
    private final List<PlayedNode> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.forEach(PlayedNode::close);
    }

    /** Free a moment ago at each of the addresses. */
    private static int port() {
        try (var first = new ServerSocket(0, 1, InetAddress.ofLiteral(HOSTS.getFirst()));
                var second = new ServerSocket()) {
            second.bind(new InetSocketAddress(HOSTS.getLast(), first.getLocalPort()));
            return second.getLocalPort();
        } catch (IOException refused) {
            return abort("only one loopback address here: " + refused.getMessage());
        }
    }

    private void start(List<String> environment, String option, int port, String discovery) throws IOException {
        for (String host : HOSTS) {
            List<String> runner = new ArrayList<>(List.of("env"));
            runner.addAll(environment);
            // Of a loopback interface, Hazelcast sees the first address only.
            runner.add("JAVA_TOOL_OPTIONS=-Dhazelcast.local.localAddress=" + host + " " + option);
            nodes.add(new PlayedNode(runner, cluster, host + ":" + port, discovery, 1));
        }
    }

    private void assertThatTheyFoundEachOther() {
        nodes.forEach(node -> node.awaitState("TOUCH 2"));
        nodes.getFirst().order("sit here");
        nodes.getFirst().awaitSaid("SITS here");
        nodes.getLast().order("load here");
        nodes.getLast().awaitSaid("LOADED here " + name(nodes.getFirst()));
    }

    private static String name(PlayedNode node) {
        return node.said("READY").getFirst().what().split(" ")[1];
    }

    @Test
    void everyAddressOfADnsNameIsANode(@TempDir Path directory) throws IOException {
        int port = port();
        // What the JDK resolves names by in these processes, instead of the machine's resolver.
        Path hosts = Files.write(
                directory.resolve("hosts"),
                List.of(
                        "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName(),
                        HOSTS.getFirst() + " nodes.iwf.test",
                        HOSTS.getLast() + " nodes.iwf.test"));

        start(List.of(), "-Djdk.net.hosts.file=" + hosts, port, NodeProcess.DNS + "nodes.iwf.test");

        assertThatTheyFoundEachOther();
    }

    @Test
    void everyPodOfAKubernetesServiceIsANode(@TempDir Path directory) throws Exception {
        int port = port();
        try (var api = new KubernetesApi(directory, NodeProcess.NAMESPACE, "iwf-nodes", HOSTS)) {
            start(api.environment(), "", port, NodeProcess.KUBERNETES + "iwf-nodes");

            assertThatTheyFoundEachOther();
            assertThat(api.refused()).as("requests without the account's token").isZero();
        }
    }

    @Test
    void nodesFindEachOtherAsAFileOfHazelcastSays(@TempDir Path directory) throws IOException {
        List<String> addresses = Members.addresses(2);
        for (String address : addresses) {
            String port = address.split(":")[1];
            Path file = Files.writeString(
                    directory.resolve(port + ".yaml"), """
                    hazelcast:
                      advanced-network:
                        enabled: true
                        join:
                          auto-detection: {enabled: false}
                          tcp-ip: {enabled: true, member-list: [%s]}
                        member-server-socket-endpoint-config:
                          port: {port: %s, auto-increment: false}
                          interfaces: {enabled: true, interfaces: [127.0.0.1]}
                    """.formatted(String.join(", ", addresses), port));
            nodes.add(new PlayedNode(List.of(), cluster, address, NodeProcess.FILE + file, 1));
        }

        assertThatTheyFoundEachOther();
    }
}
