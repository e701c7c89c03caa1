package org.impsiwf.store.hazelcast;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Machines on one network, played by network namespaces on a bridge; any of them can be cut off without a word. */
final class Namespaces implements AutoCloseable {

    private static final String NETWORK = "10.213.57.";

    private final String prefix = "iwf" + ProcessHandle.current().pid();
    private final List<String> created = new ArrayList<>();

    /** @throws IOException saying what is not allowed here */
    Namespaces(int count) throws IOException {
        try {
            add(hub());
            run("ip", "-n", hub(), "link", "add", "br0", "type", "bridge");
            run("ip", "-n", hub(), "link", "set", "br0", "up");
            for (int i = 0; i < count; i++) {
                add(name(i));
                run(
                        "ip", "-n", hub(), "link", "add", port(i), "type", "veth", "peer", "name", "eth0", "netns",
                        name(i));
                run("ip", "-n", name(i), "address", "add", host(i) + "/24", "dev", "eth0");
                run("ip", "-n", name(i), "link", "set", "eth0", "up");
                run("ip", "-n", name(i), "link", "set", "lo", "up");
                run("ip", "-n", name(i), "route", "add", "224.0.0.0/4", "dev", "eth0");
                run("ip", "-n", hub(), "link", "set", port(i), "master", "br0", "up");
            }
        } catch (IOException refused) {
            close();
            throw refused;
        }
    }

    private void add(String name) throws IOException {
        run("ip", "netns", "add", name);
        created.add(name);
    }

    private String hub() {
        return prefix + "hub";
    }

    private String name(int i) {
        return prefix + "n" + i;
    }

    private static String port(int i) {
        return "port" + i;
    }

    private static String host(int i) {
        return NETWORK + (i + 1);
    }

    List<String> addresses() {
        return IntStream.range(0, created.size() - 1)
                .mapToObj(i -> host(i) + ":5701")
                .toList();
    }

    List<String> runner(int i) {
        return List.of("ip", "netns", "exec", name(i));
    }

    void cut(int i) throws IOException {
        run("ip", "-n", hub(), "link", "set", port(i), "nomaster");
    }

    void join(int i) throws IOException {
        run("ip", "-n", hub(), "link", "set", port(i), "master", "br0");
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
