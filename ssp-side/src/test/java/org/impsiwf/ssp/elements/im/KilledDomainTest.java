package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        Path said = directory.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Accepting.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> accepted(said).size() >= SEEN);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return accepted(said);
    }

    /** Without the line that is being written. */
    private static List<String> accepted(Path said) throws IOException {
        String text = Files.readString(said);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("accepted "))
                .toList();
    }

    // Some test runners have a class loader of their own instead of a class path.
    private static String classPath() {
        Stream<String> own = KilledDomainTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs())
                        .map(url -> Path.of(URI.create(url.toString())).toString())
                : Stream.empty();
        return Stream.concat(own, Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
