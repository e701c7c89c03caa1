package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.elements.Refusal;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Databases.class)
class DatabaseTest {

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    @BeforeEach
    void open() {
        database = databases.fresh();
        database.useTransaction(handle -> handle.execute("CREATE TABLE box (name VARCHAR(40) PRIMARY KEY, n INT)"));
        database.useTransaction(handle -> handle.execute("INSERT INTO box VALUES ('a', 0)"));
    }

    private int inBox(String name) {
        return database.read(handle -> count(handle, name));
    }

    private static int count(Handle handle, String name) {
        return handle.select("SELECT n FROM box WHERE name = ?", name)
                .mapTo(Integer.class)
                .one();
    }

    @Test
    void workThatThrowsLeavesNothingBehindAndItsExceptionComesOut() {
        assertThatThrownBy(() -> database.useTransaction(handle -> {
                    handle.execute("UPDATE box SET n = 7");
                    throw new ArithmeticException("of the work");
                }))
                .isInstanceOf(ArithmeticException.class);
        assertThat(inBox("a")).isZero();
    }

    @Test
    void mistakenSqlIsAMistakeAndNotAnOutage() {
        assertThatThrownBy(() -> database.useTransaction(handle -> handle.execute("UPDATE no_such_table SET n = 1")))
                .isNotInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void aValueThatIsTooLongIsABadParameterOfWhoeverSentIt() {
        assertThatThrownBy(() -> database.useTransaction(
                        handle -> handle.execute("INSERT INTO box VALUES (?, 1)", "a-secret".repeat(20))))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refused -> assertThat(refused.status().statusCode()).isEqualTo(402));
    }

    @Test
    void argumentsAreNotInMessages() {
        assertThatThrownBy(() -> database.useTransaction(
                        handle -> handle.execute("INSERT INTO no_such_table VALUES (?)", "a-secret")))
                .hasMessageNotContaining("a-secret")
                .hasMessageContaining("no_such_table");
    }

    @Test
    void rowsAreLockedWhileOneDecides() throws Exception {
        atOnce(8, () -> {
            for (int i = 0; i < 20; i++) {
                database.useTransaction(handle -> {
                    int now = handle.select("SELECT n FROM box WHERE name = 'a' FOR UPDATE")
                            .mapTo(Integer.class)
                            .one();
                    handle.execute("UPDATE box SET n = ? WHERE name = 'a'", now + 1);
                });
            }
            return true;
        });
        assertThat(inBox("a")).isEqualTo(160);
    }

    @Test
    void twoWhoMakeTheSameRowBecomeOneWhoMakesItAndOneWhoFindsIt() throws Exception {
        AtomicInteger made = new AtomicInteger();
        atOnce(8, () -> {
            boolean mine = database.inTransaction(handle -> {
                boolean exists = handle.select("SELECT n FROM box WHERE name = 'b'")
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
                if (!exists) {
                    handle.execute("INSERT INTO box VALUES ('b', 1)");
                }
                return !exists;
            });
            return mine && made.incrementAndGet() > 0;
        });
        assertThat(made).hasValue(1);
    }

    @Test
    void transactionsThatBlockEachOtherAreRunAgainUntilBothAreDone() throws Exception {
        database.useTransaction(handle -> handle.execute("INSERT INTO box VALUES ('b', 0)"));
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        AtomicInteger turn = new AtomicInteger();
        atOnce(2, () -> {
            boolean forward = turn.getAndIncrement() == 0;
            database.useTransaction(handle -> {
                handle.execute("UPDATE box SET n = n + 1 WHERE name = ?", forward ? "a" : "b");
                await(bothHoldOne);
                handle.execute("UPDATE box SET n = n + 1 WHERE name = ?", forward ? "b" : "a");
            });
            return true;
        });
        assertThat(inBox("a")).isEqualTo(2);
        assertThat(inBox("b")).isEqualTo(2);
    }

    @Test
    void workWithinWorkIsOneTransaction() {
        assertThatThrownBy(() -> database.useTransaction(outer -> {
                    database.useTransaction(inner -> inner.execute("UPDATE box SET n = 1"));
                    assertThat(inBox("a")).isEqualTo(1);
                    throw new ArithmeticException();
                }))
                .isInstanceOf(ArithmeticException.class);
        assertThat(inBox("a")).isZero();
        assertThat(Database.isInTransaction()).isFalse();
    }

    @Test
    void nothingIsWrittenWithinARead() {
        assertThatThrownBy(() ->
                        database.read(outer -> database.inTransaction(inner -> inner.execute("UPDATE box SET n = 1"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(inBox("a")).isZero();
    }

    @Test
    void statementsHaveTheSameMeaningInBothDatabases() {
        // What the stores rely on, and what databases like to do differently.
        database.useTransaction(handle -> {
            handle.execute(
                    "CREATE TABLE t (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name VARCHAR(20) UNIQUE,"
                            + " body TEXT, raw BYTEA, at TIMESTAMP WITH TIME ZONE, flag BOOLEAN)");
            handle.execute("INSERT INTO t (name, flag) VALUES ('x', TRUE), ('y', NULL) ON CONFLICT DO NOTHING");
            handle.execute("INSERT INTO t (name) VALUES ('x') ON CONFLICT DO NOTHING");
            handle.execute(
                    "MERGE INTO t USING (SELECT CAST(? AS VARCHAR(20)) AS name) AS new ON t.name = new.name"
                            + " WHEN MATCHED THEN UPDATE SET body = 'there' WHEN NOT MATCHED THEN INSERT (name) VALUES (new.name)",
                    "x");
        });
        List<String> names = database.read(handle -> handle.select(
                        "SELECT name FROM t WHERE name LIKE 'x%' OR flag IS NULL ORDER BY body NULLS LAST, name LIMIT 5 OFFSET 0")
                .mapTo(String.class)
                .list());
        assertThat(names).containsExactly("x", "y");
    }

    private static void await(CountDownLatch latch) {
        latch.countDown();
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void atOnce(int threads, Callable<Boolean> work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(work));
            }
            for (Future<Boolean> one : running) {
                one.get();
            }
        }
    }
}
