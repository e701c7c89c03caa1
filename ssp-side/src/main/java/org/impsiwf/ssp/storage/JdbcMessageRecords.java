package org.impsiwf.ssp.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.im.MessageRecords;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link MessageRecords} in the database. */
public final class JdbcMessageRecords implements MessageRecords {

    private static final String NO_GROUP = "";
    private static final int MANY = 500;
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final Database database;

    public JdbcMessageRecords(Database database) {
        this.database = database;
    }

    @Override
    public void setMethod(UserId user, Optional<GroupId> group, Method method) {
        String of = group.map(Keys::of).orElse(NO_GROUP);
        database.useTransaction(handle -> {
            int changed = handle.execute(
                    "UPDATE delivery_method SET method = ?, content_limit = ? WHERE user_id = ? AND in_group = ?",
                    method.method().name(),
                    method.contentLimit().orElse(null),
                    Keys.of(user),
                    of);
            if (changed == 0) {
                handle.execute(
                        "INSERT INTO delivery_method (method, content_limit, user_id, in_group) VALUES (?, ?, ?, ?)",
                        method.method().name(),
                        method.contentLimit().orElse(null),
                        Keys.of(user),
                        of);
            }
        });
    }

    @Override
    public Map<UserId, Method> methods(Collection<UserId> users, Optional<GroupId> group) {
        Map<String, UserId> byKey = new HashMap<>();
        users.forEach(user -> byKey.put(Keys.of(user), user));
        List<String> keys = List.copyOf(byKey.keySet());
        Map<UserId, Method> methods = new HashMap<>();
        List<String> groups = group.map(one -> List.of(NO_GROUP, Keys.of(one))).orElse(List.of(NO_GROUP));
        database.read(handle -> {
            for (int from = 0; from < keys.size(); from += MANY) {
                List<String> some = keys.subList(from, Math.min(from + MANY, keys.size()));
                methods(handle, some, groups).forEach((key, method) -> methods.put(byKey.get(key), method));
            }
            return true;
        });
        return methods;
    }

    private static Map<String, Method> methods(Handle handle, List<String> users, List<String> groups) {
        Map<String, Method> methods = new HashMap<>();
        // That of the group comes after the general one, and replaces it.
        handle.createQuery("SELECT user_id, method, content_limit FROM delivery_method"
                        + " WHERE user_id IN (<users>) AND in_group IN (<groups>) ORDER BY in_group")
                .bindList("users", users)
                .bindList("groups", groups)
                .map((row, context) -> Map.entry(
                        row.getString("user_id"),
                        new Method(
                                DeliveryMethod.valueOf(row.getString("method")),
                                Optional.ofNullable(row.getObject("content_limit", Long.class)))))
                .forEach(found -> methods.put(found.getKey(), found.getValue()));
        return methods;
    }

    @Override
    public boolean isTaken(UserId recipient, String sender, MessageId message) {
        return database.read(handle -> handle.select(
                        "SELECT 1 FROM taken_message WHERE recipient = ? AND message_id = ? AND sender = ?",
                        Keys.of(recipient),
                        message.value(),
                        sender)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public void taken(Collection<UserId> recipients, String sender, MessageId message, Instant until) {
        database.useTransaction(handle -> {
            PreparedBatch rows = handle.prepareBatch("INSERT INTO taken_message (recipient, message_id, sender, until)"
                    + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
            recipients.forEach(user -> rows.add(Keys.of(user), message.value(), sender, until.toEpochMilli()));
            rows.execute();
        });
    }

    @Override
    public void awaitReports(MessageId theirs, String domain, Awaited awaited, Instant until) {
        database.useTransaction(handle -> handle.execute(
                "INSERT INTO awaited_report (message_id, domain, sender, own_id, until) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                theirs.value(),
                Keys.of(domain),
                awaited.sender().value(),
                awaited.ours().value(),
                until.toEpochMilli()));
    }

    @Override
    public Optional<Awaited> awaited(MessageId theirs, String domain) {
        return database.read(handle -> handle.select(
                        "SELECT sender, own_id FROM awaited_report WHERE message_id = ? AND domain = ?",
                        theirs.value(),
                        Keys.of(domain))
                .map((row, context) ->
                        new Awaited(new UserId(row.getString("sender")), new MessageId(row.getString("own_id"))))
                .findOne());
    }

    @Override
    public void forget(Instant now) {
        forget("taken_message", "recipient, message_id, sender", now);
        forget("awaited_report", "message_id, domain", now);
    }

    private void forget(String table, String key, Instant now) {
        boolean some = database.read(
                handle -> handle.select("SELECT 1 FROM " + table + " WHERE until <= ? LIMIT 1", now.toEpochMilli())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
        if (some) {
            database.useTransaction(handle -> handle.execute(
                    "DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table
                            + " WHERE until <= ? ORDER BY until LIMIT " + FORGOTTEN_AT_ONCE + ")",
                    now.toEpochMilli()));
        }
    }
}
