package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.impsiwf.gateway.Main;

/** A process of {@code ./iwf run}. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LISTENS = "admin http://127.0.0.1:";

    private final Path configuration;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private Process process;

    private GatewayProcess(Path configuration) {
        this.configuration = configuration;
    }

    /** @throws IOException when it ended before it listened, with what it said */
    static GatewayProcess start(Path configuration) throws IOException {
        GatewayProcess gateway = new GatewayProcess(configuration);
        gateway.start();
        return gateway;
    }

    /** Again with the same configuration, after {@link #kill}. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Its start is most of what the test waits for.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        Main.class.getName(),
                        "run",
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.add(line);
            if (line.contains(LISTENS)) {
                Thread.ofVirtual().start(() -> read(output));
                return;
            }
        }
        throw new IOException("it ended:\n" + log());
    }

    /** Ours; some test launchers load the tests from a class path of their own. */
    private static String classPath() {
        return Main.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    /** A full pipe would stop it. */
    private void read(BufferedReader output) {
        try (output) {
            output.lines().forEach(log::add);
        } catch (UncheckedIOException | IOException ended) {
            log.add("(its output ended: " + ended.getMessage() + ")");
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    String log() {
        return String.join("\n", log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
