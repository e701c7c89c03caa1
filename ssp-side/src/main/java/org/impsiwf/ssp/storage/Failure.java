package org.impsiwf.ssp.storage;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.transaction.UnableToRestoreAutoCommitStateException;

/** What a failure of the database says about running the same work again. Pure. */
enum Failure {
    /** Another transaction was in the way, or made the same row first; the work, run again, sees what that one did. */
    CONFLICT,

    /** Too long a wait for a lock or a statement. */
    BUSY,

    /** The connection, or the whole database, is gone. */
    GONE,

    /** A value is longer than its column: somebody else's, as ours are checked before. */
    TOO_LONG,

    /** A mistake of ours. */
    MISTAKE;

    static Failure of(Throwable thrown) {
        if (thrown instanceof ConnectionException) {
            return GONE;
        }
        if (thrown instanceof UnableToRestoreAutoCommitStateException) {
            // The connection broke, and what it broke with is hidden behind this.
            return GONE;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return of(sql);
            }
        }
        return MISTAKE;
    }

    private static Failure of(SQLException thrown) {
        if (thrown instanceof SQLTransientConnectionException
                || thrown instanceof SQLNonTransientConnectionException
                || thrown instanceof SQLRecoverableException) {
            return GONE;
        }
        String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
        return switch (state) {
            // serialisation failure and deadlock (both), unique key (both), concurrent update (H2)
            case "40001", "40P01", "23505", "90131" -> CONFLICT;
            case "22001" -> TOO_LONG;
            // lock and statement timeouts: H2, H2, PostgreSQL, PostgreSQL
            case "HYT00", "57014", "55P03", "25P03" -> BUSY;
            // H2: object, connection or database closed, input or output failed
            case "90007", "90067", "90098", "90028", "90031" -> GONE;
            // PostgreSQL: shut down, crashed, starting, too many connections, disk full, input or output failed
            case "57P01", "57P02", "57P03", "53300", "53100", "58030" -> GONE;
            default -> state.startsWith("08") ? GONE : MISTAKE;
        };
    }
}
