package org.impsiwf.gateway.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Machines played by network namespaces, each on two networks: one between the nodes, and one towards users and peers, on which this
 * process is, too. Either can be cut without a word.
 */
final class Machines implements ClusterOfGateways.Places, AutoCloseable {

    private static final List<String> NETWORKS = List.of("outside", "inside");

    private final String prefix = "iwf" + ProcessHandle.current().pid();
    /** So that two runs at the same time are on networks of their own. */
    private final int subnet = Math.toIntExact(64 + ProcessHandle.current().pid() % 128);

    private final List<String> created = new ArrayList<>();

    /** @throws IOException saying what is not allowed here */
    Machines(int count) throws IOException {
        try {
            add(hub());
            for (String network : NETWORKS) {
                run("ip", "-n", hub(), "link", "add", network, "type", "bridge");
                run("ip", "-n", hub(), "link", "set", network, "up");
            }
            for (int i = 0; i < count; i++) {
                add(name(i));
                run("ip", "-n", name(i), "link", "set", "lo", "up");
                plug(i, "outside", outside(i));
                plug(i, "inside", inside(i));
            }
            run("ip", "link", "add", prefix, "type", "veth", "peer", "name", "own", "netns", hub());
            run("ip", "address", "add", own().getHostAddress() + "/24", "dev", prefix);
            run("ip", "link", "set", prefix, "up");
            run("ip", "-n", hub(), "link", "set", "own", "master", "outside", "up");
        } catch (IOException refused) {
            close();
            throw refused;
        }
    }

    private void add(String name) throws IOException {
        run("ip", "netns", "add", name);
        created.add(name);
    }

    private void plug(int i, String network, String address) throws IOException {
        String port = port(i, network);
        run("ip", "-n", hub(), "link", "add", port, "type", "veth", "peer", "name", network, "netns", name(i));
        run("ip", "-n", name(i), "address", "add", address + "/24", "dev", network);
        run("ip", "-n", name(i), "link", "set", network, "up");
        joins(i, network);
    }

    private String hub() {
        return prefix + "hub";
    }

    private String name(int i) {
        return prefix + "n" + i;
    }

    private static String port(int i, String network) {
        return network + i;
    }

    @Override
    public List<String> runner(int node) {
        return List.of("ip", "netns", "exec", name(node));
    }

    @Override
    public String outside(int node) {
        return "10.213." + subnet + "." + (node + 1);
    }

    @Override
    public String inside(int node) {
        return "10.214." + subnet + "." + (node + 1);
    }

    /** Where this process is. */
    InetAddress own() {
        return InetAddress.ofLiteral("10.213." + subnet + ".254");
    }

    /** What that machine sends on that network gets nowhere, and nothing gets to it. */
    void cut(int i, String network) throws IOException {
        run("ip", "-n", hub(), "link", "set", port(i, network), "nomaster");
    }

    void joins(int i, String network) throws IOException {
        run("ip", "-n", hub(), "link", "set", port(i, network), "master", network, "up");
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    @Override
    public void close() throws IOException {
        for (String name : created) {
            run("ip", "netns", "delete", name);
        }
    }
}
