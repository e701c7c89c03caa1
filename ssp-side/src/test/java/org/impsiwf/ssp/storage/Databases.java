package org.impsiwf.ssp.storage;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.UUID;

/**
 * Every kind of database that a store has to work on. A contract test is a class parameterised by this enum that opens a
 * {@link #fresh} one before each test, as {@code DatabaseTest} does.
 */
public enum Databases {
    H2 {
        @Override
        public DatabaseConfig empty() {
            return DatabaseConfig.inMemory("test-" + UUID.randomUUID());
        }
    },

    POSTGRESQL {
        @Override
        public DatabaseConfig empty() {
            if (PostgresServer.programs().isEmpty()) {
                abort("needs PostgreSQL, which is not installed");
            }
            return PostgresServer.shared().newDatabase();
        }
    };

    /** A database of its own, with nothing in it. Skips the test when there is no such database here. */
    public abstract DatabaseConfig empty();

    /** A database of its own, open, with the schema and no rows. */
    public Database fresh() {
        return Database.open(empty());
    }
}
