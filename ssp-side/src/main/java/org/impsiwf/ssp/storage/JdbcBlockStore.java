package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.elements.im.BlockStore;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Block and grant lists. */
public final class JdbcBlockStore implements BlockStore {

    private static final int MANY = 500;

    private final Database database;

    public JdbcBlockStore(Database database) {
        this.database = database;
    }

    @Override
    public Lists lists(UserId owner) {
        return database.read(handle -> lists(handle, key(owner)));
    }

    private static Lists lists(Handle handle, String owner) {
        Optional<boolean[]> active = handle.select(
                        "SELECT block_active, grant_active FROM block_list WHERE owner = ?", owner)
                .map((row, context) -> new boolean[] {row.getBoolean(1), row.getBoolean(2)})
                .findOne();
        if (active.isEmpty()) {
            return Lists.NONE;
        }
        return new Lists(
                new Entities(entities(handle, owner, Which.BLOCK), active.get()[0]),
                new Entities(entities(handle, owner, Which.GRANT), active.get()[1]));
    }

    private static List<Entity> entities(Handle handle, String owner, Which list) {
        return handle.select(
                        "SELECT kind, address, in_group FROM block_entry WHERE owner = ? AND list = ? ORDER BY position",
                        owner,
                        list.name())
                .map((row, context) -> entity(row))
                .list();
    }

    @Override
    public void change(UserId owner, UnaryOperator<Lists> change) {
        String key = key(owner);
        database.useTransaction(handle -> {
            handle.execute(
                    "INSERT INTO block_list (owner, block_active, grant_active) VALUES (?, FALSE, FALSE)"
                            + " ON CONFLICT DO NOTHING",
                    key);
            handle.select("SELECT owner FROM block_list WHERE owner = ? FOR UPDATE", key)
                    .mapTo(String.class)
                    .one();
            Lists before = lists(handle, key);
            Lists after = change.apply(before);
            handle.execute(
                    "UPDATE block_list SET block_active = ?, grant_active = ? WHERE owner = ?",
                    after.blocked().active(),
                    after.granted().active(),
                    key);
            replace(
                    handle,
                    key,
                    Which.BLOCK,
                    before.blocked().entities(),
                    after.blocked().entities());
            replace(
                    handle,
                    key,
                    Which.GRANT,
                    before.granted().entities(),
                    after.granted().entities());
        });
    }

    private static void replace(Handle handle, String owner, Which list, List<Entity> before, List<Entity> after) {
        if (before.equals(after)) {
            return;
        }
        handle.execute("DELETE FROM block_entry WHERE owner = ? AND list = ?", owner, list.name());
        PreparedBatch rows = handle.prepareBatch("INSERT INTO block_entry"
                + " (owner, list, entity, kind, position, address, in_group) VALUES (?, ?, ?, ?, ?, ?, ?)");
        for (int i = 0; i < after.size(); i++) {
            Entity entity = after.get(i);
            rows.add(owner, list.name(), key(entity), kind(entity), i, address(entity), group(entity));
        }
        if (!after.isEmpty()) {
            rows.execute();
        }
    }

    @Override
    public Map<UserId, Match> match(Collection<UserId> owners, Collection<Entity> any) {
        Map<String, UserId> byKey = new HashMap<>();
        owners.forEach(owner -> byKey.put(key(owner), owner));
        List<String> keys = List.copyOf(byKey.keySet());
        Map<UserId, Match> matches = new HashMap<>();
        database.read(handle -> {
            for (int from = 0; from < keys.size(); from += MANY) {
                List<String> some = keys.subList(from, Math.min(from + MANY, keys.size()));
                match(handle, some, any).forEach((key, match) -> matches.put(byKey.get(key), match));
            }
            return true;
        });
        return matches;
    }

    private static Map<String, Match> match(Handle handle, List<String> owners, Collection<Entity> any) {
        Map<String, boolean[]> active = new HashMap<>();
        handle.createQuery("SELECT owner, block_active, grant_active FROM block_list WHERE owner IN (<owners>)"
                        + " AND (block_active = TRUE OR grant_active = TRUE)")
                .bindList("owners", owners)
                .map((row, context) ->
                        Map.entry(row.getString(1), new boolean[] {row.getBoolean(2), row.getBoolean(3)}))
                .forEach(found -> active.put(found.getKey(), found.getValue()));
        if (active.isEmpty()) {
            return Map.of();
        }
        List<String> inUse = List.copyOf(active.keySet());
        Set<String> matched = new HashSet<>();
        if (!any.isEmpty()) {
            handle.createQuery("SELECT owner, list FROM block_entry WHERE owner IN (<owners>)"
                            + " AND list IN ('BLOCK', 'GRANT') AND entity IN (<entities>)")
                    .bindList("owners", inUse)
                    .bindList("entities", any.stream().map(JdbcBlockStore::key).toList())
                    .map((row, context) -> row.getString(2) + " " + row.getString(1))
                    .forEach(matched::add);
        }
        Map<String, List<ContactListId>> contacts = new HashMap<>();
        handle.createQuery("SELECT owner, list, address FROM block_entry WHERE owner IN (<owners>)"
                        + " AND kind = 'ContactListId'")
                .bindList("owners", inUse)
                .map((row, context) ->
                        Map.entry(row.getString(2) + " " + row.getString(1), new ContactListId(row.getString(3))))
                .forEach(found -> contacts.computeIfAbsent(found.getKey(), none -> new ArrayList<>())
                        .add(found.getValue()));
        Map<String, Match> matches = new HashMap<>();
        active.forEach((owner, lists) -> matches.put(
                owner,
                new Match(
                        lists[0],
                        lists[1],
                        matched.contains("BLOCK " + owner),
                        matched.contains("GRANT " + owner),
                        contacts.getOrDefault("BLOCK " + owner, List.of()),
                        contacts.getOrDefault("GRANT " + owner, List.of()))));
        return matches;
    }

    private static String key(UserId owner) {
        return owner.value().toLowerCase(Locale.ROOT);
    }

    /** Equal for two spellings of one address. */
    private static String key(Entity entity) {
        return (kind(entity) + " " + Objects.requireNonNullElse(group(entity), "") + " " + address(entity))
                .toLowerCase(Locale.ROOT);
    }

    private static String kind(Entity entity) {
        return entity.getClass().getSimpleName();
    }

    private static String address(Entity entity) {
        return entity instanceof ScreenName name ? name.name() : entity.toString();
    }

    private static String group(Entity entity) {
        return entity instanceof ScreenName name
                ? name.groupId().map(GroupId::value).orElse(null)
                : null;
    }

    private static Entity entity(ResultSet row) throws SQLException {
        String address = row.getString("address");
        return switch (row.getString("kind")) {
            case "UserId" -> new UserId(address);
            case "GroupId" -> new GroupId(address);
            case "ContactListId" -> new ContactListId(address);
            case "ApplicationId" -> new ApplicationId(address);
            case "ScreenName" ->
                new ScreenName(Optional.ofNullable(row.getString("in_group")).map(GroupId::new), address);
            default -> throw new IllegalStateException("no entity: " + row.getString("kind"));
        };
    }
}
