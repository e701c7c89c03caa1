package org.impsiwf.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A process of {@code ./iwf run} or {@code ./iwf domain}, started once or several times with the same configuration. */
public final class IwfProcess implements AutoCloseable {

    /** For what a loaded machine does in its own time. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Pattern ADMIN = Pattern.compile("admin (http://[0-9.]+:\\d+)/");

    private final List<String> runner;
    private final List<String> arguments;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private Process process;
    private URI admin;

    /**
     * Does not start it.
     *
     * @param command {@code run} or {@code domain}
     * @param configuration its file, with an admin server
     */
    public IwfProcess(String command, Path configuration) {
        this(List.of(), command, configuration);
    }

    /**
     * As {@link #IwfProcess(String, Path)}.
     *
     * @param runner becomes the process, such as {@code ip netns exec NAME}
     */
    public IwfProcess(List<String> runner, String command, Path configuration) {
        this.runner = runner;
        arguments = List.of(command, "--config", configuration.toString());
    }

    /** Starts it, or starts it again; does not wait. */
    public IwfProcess starts() {
        List<String> line = new ArrayList<>(runner);
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Its start is most of what the tests wait for.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                Main.class.getName()));
        line.addAll(arguments);
        try {
            process = new ProcessBuilder(line).redirectErrorStream(true).start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says where it listens; an AssertionError with what it said, when it ends instead. */
    public IwfProcess listens() {
        BufferedReader output = process.inputReader();
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.add(line);
                Matcher listening = ADMIN.matcher(line);
                if (listening.find()) {
                    admin = URI.create(listening.group(1));
                    Thread.ofVirtual().start(() -> read(output));
                    return this;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("it ended:\n" + log());
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

    /** Its admin server, once it {@link #listens}. */
    public URI admin() {
        return admin;
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        ended();
    }

    /** SIGTERM; does not wait. */
    public void isAskedToEnd() {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    /** Waits for its end, and gives its exit code. */
    public int ended() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGSTOP: it stands still, and its sockets take what comes. */
    public void freezes() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void wakes() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(result).as("kill -" + name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** All that it has said, over all its starts. */
    public String log() {
        return String.join("\n", log);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly(); // SIGKILL ends a stopped process too
        }
    }
}
