package org.impsiwf.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.impsiwf.gateway.cli.Iwf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway and the simulated domain as processes: what an operator and an init system see of them. */
class ProcessTest {

    /** Nobody listens at the peer's address. */
    private static final String GATEWAY = """
            sip: { listen: [ "udp:127.0.0.1:0", "tcp:127.0.0.1:0" ] }
            msrp: { listen: "127.0.0.1:0" }
            ssp:
              listen: "127.0.0.1:0"
              peers:
                - { service-id: "wv:@imps.example.com", url: "http://127.0.0.1:9/", our-password: hidden-a, peer-password: hidden-b }
            admin: { listen: "127.0.0.1:0" }
            storage: { url: memory }
            """;

    private static final Pattern ADMIN = Pattern.compile("admin http://(127\\.0\\.0\\.1:\\d+)/");

    @TempDir
    private Path directory;

    private Process start(String command, String configuration) throws IOException {
        Path file = Files.writeString(directory.resolve(command + ".yaml"), configuration);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        command,
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Reads on until it says where it listens. */
    private static String adminOf(BufferedReader output, StringBuilder read) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            read.append(line).append('\n');
            var admin = ADMIN.matcher(line);
            if (admin.find()) {
                return admin.group(1);
            }
        }
        throw new AssertionError("it ended:\n" + read);
    }

    private static HttpResponse<String> get(String admin, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://" + admin + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void gatewayIsReadyWithItsPeerDownAndEndsWith0OnSigterm() throws Exception {
        Process process = start("run", GATEWAY);
        var log = new StringBuilder();
        try (BufferedReader output = process.inputReader()) {
            String admin = adminOf(output, log);

            HttpResponse<String> ready = get(admin, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("wv:@imps.example.com");
            String peers = get(admin, "/api/peers").body();
            assertThat(peers).contains("http://127.0.0.1:9/").doesNotContain("hidden");
            assertThat(metersOf(get(admin, "/metrics").body()))
                    .contains(
                            "iwf_peer_up",
                            "iwf_peer_waiting",
                            "iwf_conversations",
                            "iwf_mailboxes_busy",
                            "iwf_store_entries")
                    .contains("jvm_memory_used_bytes", "process_uptime_seconds", "process_files_open_files");

            assertThat(process.toHandle().destroy()).isTrue();
            output.lines().forEach(line -> log.append(line).append('\n'));
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(log.toString()).isZero();
        assertThat(log.toString())
                .doesNotContain("hidden")
                .doesNotContain("Exception")
                .doesNotContain("gov.nist");
    }

    @Test
    void peersComeAndGoWithoutARestart() throws Exception {
        Process process = start("run", GATEWAY);
        var log = new StringBuilder();
        try (BufferedReader output = process.inputReader()) {
            String admin = adminOf(output, log);
            Files.writeString(directory.resolve("run.yaml"), GATEWAY.replace("imps.example.com", "other.example.com"));

            var out = new StringWriter();
            int code = Iwf.execute(
                    new GatewayPrograms(), new PrintWriter(out), new PrintWriter(out), "reload", "--admin", admin);
            assertThat(out.toString().lines())
                    .containsExactly("peer wv:@imps.example.com removed", "peer wv:@other.example.com added");
            assertThat(code).isZero();
            await().untilAsserted(() -> assertThat(get(admin, "/api/peers").body())
                    .contains("wv:@other.example.com")
                    .doesNotContain("wv:@imps.example.com"));

            Files.writeString(directory.resolve("run.yaml"), "nonsense: 1\n");
            var err = new StringWriter();
            assertThat(Iwf.execute(
                            new GatewayPrograms(),
                            new PrintWriter(out),
                            new PrintWriter(err),
                            "reload",
                            "--admin",
                            admin))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("run.yaml:1: unknown key \"nonsense\"");
            assertThat(process.toHandle().destroy()).isTrue();
            output.lines().forEach(line -> log.append(line).append('\n'));
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log.toString()).doesNotContain("hidden").doesNotContain("Exception");
    }

    private static Set<String> metersOf(String page) {
        return page.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void domainIsReadyAndEndsWith0OnSigterm() throws Exception {
        Process process = start("domain", """
                ssp: { listen: "127.0.0.1:0" }
                admin: { listen: "127.0.0.1:0" }
                users: [ { id: "wv:bob@imps.example.com" } ]
                """);
        var log = new StringBuilder();
        try (BufferedReader output = process.inputReader()) {
            assertThat(get(adminOf(output, log), "/health/ready").statusCode()).isEqualTo(200);
            assertThat(process.toHandle().destroy()).isTrue();
            output.lines().forEach(line -> log.append(line).append('\n'));
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(log.toString()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "msrp: { listen: \"127.0.0.1:0\" }",
                "ssp:\n  listen: \"127.0.0.1:0\"",
                "admin: { listen: \"127.0.0.1:0\" }",
                "tcp:127.0.0.1:0"
            })
    void takenPortIsNamedInOneLine_1(String listener) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(runWithTaken(listener, taken.getLocalPort())).contains(":" + taken.getLocalPort());
        }
    }

    @Test
    void takenUdpPortIsNamedInOneLine_1() throws Exception {
        try (var taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(runWithTaken("udp:127.0.0.1:0", taken.getLocalPort())).contains(":" + taken.getLocalPort());
        }
    }

    /** The one line that a start with that port ends with. */
    private String runWithTaken(String listener, int port) throws IOException {
        String configuration = GATEWAY.replace(listener, listener.replace("127.0.0.1:0", "127.0.0.1:" + port));
        assertThat(configuration).isNotEqualTo(GATEWAY);
        Path file = Files.writeString(directory.resolve("taken.yaml"), configuration);
        var err = new StringWriter();

        int code = Iwf.execute(
                new GatewayPrograms(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "run",
                "--config",
                file.toString());

        assertThat(code).isEqualTo(1);
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
