package org.impsiwf.ssp.storage;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.UUID;

/**
 * Every kind of database that a store has to work on; for contract tests:
 *
 * <pre>{@code
 * @ParameterizedClass
 * @EnumSource(Databases.class)
 * class UserStoreTest {
 *     @Parameter
 *     Databases databases;
 *     @AutoClose
 *     Database database;
 *
 *     @BeforeEach
 *     void open() {
 *         database = databases.fresh();
 *     }
 * }</pre>
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
