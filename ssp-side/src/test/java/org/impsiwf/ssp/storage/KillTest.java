package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) loses nothing that it had answered positively. */
class KillTest {

    private static final int KILLS = 3;

    @TempDir
    Path directory;

    @Test
    void anEmbeddedDatabaseKeepsWhatWasConfirmedBeforeItsProcessWasKilled() throws Exception {
        List<UserId> confirmed = new ArrayList<>();
        for (int life = 0; life < KILLS; life++) {
            confirmed.addAll(liveAndDie(directory.toString(), life));
        }
        try (Database database = Database.open(DatabaseConfig.embedded(directory))) {
            assertAllThere(database, confirmed);
        }
    }

    @Test
    void postgresqlKeepsWhatWasConfirmedBeforeOurProcessWasKilled() throws Exception {
        Assumptions.assumeFalse(PostgresServer.programs().isEmpty(), "needs PostgreSQL, which is not installed");
        DatabaseConfig config = PostgresServer.shared().newDatabase();
        List<UserId> confirmed = new ArrayList<>();
        for (int life = 0; life < KILLS; life++) {
            confirmed.addAll(liveAndDie(config.url(), life));
        }
        try (Database database = Database.open(config)) {
            assertAllThere(database, confirmed);
        }
    }

    private static void assertAllThere(Database database, List<UserId> confirmed) {
        assertThat(confirmed).hasSizeGreaterThanOrEqualTo(KILLS * 50);
        assertThat(new JdbcUserStore(database).created(confirmed).keySet())
                .containsExactlyInAnyOrderElementsOf(confirmed);
    }

    /** Everything that the process said before it was killed, at a moment of its work that chance chooses. */
    private static List<UserId> liveAndDie(String database, int life) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        RegisteringProcess.class.getName(),
                        database,
                        "life" + life)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader()) {
            int enough = 50 + new Random(life).nextInt(200);
            List<String> lines = new ArrayList<>();
            while (lines.size() < enough) {
                String line = said.readLine();
                assertThat(line).as("the process ended by itself").isNotNull();
                lines.add(line);
            }
            // By its handle, which leaves open what it had said.
            process.toHandle().destroyForcibly();
            said.lines().forEach(lines::add);
            assertThat(process.waitFor()).as("killed, not ended").isNotZero();
            return lines.stream()
                    .filter(line -> line.startsWith("wv:") && line.endsWith("@home.example.com"))
                    .map(UserId::new)
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Ours; some test launchers load the tests from a class path of their own. */
    private static String classPath() {
        return KillTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }
}
