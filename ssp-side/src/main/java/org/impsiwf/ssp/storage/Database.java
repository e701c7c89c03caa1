package org.impsiwf.ssp.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.StatusCode;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of all stores. Thread-safe; calls block for a bounded time and belong on virtual threads.
 *
 * <p>Transactions are READ COMMITTED: whoever decides by a row and then changes something locks that row first
 * ({@code SELECT … FOR UPDATE}), so that decisions about one object happen one after the other.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final ScopedValue<Running> RUNNING = ScopedValue.newInstance();

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Optional<GroupCommit> groupCommit;

    /** @param ends what is to be done when the transaction is over */
    private record Running(Database database, Handle handle, boolean mayWrite, List<Runnable> ends) {}

    private Database(HikariDataSource pool, boolean needsSync) {
        this.pool = pool;
        jdbi = Jdbi.create(pool);
        // The messages of exceptions reach the log, and arguments are users' secrets.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        groupCommit = needsSync ? Optional.of(new GroupCommit(this::checkpoint)) : Optional.empty();
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @throws StorageUnavailableException the database does not answer, or another process has it open
     * @throws IllegalStateException the schema is not one that our migrations lead to
     */
    public static Database open(DatabaseConfig config) {
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(poolConfig(config));
        } catch (PoolInitializationException e) {
            throw new StorageUnavailableException("cannot open the database " + config, e);
        }
        try {
            migrate(pool);
        } catch (FlywayException e) {
            pool.close();
            if (Failure.of(e) == Failure.GONE) {
                throw new StorageUnavailableException("cannot open the database " + config, e);
            }
            throw new IllegalStateException("cannot bring the schema of " + config + " up to date", e);
        }
        return new Database(pool, config.isFile());
    }

    // The migrations of each element have a range of numbers of their own, so a new one may be lower than the last.
    private static void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .load()
                .migrate();
    }

    private static HikariConfig poolConfig(DatabaseConfig config) {
        long patience = config.patience().toMillis();
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("storage");
        pool.setJdbcUrl(config.url());
        config.user().ifPresent(pool::setUsername);
        config.password().ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(config.connections());
        pool.setMinimumIdle(Math.min(2, config.connections()));
        pool.setConnectionTimeout(patience);
        pool.setValidationTimeout(Math.min(patience, 2_000));
        pool.setInitializationFailTimeout(patience);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (config.isPostgresql()) {
            // The server ends a wait first; a server that is silent is given up by the socket a little later.
            pool.setConnectionInitSql("SET lock_timeout = " + patience + "; SET statement_timeout = " + 2 * patience
                    + "; SET idle_in_transaction_session_timeout = " + 12 * patience);
            long seconds = Math.max(1, patience / 1000);
            pool.addDataSourceProperty("connectTimeout", String.valueOf(seconds));
            pool.addDataSourceProperty("socketTimeout", String.valueOf(2 * seconds + 1));
            pool.addDataSourceProperty("tcpKeepAlive", "true");
            // Its messages, which the pool logs, would hold the values of statements.
            pool.addDataSourceProperty("logServerErrorDetail", "false");
        } else {
            pool.setConnectionInitSql("SET LOCK_TIMEOUT " + patience);
        }
        return pool;
    }

    /**
     * Runs the work in one transaction; what it did is durable when this returns, and undone when it throws. Runs it
     * again when another transaction was in the way, so it must do nothing but read, decide and write. Within running
     * work of the same thread it becomes part of that.
     *
     * @throws Refusal 402 when a value is longer than the schema allows
     * @throws StorageUnavailableException not done, or, if the connection broke in the commit, perhaps not done
     */
    public <T> T inTransaction(Function<Handle, T> work) {
        if (isRunning()) {
            if (!RUNNING.get().mayWrite()) {
                throw new IllegalStateException("a transaction within a read would be undone");
            }
            return work.apply(RUNNING.get().handle());
        }
        List<Runnable> ends = new ArrayList<>(2);
        try {
            T result =
                    repeating(() -> jdbi.inTransaction(handle -> apply(work, new Running(this, handle, true, ends))));
            groupCommit.ifPresent(this::sync);
            return result;
        } finally {
            ends.forEach(Runnable::run);
        }
    }

    /** Has this done when the transaction that this thread is in has ended, whether committed or not; it must not throw. */
    void onEnd(Runnable act) {
        if (!isRunning()) {
            throw new IllegalStateException("no transaction");
        }
        RUNNING.get().ends().add(act);
    }

    /** {@link #inTransaction} without a result. */
    public void useTransaction(Consumer<Handle> work) {
        inTransaction(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /** Reads. The statements see what is committed when each of them begins; what they wrote by mistake is undone. */
    public <T> T read(Function<Handle, T> work) {
        if (isRunning()) {
            return work.apply(RUNNING.get().handle());
        }
        return repeating(() -> jdbi.withHandle(handle -> {
            handle.begin();
            try {
                return apply(work, new Running(this, handle, false, List.of()));
            } finally {
                handle.rollback();
            }
        }));
    }

    /** Whether this thread is in a transaction. It holds a connection then, and must not wait for other servers. */
    public static boolean isInTransaction() {
        return RUNNING.isBound();
    }

    private boolean isRunning() {
        return RUNNING.isBound() && RUNNING.get().database() == this;
    }

    private static <T> T apply(Function<Handle, T> work, Running running) {
        return ScopedValue.where(RUNNING, running).call(() -> work.apply(running.handle()));
    }

    private void sync(GroupCommit commit) {
        repeating(() -> {
            commit.sync();
            return true;
        });
    }

    private <T> T repeating(Supplier<T> attempt) {
        for (int made = 1; ; made++) {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                Failure failure = Failure.of(e);
                if (failure == Failure.MISTAKE) {
                    throw e;
                }
                if (failure == Failure.TOO_LONG) {
                    LOG.info("storage: a value of a request is too long");
                    throw Refusal.of(StatusCode.BAD_PARAMETER, "a value is too long");
                }
                if (made == ATTEMPTS || !helpsToRepeat(failure, e)) {
                    throw unavailable(failure, made, e);
                }
                pause(made);
            }
        }
    }

    // A connection that broke with the server may have lain in the pool; a new one tells whether the server is back.
    // What broke in the commit may be done, and is not done twice.
    private boolean helpsToRepeat(Failure failure, RuntimeException thrown) {
        return switch (failure) {
            case CONFLICT -> true;
            case BUSY, TOO_LONG, MISTAKE -> false;
            case GONE -> {
                if (thrown instanceof ConnectionException || thrown instanceof TransactionException) {
                    yield false;
                }
                pool.getHikariPoolMXBean().softEvictConnections();
                yield true;
            }
        };
    }

    // What a database says of locks and conflicts holds values of rows, which are users' secrets.
    private static StorageUnavailableException unavailable(Failure failure, int attempt, RuntimeException thrown) {
        if (failure != Failure.GONE) {
            LOG.warn("storage: {} at attempt {}", failure, attempt);
            return new StorageUnavailableException("the database is too busy now", null);
        }
        LOG.warn("storage: gone at attempt {}: {}", attempt, rootOf(thrown));
        return new StorageUnavailableException("the database is not available now", thrown);
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    // Doubling, and different for everybody, so that the same transactions do not meet again.
    private static void pause(int made) {
        long longest = FIRST_PAUSE.toNanos() << made;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(1), longest));
    }

    private void checkpoint() {
        jdbi.useHandle(handle -> handle.execute("CHECKPOINT SYNC"));
    }

    /** Whether the database answers now. */
    public boolean isAvailable() {
        try {
            return read(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (StorageUnavailableException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
