package org.impsiwf.store.hazelcast;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import com.fasterxml.jackson.core.JsonFactory;
import com.hazelcast.core.Hazelcast;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** A {@link NodeProcess} as the test has it. */
final class PlayedNode implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What it said, and when. */
    record Said(long millis, String what) {}

    private final Queue<Said> said = new ConcurrentLinkedQueue<>();
    private final Process process;
    private final PrintStream orders;

    /** @param runner what the command is given to, such as {@code ip netns exec NAME}; may be empty */
    PlayedNode(List<String> runner, String cluster, String listen, String discovery, int minimum) throws IOException {
        List<String> command = new ArrayList<>(runner);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                NodeProcess.class.getName(),
                cluster,
                listen,
                discovery,
                Integer.toString(minimum)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::listen);
    }

    private static String classPath() {
        return Stream.of(
                        NodeProcess.class,
                        HazelcastStores.class,
                        Hazelcast.class,
                        JsonFactory.class,
                        Logger.class,
                        LoggerContext.class,
                        Context.class)
                .map(PlayedNode::placeOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", 2);
                if (parts[0].matches("\\d+")) {
                    said.add(new Said(Long.parseLong(parts[0]), parts[1]));
                } else {
                    System.out.println("[" + process.pid() + "] " + line); // its log
                }
            }
        } catch (IOException ended) {
            said.add(new Said(System.currentTimeMillis(), "ENDED " + ended.getMessage()));
        }
    }

    /** Waits until it is a member. */
    void awaitStart() {
        await().atMost(PATIENCE).until(() -> !said("READY").isEmpty());
    }

    void order(String line) {
        orders.println(line);
    }

    void awaitSaid(String what) {
        await().atMost(PATIENCE).until(() -> said.stream().anyMatch(line -> line.what.equals(what)));
    }

    /** Waits until the latest word about its touch is this one. */
    void awaitState(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(said.stream()
                                .map(Said::what)
                                .filter(what -> what.startsWith("TOUCH") || what.startsWith("NO TOUCH"))
                                .reduce("", (before, later) -> later))
                        .isEqualTo(state));
    }

    /** All that it said that starts so. */
    List<Said> said(String start) {
        return said.stream().filter(line -> line.what.startsWith(start)).toList();
    }

    void killAtOnce() {
        process.destroyForcibly();
    }

    void stop() {
        signal("-STOP");
    }

    void wake() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            // A runner such as ip netns exec becomes the process that it runs.
            int result = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(result).isZero();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("kill " + name, failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
