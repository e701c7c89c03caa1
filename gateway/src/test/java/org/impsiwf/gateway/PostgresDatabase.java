package org.impsiwf.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An empty PostgreSQL database with a server of its own on loopback, for processes. It ends with this JVM at the latest. */
public final class PostgresDatabase implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path programs;
    private final Path directory;
    private final int port;
    private Process server;

    /** The directory with the newest server's programs; absent where none is installed. */
    public static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparing(
                            bin -> Double.valueOf(bin.getParent().getFileName().toString())));
        }
    }

    /** @param programs as {@link #programs} gives them */
    public PostgresDatabase(Path programs) throws IOException, InterruptedException {
        this.programs = programs;
        directory = Files.createTempDirectory("iwf-postgresql");
        port = FreePorts.choose(1)[0];
        if (ROOT) {
            var users = directory.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(directory, users.lookupPrincipalByName("postgres"));
        }
        Process made =
                start(command("initdb", "-D", data(), "-U", "iwf", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
        try (BufferedReader said = made.inputReader()) {
            said.lines().forEach(line -> {}); // a full pipe would stop it
        }
        if (made.waitFor() != 0) {
            throw new IOException("initdb failed in " + directory);
        }
        List<String> untilInputEnds = new ArrayList<>(
                List.of("sh", "-c", "\"$@\" 2>&1 & server=$!; read -r end; kill -INT $server; wait $server", "sh"));
        untilInputEnds.addAll(command(
                "postgres",
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-h",
                "127.0.0.1",
                "-k",
                directory.toString(),
                "-c",
                "fsync=off"));
        server = start(untilInputEnds);
        awaitReady();
    }

    // The server refuses to run as root; Debian's package made a user for it.
    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(
                ROOT ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void awaitReady() throws IOException {
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("ready to accept connections")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(later -> {}));
                return;
            }
        }
        throw new IOException("PostgreSQL does not start in " + directory);
    }

    /** What a configuration's {@code storage.url} says; nobody is asked for a password. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=iwf";
    }

    @Override
    public void close() throws IOException {
        server.outputWriter().close();
        try {
            if (!server.waitFor(IwfProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("PostgreSQL does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
