package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.impsiwf.gateway.Main;
import org.impsiwf.testkit.user.Talk;

/** A process of {@code ./iwf run} that is one node of a cluster. */
final class GatewayProcess implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Pattern ADMIN = Pattern.compile("admin http://(127\\.0\\.0\\.1:\\d+)/");

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Path configuration;
    private final int sip;
    private final int ssp;
    private Process process;
    private String admin;

    /**
     * @param sip the port of the configuration's SIP listeners
     * @param ssp the port of its SSP listener
     */
    GatewayProcess(Path configuration, int sip, int ssp) {
        this.configuration = configuration;
        this.sip = sip;
        this.ssp = ssp;
    }

    /** Starts it, or starts it again; does not wait. */
    GatewayProcess starts() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            // Its start is most of what the tests wait for.
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
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
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it listens. */
    GatewayProcess listens() {
        BufferedReader output = process.inputReader();
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.add(line);
                Matcher listening = ADMIN.matcher(line);
                if (listening.find()) {
                    admin = listening.group(1);
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

    InetSocketAddress sip() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), sip);
    }

    URI ssp() {
        return URI.create("http://127.0.0.1:" + ssp + "/");
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** SIGTERM; does not wait. */
    void isAskedToEnd() {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    /** Gives its exit code. */
    int ended() {
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
    void freezes() {
        signal("STOP");
    }

    /** SIGCONT. */
    void wakes() {
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

    /** Whether the other end of that dialog is this node. */
    boolean serves(Talk talk) {
        return talk.call().newRequest("OPTIONS").requestUri().contains(":" + sip);
    }

    boolean isReady() {
        return get("/health/ready").statusCode() == 200;
    }

    /** How many nodes it sees and hears of, itself included. */
    long sees() {
        try {
            JsonNode nodes =
                    new ObjectMapper().readTree(get("/api/cluster").body()).path("nodes");
            return StreamSupport.stream(nodes.spliterator(), false)
                    .filter(node -> node.path("answers").asBoolean())
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page of its admin server. */
    HttpResponse<String> get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://" + admin + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String log() {
        return String.join("\n", log);
    }

    @Override
    public void close() {
        process.destroyForcibly(); // SIGKILL ends a stopped process too
    }
}
