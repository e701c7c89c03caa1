package org.impsiwf.ssp.elements.im;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.ssp.storage.JdbcPendingStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that takes charge of messages and is killed in the middle of it (kill -9). */
class KilledDomainTest {

    private static final int SEEN = 40;

    @TempDir
    Path directory;

    /** Takes charge of one message after the other and says so after each. */
    public static final class Accepting {

        private Accepting() {}

        public static void main(String[] arguments) {
            Database database = Database.open(DatabaseConfig.embedded(Path.of(arguments[0])));
            JdbcPendingStore store = new JdbcPendingStore(database);
            Instant now = Instant.now();
            for (int i = 0; i < 1_000_000; i++) {
                Pending.Order order = new Pending.Order(
                        Kind.RELAYED_MESSAGE,
                        new Destination.ToDomain("away.example"),
                        "lane",
                        "m" + i,
                        ImWorld.message(ImWorld.ANN, "m" + i, ImWorld.DAN),
                        now.plusSeconds(3600));
                store.add(List.of(order), now, true);
                System.out.println("accepted m" + i);
            }
        }
    }

    @Test
    void whatWasAcceptedIsThereWhenTheNextProcessStarts() throws Exception {
        List<String> accepted = acceptedUntilKilled();
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(SEEN);
        try (Database database = Database.open(DatabaseConfig.embedded(directory))) {
            List<Pending> kept = new JdbcPendingStore(database)
                    .claim(
                            new Destination.ToDomain("away.example"),
                            Instant.now(),
                            Instant.now().plusSeconds(10),
                            accepted.size());
            assertThat(kept).extracting(item -> "accepted " + item.reference()).containsExactlyElementsOf(accepted);
        }
    }

    private List<String> acceptedUntilKilled() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        classPath(),
                        Accepting.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> accepted = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            while (accepted.size() < SEEN) {
                String line = lines.readLine();
                assertThat(line).as("what the process says before it is killed").isNotNull();
                if (line.startsWith("accepted ")) {
                    accepted.add(line);
                }
            }
            process.destroyForcibly().waitFor();
            lines.lines().filter(line -> line.matches("accepted m[0-9]+")).forEach(accepted::add);
        }
        // The last line may have been cut off in the middle of its number.
        return accepted.equals(IntStream.range(0, accepted.size())
                        .mapToObj(i -> "accepted m" + i)
                        .toList())
                ? accepted
                : accepted.subList(0, accepted.size() - 1);
    }

    // Class loaders of test runners may keep the path to themselves.
    private static String classPath() {
        return List.of(Database.class, KilledDomainTest.class, org.h2.Driver.class, com.zaxxer.hikari.HikariConfig.class)
                        .stream()
                        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                        .map(url -> Path.of(java.net.URI.create(url.toString())).toString())
                        .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator))
                + java.io.File.pathSeparator
                + System.getProperty("java.class.path");
    }
}
