package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.session.Challenge;
import org.impsiwf.ssp.elements.session.UserDigest;
import org.impsiwf.ssp.elements.session.UserSession;
import org.impsiwf.ssp.elements.session.UserSessionStore;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;

/** {@link UserSessionStore} in the database. */
public final class JdbcUserSessionStore implements UserSessionStore {

    private static final String COLUMNS =
            "SELECT shown, client, application, home, time_to_live, expires_at FROM user_session ";

    private final Database database;

    public JdbcUserSessionStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<UserSession> find(UserId user, ClientId client) {
        return database.read(handle -> handle.select(
                        COLUMNS + "WHERE user_id = ? AND client = ? AND application = ?",
                        Keys.of(user),
                        client.url(),
                        application(client))
                .map((row, context) -> session(row))
                .findOne());
    }

    @Override
    public List<UserSession> of(UserId user) {
        return database.read(handle -> handle.select(COLUMNS + "WHERE user_id = ? ORDER BY client", Keys.of(user))
                .map((row, context) -> session(row))
                .list());
    }

    @Override
    public boolean open(UserSession session, int most) {
        return database.inTransaction(handle -> {
            lockUser(handle, session.user());
            List<UserSession> before = of(session.user());
            if (before.size() >= most
                    || before.stream().anyMatch(one -> one.client().equals(session.client()))) {
                return false;
            }
            handle.execute(
                    "INSERT INTO user_session (user_id, shown, client, application, home, time_to_live, expires_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    Keys.of(session.user()),
                    session.user().value(),
                    session.client().url(),
                    application(session.client()),
                    session.home().value(),
                    session.timeToLive().map(Duration::toMillis).orElse(null),
                    session.expires().toEpochMilli());
            return true;
        });
    }

    /** Two log-ins of one user are counted one after the other. */
    private static void lockUser(Handle handle, UserId user) {
        handle.select("SELECT user_id FROM imps_user WHERE user_id = ? FOR UPDATE", Keys.of(user))
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public boolean keep(UserSession session) {
        return database.inTransaction(handle -> handle.execute(
                        "UPDATE user_session SET time_to_live = ?, expires_at = ?"
                                + " WHERE user_id = ? AND client = ? AND application = ?",
                        session.timeToLive().map(Duration::toMillis).orElse(null),
                        session.expires().toEpochMilli(),
                        Keys.of(session.user()),
                        session.client().url(),
                        application(session.client()))
                == 1);
    }

    @Override
    public boolean close(UserId user, ClientId client) {
        return database.inTransaction(handle -> handle.execute(
                        "DELETE FROM user_session WHERE user_id = ? AND client = ? AND application = ?",
                        Keys.of(user),
                        client.url(),
                        application(client))
                == 1);
    }

    @Override
    public List<UserSession> expired(Instant now, int atMost) {
        return database.read(handle -> handle.select(
                        COLUMNS + "WHERE expires_at <= ? ORDER BY expires_at LIMIT ?", now.toEpochMilli(), atMost)
                .map((row, context) -> session(row))
                .list());
    }

    @Override
    public void challenge(UserId user, ClientId client, Challenge challenge) {
        database.useTransaction(handle -> {
            removeChallenge(handle, user, client);
            handle.execute(
                    "INSERT INTO user_challenge (user_id, client, application, nonce, digest, expires_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    Keys.of(user),
                    client.url(),
                    application(client),
                    challenge.nonce(),
                    challenge.schema().name(),
                    challenge.expires().toEpochMilli());
        });
    }

    @Override
    public Optional<Challenge> takeChallenge(UserId user, ClientId client) {
        return database.inTransaction(handle -> {
            Optional<Challenge> asked = handle.select(
                            "SELECT nonce, digest, expires_at FROM user_challenge"
                                    + " WHERE user_id = ? AND client = ? AND application = ? FOR UPDATE",
                            Keys.of(user),
                            client.url(),
                            application(client))
                    .map((row, context) -> new Challenge(
                            row.getString(1),
                            UserDigest.valueOf(row.getString(2)),
                            Instant.ofEpochMilli(row.getLong(3))))
                    .findOne();
            removeChallenge(handle, user, client);
            return asked;
        });
    }

    private static void removeChallenge(Handle handle, UserId user, ClientId client) {
        handle.execute(
                "DELETE FROM user_challenge WHERE user_id = ? AND client = ? AND application = ?",
                Keys.of(user),
                client.url(),
                application(client));
    }

    @Override
    public void forgetChallenges(Instant now) {
        database.useTransaction(
                handle -> handle.execute("DELETE FROM user_challenge WHERE expires_at <= ?", now.toEpochMilli()));
    }

    private static String application(ClientId client) {
        return client.applicationId().map(ApplicationId::value).orElse("");
    }

    private static UserSession session(ResultSet row) throws SQLException {
        String application = row.getString("application");
        long millis = row.getLong("time_to_live");
        Optional<Duration> timeToLive = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
        return new UserSession(
                new UserId(row.getString("shown")),
                new ClientId(
                        row.getString("client"),
                        application.isEmpty() ? Optional.empty() : Optional.of(new ApplicationId(application))),
                new ServiceId(row.getString("home")),
                timeToLive,
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
