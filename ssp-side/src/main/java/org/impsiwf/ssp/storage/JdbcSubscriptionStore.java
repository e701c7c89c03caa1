package org.impsiwf.ssp.storage;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.common.SubscriptionStore;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;

/** {@link SubscriptionStore} in the database. */
public final class JdbcSubscriptionStore implements SubscriptionStore {

    private final Database database;

    private record Row(Subscriber subscriber, Set<NotificationType> types) {}

    public JdbcSubscriptionStore(Database database) {
        this.database = database;
    }

    @Override
    public void change(Subscriber subscriber, UnaryOperator<Set<NotificationType>> change) {
        database.useTransaction(handle -> {
            Set<NotificationType> before = types(handle, subscriber, " FOR UPDATE");
            Set<NotificationType> after = change.apply(before);
            if (!after.equals(before)) {
                handle.execute(
                        statement(before.isEmpty(), after.isEmpty()),
                        after.stream().map(NotificationType::name).sorted().collect(Collectors.joining(",")),
                        Keys.of(subscriber.user()),
                        key(subscriber));
            }
        });
    }

    // A row that is there is updated and none is replaced: who waits for it would not see another one.
    private static String statement(boolean isNew, boolean isLast) {
        if (isLast) {
            return "DELETE FROM notification_subscription WHERE types <> ? AND user_id = ? AND client = ?";
        }
        return isNew
                ? "INSERT INTO notification_subscription (types, user_id, client) VALUES (?, ?, ?)"
                : "UPDATE notification_subscription SET types = ? WHERE user_id = ? AND client = ?";
    }

    @Override
    public Set<NotificationType> of(Subscriber subscriber) {
        return database.read(handle -> types(handle, subscriber, ""));
    }

    private static Set<NotificationType> types(Handle handle, Subscriber subscriber, String lock) {
        return handle.select(
                        "SELECT types FROM notification_subscription WHERE user_id = ? AND client = ?" + lock,
                        Keys.of(subscriber.user()),
                        key(subscriber))
                .mapTo(String.class)
                .findOne()
                .map(JdbcSubscriptionStore::types)
                .orElse(Set.of());
    }

    @Override
    public List<Subscriber> wanting(NotificationType type, Collection<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        return database.read(handle -> handle
                .createQuery("SELECT user_id, client, types FROM notification_subscription WHERE user_id IN (<keys>)"
                        + " ORDER BY user_id, client")
                .bindList("keys", users.stream().map(Keys::of).distinct().toList())
                .map((row, context) -> new Row(
                        new Subscriber(
                                new UserId(row.getString(1)),
                                Optional.of(row.getString(2))
                                        .filter(url -> !url.isEmpty())
                                        .map(ClientId::of)),
                        types(row.getString(3))))
                .stream()
                .filter(row -> row.types().contains(type))
                .map(Row::subscriber)
                .toList());
    }

    private static Set<NotificationType> types(String names) {
        return Arrays.stream(names.split(",")).map(NotificationType::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    private static String key(Subscriber subscriber) {
        return subscriber.client().map(ClientId::url).orElse("");
    }
}
