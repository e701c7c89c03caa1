package org.impsiwf.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server under test in a JVM of its own, so that its CPU time can be told from the load's. */
final class ServerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    /** For a profiler: {@code IWF_BENCH_SERVER_OPTS}, separated by spaces. */
    private static final List<String> EXTRA_OPTIONS =
            System.getenv().getOrDefault("IWF_BENCH_SERVER_OPTS", "").isBlank()
                    ? List.of()
                    : List.of(System.getenv("IWF_BENCH_SERVER_OPTS").trim().split(" +"));

    /** As {@code ./iwf run} has them. */
    private static final List<String> FOR_HAZELCAST = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts {@code main} with this JVM's class path and waits until it prints a line that begins with {@code ready} or
     * {@code listening}.
     *
     * @param heap for example {@code 2g}
     */
    static ServerProcess start(String heap, List<String> mainAndArguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + heap,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(FOR_HAZELCAST);
        command.addAll(EXTRA_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(mainAndArguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ServerProcess server = new ServerProcess(process);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("ready") || line.startsWith("listening")) {
                Thread.ofVirtual().start(() -> discard(lines));
                return server;
            }
        }
        server.close();
        throw new IOException(mainAndArguments.getFirst() + " did not get ready");
    }

    /** So that the process never waits for somebody to read what it prints. */
    private static void discard(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // nobody reads on
            }
        } catch (IOException closed) {
            LOG.debug("a server under test is gone: {}", closed.getMessage());
        }
    }

    /** User and system time since the start. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Bytes of heap that are still in use after a full collection. */
    long liveHeap() throws IOException, InterruptedException {
        jcmd("GC.run");
        String summary = jcmd("GC.heap_info");
        Matcher used = USED.matcher(summary);
        if (!used.find()) {
            throw new IOException("no heap size in: " + summary);
        }
        return Long.parseLong(used.group(1)) * 1024;
    }

    private String jcmd(String question) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(tool.toString(), String.valueOf(process.pid()), question)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return answer;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
