package org.impsiwf.store.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.impsiwf.store.hazelcast.PlayedNode.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nodes in processes of their own that are killed, stopped and cut off, with the settings that a gateway has by default.
 * The bounds are asserted with room for a machine that is busy with something else; the time that it took is printed.
 */
class NodeFaultsTest {

    private static final Duration AFTER_A_KILL = Duration.ofSeconds(3);
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(8);
    private static final int ROOM = 5;

    /** Of the node that fails. The oldest member is the one that expels others; without it they agree on the next one first. */
    enum Age {
        OLDEST,
        YOUNGEST
    }

    private final List<String> keys =
            IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList();
    private final List<PlayedNode> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.forEach(PlayedNode::close);
    }

    private void start(int count, int minimum, Age first) throws IOException {
        List<String> addresses = Members.addresses(count);
        start(
                IntStream.range(0, count).mapToObj(i -> List.<String>of()).toList(),
                addresses,
                minimum,
                byAddress(addresses),
                first);
    }

    private static String byAddress(List<String> addresses) {
        return String.join(",", addresses);
    }

    /** The first one is the seat of every key. */
    private void start(List<List<String>> runners, List<String> addresses, int minimum, String discovery, Age first)
            throws IOException {
        String cluster = "faults-" + UUID.randomUUID();
        int count = addresses.size();
        var started = new PlayedNode[count];
        for (int i = 0; i < count; i++) {
            int next = first == Age.OLDEST ? i : (i + 1) % count;
            started[next] = new PlayedNode(runners.get(next), cluster, addresses.get(next), discovery, minimum);
            started[next].awaitStart();
        }
        nodes.addAll(List.of(started));
        nodes.forEach(node -> node.awaitState("TOUCH " + addresses.size()));
        keys.forEach(key -> nodes.getFirst().order("sit " + key));
        keys.forEach(key -> nodes.getFirst().awaitSaid("SITS " + key));
        await().atMost(PlayedNode.PATIENCE).until(() -> !said(0, "ACTS").isEmpty());
    }

    private List<Said> said(int node, String start) {
        return nodes.get(node).said(start);
    }

    private List<Said> taken() {
        return nodes.subList(1, nodes.size()).stream()
                .flatMap(node -> node.said("TOOK").stream())
                .toList();
    }

    private void awaitTakeOver(String what, long since, Duration bound) {
        await().atMost(PlayedNode.PATIENCE)
                .untilAsserted(() -> assertThat(taken())
                        .extracting(Said::what)
                        .containsExactlyInAnyOrderElementsOf(
                                keys.stream().map(key -> "TOOK " + key).toList()));
        long took = taken().stream().mapToLong(Said::millis).max().orElseThrow() - since;
        System.out.printf("take-over after %s: %d ms (wanted: %d ms)%n", what, took, bound.toMillis());
        assertThat(took).isLessThanOrEqualTo(bound.toMillis() * ROOM);
    }

    /** From the first take-over on, the one whose work it was says no more that it does it. */
    private void assertNobodyActedTwice() {
        long first = taken().stream().mapToLong(Said::millis).min().orElseThrow();
        assertThat(said(0, "ACTS"))
                .isNotEmpty()
                .allSatisfy(act -> assertThat(act.millis()).isLessThan(first));
    }

    private void awaitHealed() {
        keys.forEach(key -> nodes.getFirst().awaitSaid("LOST " + key));
        nodes.forEach(node -> node.awaitState("TOUCH " + nodes.size()));
    }

    @ParameterizedTest(name = "{0} nodes, {1} at least, of the {2}")
    @CsvSource({"2, 1, OLDEST", "3, 2, OLDEST", "3, 2, YOUNGEST"})
    void workOfAKilledNodeIsTakenOver(int count, int minimum, Age failing) throws Exception {
        start(count, minimum, failing);

        nodes.getFirst().killAtOnce();

        awaitTakeOver("kill -9", System.currentTimeMillis(), AFTER_A_KILL);
    }

    @ParameterizedTest(name = "{0} nodes, {1} at least, of the {2}")
    @CsvSource({"2, 1, OLDEST", "2, 1, YOUNGEST", "3, 2, OLDEST", "3, 2, YOUNGEST"})
    void workOfAStoppedNodeIsTakenOverAndItDoesNotGoOnWithItWhenItWakes(int count, int minimum, Age failing)
            throws Exception {
        start(count, minimum, failing);

        nodes.getFirst().stop();
        awaitTakeOver("SIGSTOP", System.currentTimeMillis(), AFTER_SILENCE);
        nodes.getFirst().wake();

        awaitHealed();
        assertNobodyActedTwice();
    }

    @Test
    void nodeThatIsCutOffStopsBeforeItsWorkIsTakenOverAndRefusesUntilTheHalvesMeet() throws Exception {
        try (Namespaces machines = namespaces(3)) {
            start(
                    IntStream.range(0, 3).mapToObj(machines::runner).toList(),
                    machines.addresses(),
                    2,
                    NodeProcess.MULTICAST,
                    Age.OLDEST);

            machines.cut(0);
            awaitTakeOver("a cut", System.currentTimeMillis(), AFTER_SILENCE);
            nodes.getFirst().awaitState("NO TOUCH 1");
            nodes.getFirst().order("load key-0");
            nodes.getFirst().awaitSaid("REFUSED key-0");
            machines.join(0);

            awaitHealed();
            assertNobodyActedTwice();
            end();
        }
    }

    private static Namespaces namespaces(int count) {
        try {
            return new Namespaces(count);
        } catch (IOException refused) {
            return abort("no network namespaces here: " + refused.getMessage());
        }
    }
}
