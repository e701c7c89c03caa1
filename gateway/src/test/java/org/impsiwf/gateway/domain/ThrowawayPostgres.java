package org.impsiwf.gateway.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.gateway.IwfProcess;

/** A PostgreSQL server by Debian's pg_virtualenv. It goes with all its databases when this ends, or the JVM. */
final class ThrowawayPostgres implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/pg_virtualenv");
    private static final Pattern READY = Pattern.compile("ready (\\S+) (\\d+) (\\S+) (\\S+)");

    /** It takes the first port that seems to be free, so two that start at once may want the same. */
    private static final int MOST_ATTEMPTS = 5;

    private final Process process;
    private final Matcher ready;

    private ThrowawayPostgres(Process process, Matcher ready) {
        this.process = process;
        this.ready = ready;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Waits until it is up and has these databases. */
    static ThrowawayPostgres with(String... databases) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "-t",
                "-o",
                "fsync=off",
                "sh",
                "-ec",
                "for name; do createdb \"$name\"; done; echo ready $PGHOST $PGPORT $PGUSER $PGPASSWORD; read -r end",
                "sh"));
        command.addAll(List.of(databases));
        List<String> said = new ArrayList<>();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    return new ThrowawayPostgres(process, ready);
                }
                said.add(line);
            }
        }
        throw new IOException("PostgreSQL did not start:\n" + String.join("\n", said));
    }

    /** For a configuration. */
    String storage(String database) {
        return "url: \"jdbc:postgresql://%s:%s/%s\", user: \"%s\", password: \"%s\""
                .formatted(ready.group(1), ready.group(2), database, ready.group(3), ready.group(4));
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        try {
            if (!process.waitFor(IwfProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("PostgreSQL does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
