package org.impsiwf.gateway.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.impsiwf.testkit.Inbox;

/** Somebody else's program, driven by its standard input; ended with the test that started it. */
final class ForeignProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Inbox<String> lines;

    private ForeignProgram(String name, Process process) {
        this.process = process;
        lines = new Inbox<>(name, line -> line);
        Thread.ofVirtual().start(this::read);
    }

    /** Whether a program of that name is on the path. */
    static boolean installed(String name) {
        return Arrays.stream(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, name)));
    }

    /** Starts it with that home, its only place to write. */
    static ForeignProgram start(Path home, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        try {
            return new ForeignProgram(command.getFirst(), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line, or a prompt's beginning, that contains the text. */
    String prints(String text) {
        return lines.take("a line with \"" + text + "\"", line -> line.contains(text), PATIENCE);
    }

    void reads(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            reader.lines().forEach(lines::put);
        } catch (IOException | UncheckedIOException ended) {
            lines.put("(its output ended)");
        }
    }
}
