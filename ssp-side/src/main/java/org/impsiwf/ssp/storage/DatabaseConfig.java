package org.impsiwf.ssp.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the durable state is.
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 * @param connections how many of them at most, 2 or more; further work waits for one
 * @param patience how long work waits for a connection, a row lock or the end of one statement, before it gives up
 */
public record DatabaseConfig(
        String url, Optional<String> user, Optional<String> password, int connections, Duration patience) {

    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public DatabaseConfig {
        if (connections < 2) {
            throw new IllegalArgumentException("the migrations need two connections");
        }
    }

    /** Lives as long as this JVM; every name is a database of its own. */
    public static DatabaseConfig inMemory(String name) {
        return h2("mem:" + name + ";DB_CLOSE_DELAY=-1");
    }

    /** Files in that directory, which is made when it is missing; one process at a time. */
    public static DatabaseConfig embedded(Path directory) {
        return h2("file:" + directory.toAbsolutePath().resolve("iwf"));
    }

    /** @param url {@code jdbc:postgresql://…} */
    public static DatabaseConfig postgresql(String url, Optional<String> user, Optional<String> password) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("not a jdbc:postgresql: URL");
        }
        return new DatabaseConfig(url, user, password, CONNECTIONS, PATIENCE);
    }

    public DatabaseConfig withPatience(Duration other) {
        return new DatabaseConfig(url, user, password, connections, other);
    }

    public DatabaseConfig withConnections(int other) {
        return new DatabaseConfig(url, user, password, other, patience);
    }

    // Names without quotes are lower case in both databases. WRITE_DELAY only bounds what an unplanned end of H2's own
    // background writing leaves behind: GroupCommit is what makes a commit durable.
    private static DatabaseConfig h2(String place) {
        String url = "jdbc:h2:" + place + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=100";
        return new DatabaseConfig(url, Optional.of("iwf"), Optional.of(""), CONNECTIONS, PATIENCE);
    }

    boolean isPostgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Whether a commit is on disk only after H2 was asked to write it. */
    boolean isFile() {
        return url.startsWith("jdbc:h2:file:");
    }

    /** Without the password, also where the URL holds it. */
    @Override
    public String toString() {
        return url.replaceFirst("[?;].*", "");
    }
}
