package org.impsiwf.ssp.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.profile.Password;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.elements.profile.UserStore;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;
import org.impsiwf.ssp.primitives.UserProfileEntry.ClientProfile;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link UserStore} in the database. */
public final class JdbcUserStore implements UserStore {

    private static final String NO_CLIENT = "";
    private static final String INSERT =
            "INSERT INTO imps_user (user_id, shown, created_at, password, first_name, last_name, email, mobile)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private final Database database;

    /** One pair of a profile as the table has it. */
    private record Item(String user, String client, String name, String value) {}

    public JdbcUserStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean register(Registration registration, Instant now) {
        return database.inTransaction(handle -> {
            if (isRegistered(registration.user())) {
                return false;
            }
            insert(handle, List.of(registration), now);
            return true;
        });
    }

    /** Registers many at once; none of them may be registered already. */
    public void registerAll(Collection<Registration> registrations, Instant now) {
        database.useTransaction(handle -> insert(handle, registrations, now));
    }

    private static void insert(Handle handle, Collection<Registration> registrations, Instant now) {
        PreparedBatch users = handle.prepareBatch(INSERT);
        PreparedBatch terms = handle.prepareBatch(TermIndex.INSERT);
        long created = now.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
        for (Registration one : registrations) {
            String key = Keys.of(one.user());
            users.add(
                    key,
                    one.user().value(),
                    created,
                    one.password().map(Password::value).orElse(null),
                    one.firstName().orElse(null),
                    one.lastName().orElse(null),
                    one.email().orElse(null),
                    one.mobile().orElse(null));
            UserTerms.add(terms, key, one);
        }
        users.execute();
        terms.execute();
    }

    @Override
    public boolean remove(UserId user) {
        String key = Keys.of(user);
        return database.inTransaction(handle -> {
            handle.execute("DELETE FROM user_profile_item WHERE user_id = ?", key);
            handle.execute("DELETE FROM public_profile WHERE user_id = ?", key);
            TermIndex.remove(handle, key);
            return handle.execute("DELETE FROM imps_user WHERE user_id = ?", key) == 1;
        });
    }

    @Override
    public boolean isRegistered(UserId user) {
        return database.read(handle -> handle.select("SELECT 1 FROM imps_user WHERE user_id = ?", Keys.of(user))
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public Map<UserId, Instant> created(Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        Map<String, Instant> byKey = new LinkedHashMap<>();
        database.read(handle -> handle.createQuery(
                                "SELECT user_id, created_at FROM imps_user WHERE user_id IN (<keys>)")
                        .bindList("keys", users.stream().map(Keys::of).toList())
                        .map((row, context) -> Map.entry(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
                        .list())
                .forEach(entry -> byKey.put(entry.getKey(), entry.getValue()));
        Map<UserId, Instant> created = new LinkedHashMap<>();
        for (UserId user : users) {
            Optional.ofNullable(byKey.get(Keys.of(user))).ifPresent(at -> created.put(user, at));
        }
        return created;
    }

    @Override
    public Optional<Password> password(UserId user) {
        return database.read(handle -> handle.select(
                        "SELECT password FROM imps_user WHERE user_id = ? AND password IS NOT NULL", Keys.of(user))
                .mapTo(String.class)
                .findOne()
                .map(Password::new));
    }

    @Override
    public boolean changePassword(UserId user, Password password) {
        return database.inTransaction(handle ->
                handle.execute("UPDATE imps_user SET password = ? WHERE user_id = ?", password.value(), Keys.of(user))
                        == 1);
    }

    @Override
    public List<UserProfileEntry> profiles(Collection<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        List<String> keys = users.stream().map(Keys::of).toList();
        return database.read(handle -> {
            Map<String, List<Item>> items = items(handle, keys);
            Map<UserId, Instant> registered = created(users);
            return users.stream()
                    .filter(user -> registered.containsKey(user) || items.containsKey(Keys.of(user)))
                    .map(user -> entry(user, items.getOrDefault(Keys.of(user), List.of())))
                    .toList();
        });
    }

    @Override
    public List<UserProfileEntry> profilesAfter(Optional<UserId> last, int atMost) {
        List<UserId> users = database.read(handle -> handle.select(
                        "SELECT shown FROM imps_user WHERE user_id > ? ORDER BY user_id LIMIT ?",
                        last.map(Keys::of).orElse(""),
                        atMost)
                .map((row, context) -> new UserId(row.getString(1)))
                .list());
        return profiles(users);
    }

    @Override
    public void update(List<UserProfileEntry> profiles) {
        database.useTransaction(handle -> {
            PreparedBatch old = handle.prepareBatch(
                    "DELETE FROM user_profile_item WHERE user_id = ? AND client = ? AND item_name = ?");
            PreparedBatch next = handle.prepareBatch(
                    "INSERT INTO user_profile_item (user_id, client, item_name, item_value) VALUES (?, ?, ?, ?)");
            Map<List<String>, Item> items = new LinkedHashMap<>();
            profiles.stream()
                    .flatMap(profile -> flat(profile).stream())
                    .forEach(item -> items.put(List.of(item.user(), item.client(), item.name()), item));
            items.values().forEach(item -> {
                old.add(item.user(), item.client(), item.name());
                next.add(item.user(), item.client(), item.name(), item.value());
            });
            old.execute();
            next.execute();
        });
    }

    private static List<Item> flat(UserProfileEntry profile) {
        String user = Keys.of(profile.userId());
        List<Item> items = profile.properties().stream()
                .map(pair -> new Item(user, NO_CLIENT, pair.name(), pair.value()))
                .collect(Collectors.toList());
        for (ClientProfile client : profile.clientProfiles()) {
            String id = client.clientId().map(ClientId::url).orElse(NO_CLIENT);
            client.properties().forEach(pair -> items.add(new Item(user, id, pair.name(), pair.value())));
        }
        return items;
    }

    private static Map<String, List<Item>> items(Handle handle, List<String> keys) {
        return handle
                .createQuery("SELECT user_id, client, item_name, item_value FROM user_profile_item"
                        + " WHERE user_id IN (<keys>) ORDER BY user_id, client, item_name")
                .bindList("keys", keys)
                .map((row, context) -> new Item(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .stream()
                .collect(Collectors.groupingBy(Item::user));
    }

    private static UserProfileEntry entry(UserId user, List<Item> items) {
        Map<String, List<Property>> byClient = items.stream()
                .collect(Collectors.groupingBy(
                        Item::client,
                        LinkedHashMap::new,
                        Collectors.mapping(item -> new Property(item.name(), item.value()), Collectors.toList())));
        List<Property> own = byClient.getOrDefault(NO_CLIENT, List.of());
        List<ClientProfile> clients = byClient.entrySet().stream()
                .filter(client -> !client.getKey().equals(NO_CLIENT))
                .map(client -> new ClientProfile(Optional.of(ClientId.of(client.getKey())), client.getValue()))
                .toList();
        return new UserProfileEntry(user, own, clients);
    }
}
