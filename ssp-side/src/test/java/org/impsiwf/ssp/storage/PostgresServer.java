package org.impsiwf.ssp.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on loopback with its files in a temporary directory. It ends with this JVM, however that
 * ends: the shell that started it waits for the end of its input.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String OWNER = "iwf";
    private static final String READY = "database system is ready to accept connections";
    private static final int PORTS_TO_TRY = 5;
    private static final AtomicInteger databases = new AtomicInteger();

    private final Path directory;
    private int port;
    private Process process;

    private static final class Shared {
        static final PostgresServer SERVER = new PostgresServer();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** One server for all tests of this JVM, started at the first call. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** The directory with the newest server's programs; absent where none is installed. */
    public static Optional<Path> programs() {
        Path debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(debian)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("postgres")) && Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingDouble(bin -> version(bin.getParent())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double version(Path directory) {
        return Double.parseDouble(directory.getFileName().toString());
    }

    public PostgresServer() {
        try {
            directory = Files.createTempDirectory("iwf-postgresql");
            if (isRoot()) {
                Files.setOwner(
                        directory,
                        directory
                                .getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName("postgres"));
            }
            run("initdb", "-D", data(), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after {@link #stop}, at the same port. */
    public void start() throws IOException {
        if (port != 0) {
            launch(port);
            return;
        }
        for (int tried = 1; port == 0; tried++) {
            int free = freePort();
            try {
                launch(free);
                port = free;
            } catch (IOException e) {
                if (tried == PORTS_TO_TRY) {
                    throw e;
                }
            }
        }
    }

    private void launch(int at) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "\"$@\" 2>&1 & server=$!; read -r end; kill -INT $server; wait $server", "sh"));
        command.addAll(asServerUser(
                "postgres",
                "-D",
                data(),
                "-p",
                String.valueOf(at),
                "-h",
                "127.0.0.1",
                "-k",
                directory.toString(),
                "-c",
                "fsync=off",
                "-c",
                "max_connections=300"));
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        StringBuilder said = new StringBuilder();
        BufferedReader lines = process.inputReader();
        Thread.ofVirtual().start(() -> readLines(lines, ready, said));
        try {
            if (!ready.get(2, TimeUnit.MINUTES)) {
                throw new IOException("PostgreSQL ended at once: " + said);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("PostgreSQL did not start: " + said, e);
        }
    }

    private static void readLines(BufferedReader lines, CompletableFuture<Boolean> ready, StringBuilder said) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!ready.isDone()) {
                    said.append(line).append('\n');
                }
                if (line.contains(READY)) {
                    ready.complete(true);
                }
            }
            ready.complete(false);
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** Ends the server and all its connections; the data stay. */
    public void stop() throws IOException {
        process.outputWriter().close();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IOException("PostgreSQL did not stop");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** A new, empty database on this server. */
    public DatabaseConfig newDatabase() {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), OWNER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return DatabaseConfig.postgresql(url(name), Optional.of(OWNER), Optional.of(""))
                .withConnections(8);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        try {
            stop();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    // The server refuses to run as root; Debian's package made a user for it.
    private static List<String> asServerUser(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs().orElseThrow().resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void run(String program, String... arguments) throws IOException {
        Process started = new ProcessBuilder(asServerUser(program, arguments))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (started.waitFor() != 0) {
                throw new IOException(program + " failed: " + output);
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
