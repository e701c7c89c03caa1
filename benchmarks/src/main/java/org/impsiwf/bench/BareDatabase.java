package org.impsiwf.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;

/** The ceiling for storage: one statement by key on a table of two columns, in the same kind of database. */
final class BareDatabase implements AutoCloseable {

    private static final int ROWS = 1_000;

    private final Path directory;
    private final Database database;

    BareDatabase() throws IOException {
        directory = Files.createTempDirectory("iwf-bench-database");
        database = Database.open(DatabaseConfig.embedded(directory));
        database.useTransaction(handle -> {
            handle.execute("CREATE TABLE bare (id INT PRIMARY KEY, n BIGINT)");
            for (int i = 0; i < ROWS; i++) {
                handle.execute("INSERT INTO bare (id, n) VALUES (?, 0)", i);
            }
        });
    }

    /** @param write an update that is durable when this returns; else a look-up */
    void statement(int number, boolean write) {
        if (write) {
            database.useTransaction(
                    handle -> handle.execute("UPDATE bare SET n = ? WHERE id = ?", number, number % ROWS));
        } else {
            database.read(handle -> handle.select("SELECT n FROM bare WHERE id = ?", number % ROWS)
                    .mapTo(Long.class)
                    .one());
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
