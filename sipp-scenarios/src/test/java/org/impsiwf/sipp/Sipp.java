package org.impsiwf.sipp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of SIPp. Its exit status is the truth; what it wrote about a failing call is shown with the failure. */
final class Sipp implements AutoCloseable {
    private static final int BOUND_SECONDS = 90;
    private static final int LINES_SHOWN = 80;

    private final String scenario;
    private final Process process;
    private final Path directory;

    private Sipp(String scenario, Process process, Path directory) {
        this.scenario = scenario;
        this.process = process;
        this.directory = directory;
    }

    /** Whether there is a {@code sipp} to run. */
    static boolean installed() {
        try {
            Process asked =
                    new ProcessBuilder("sipp", "-v").redirectErrorStream(true).start();
            asked.getInputStream().readAllBytes();
            return asked.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The run of a scenario as the README says it, against this gateway, with local ports and keys of the test's. */
    static final class Command {
        private final String scenario;
        private final List<String> arguments;
        private final Map<String, String> keys = new HashMap<>();

        private Command(String scenario) {
            this.scenario = scenario;
            this.arguments = new ArrayList<>(Readme.command(scenario));
        }

        static Command of(String scenario) {
            Command command = new Command(scenario);
            command.option("-p", Integer.toString(freePort()));
            return command;
        }

        Command against(InetSocketAddress gateway) {
            arguments.set(1, gateway.getHostString() + ":" + gateway.getPort());
            return this;
        }

        Command key(String name, Object value) {
            keys.put(name, value.toString());
            return this;
        }

        /** Sets the value of an option, or adds it. */
        Command option(String name, String value) {
            int at = arguments.indexOf(name);
            if (at >= 0) {
                arguments.set(at + 1, value);
            } else {
                arguments.addAll(List.of(name, value));
            }
            return this;
        }

        int port() {
            return Integer.parseInt(arguments.get(arguments.indexOf("-p") + 1));
        }

        Sipp starts() {
            for (int i = 0; i + 2 < arguments.size(); i++) {
                if (arguments.get(i).equals("-key")) {
                    arguments.set(i + 2, keys.getOrDefault(arguments.get(i + 1), arguments.get(i + 2)));
                }
            }
            option(
                    "-sf",
                    Readme.root()
                            .resolve(arguments.get(arguments.indexOf("-sf") + 1))
                            .toAbsolutePath()
                            .toString());
            arguments.addAll(List.of(
                    "-nostdin",
                    "-timeout",
                    BOUND_SECONDS + "s",
                    "-timeout_error",
                    "-trace_err",
                    "-error_file",
                    "errors.log"));
            try {
                Path directory = Files.createTempDirectory("sipp");
                Process process = new ProcessBuilder(arguments)
                        .directory(directory.toFile())
                        .redirectOutput(directory.resolve("screen.log").toFile())
                        .redirectError(directory.resolve("stderr.log").toFile())
                        .start();
                return new Sipp(scenario, process, directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Starts it and expects that every call succeeded. */
        void succeeds() {
            try (Sipp sipp = starts()) {
                sipp.succeeds();
            }
        }
    }

    /** Waits for its end and expects that every call succeeded. */
    void succeeds() {
        try {
            if (!process.waitFor(BOUND_SECONDS + 10, TimeUnit.SECONDS)) {
                throw new AssertionError("sipp did not end: " + scenario);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("sipp " + scenario + " ended with " + process.exitValue() + "\n" + told());
        }
    }

    /** What SIPp wrote of what went wrong, and its last screen. */
    private String told() {
        StringBuilder told = new StringBuilder();
        for (String file : List.of("stderr.log", "errors.log", "screen.log")) {
            try {
                Path path = directory.resolve(file);
                List<String> lines = Files.exists(path)
                        ? new String(Files.readAllBytes(path), UTF_8).lines().toList()
                        : List.of();
                told.append("--- ").append(file).append('\n');
                lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())
                        .forEach(line -> told.append(line).append('\n'));
            } catch (IOException e) {
                told.append(e).append('\n');
            }
        }
        return told.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nobody has at the moment. */
    static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
