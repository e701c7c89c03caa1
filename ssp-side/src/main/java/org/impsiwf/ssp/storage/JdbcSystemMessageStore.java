package org.impsiwf.ssp.storage;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.common.AnswerGuard;
import org.impsiwf.ssp.elements.common.SystemMessageStore;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link SystemMessageStore} in the database. */
public final class JdbcSystemMessageStore implements SystemMessageStore {

    private static final String UPDATE_GUARD =
            "UPDATE system_message_guard SET wrong = ?, since = ?, closed_until = ? WHERE user_id = ? AND provider = ?";
    private static final String INSERT_GUARD =
            "INSERT INTO system_message_guard (wrong, since, closed_until, user_id, provider) VALUES (?, ?, ?, ?, ?)";

    private final Database database;

    public JdbcSystemMessageStore(Database database) {
        this.database = database;
    }

    @Override
    public void put(Collection<Pending> messages) {
        database.useTransaction(handle -> {
            PreparedBatch old = handle.prepareBatch("DELETE FROM system_message WHERE user_id = ? AND message_id = ?");
            PreparedBatch next = handle.prepareBatch("INSERT INTO system_message"
                    + " (user_id, message_id, provider, verification_key, answer_options, expires_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?)");
            for (Pending message : messages) {
                old.add(Keys.of(message.user()), message.id());
                next.add(
                        Keys.of(message.user()),
                        message.id(),
                        message.provider(),
                        message.verificationKey().orElse(null),
                        message.options().stream().sorted().collect(Collectors.joining("\n")),
                        message.expires().toEpochMilli());
            }
            old.execute();
            next.execute();
        });
    }

    @Override
    public List<Pending> find(UserId user, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.read(handle -> handle.createQuery(
                        "SELECT message_id, provider, verification_key, answer_options, expires_at"
                                + " FROM system_message WHERE user_id = :user AND message_id IN (<ids>)")
                .bind("user", Keys.of(user))
                .bindList("ids", List.copyOf(Set.copyOf(ids)))
                .map((row, context) -> new Pending(
                        user,
                        row.getString(1),
                        row.getString(2),
                        Optional.ofNullable(row.getString(3)),
                        lines(row.getString(4)),
                        Instant.ofEpochMilli(row.getLong(5))))
                .list());
    }

    private static Set<String> lines(String text) {
        return Arrays.stream(text.split("\n")).filter(line -> !line.isEmpty()).collect(Collectors.toSet());
    }

    @Override
    public void remove(UserId user, Collection<String> ids) {
        database.useTransaction(handle -> {
            PreparedBatch batch =
                    handle.prepareBatch("DELETE FROM system_message WHERE user_id = ? AND message_id = ?");
            ids.forEach(id -> batch.add(Keys.of(user), id));
            batch.execute();
        });
    }

    @Override
    public AnswerGuard guard(UserId user, String provider) {
        return database.read(handle -> guard(handle, user, provider, "")).orElse(AnswerGuard.OPEN);
    }

    @Override
    public AnswerGuard changeGuard(UserId user, String provider, UnaryOperator<AnswerGuard> change) {
        return database.inTransaction(handle -> {
            Optional<AnswerGuard> before = guard(handle, user, provider, " FOR UPDATE");
            AnswerGuard after = change.apply(before.orElse(AnswerGuard.OPEN));
            handle.execute(
                    before.isPresent() ? UPDATE_GUARD : INSERT_GUARD,
                    after.wrong(),
                    after.since().toEpochMilli(),
                    after.closedUntil().toEpochMilli(),
                    Keys.of(user),
                    provider);
            return after;
        });
    }

    private static Optional<AnswerGuard> guard(Handle handle, UserId user, String provider, String lock) {
        return handle.select(
                        "SELECT wrong, since, closed_until FROM system_message_guard WHERE user_id = ? AND provider = ?"
                                + lock,
                        Keys.of(user),
                        provider)
                .map((row, context) -> new AnswerGuard(
                        row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), Instant.ofEpochMilli(row.getLong(3))))
                .findOne();
    }

    @Override
    public void forgetExpired(Instant now) {
        database.useTransaction(
                handle -> handle.execute("DELETE FROM system_message WHERE expires_at < ?", now.toEpochMilli()));
    }
}
