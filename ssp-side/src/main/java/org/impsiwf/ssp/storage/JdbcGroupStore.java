package org.impsiwf.ssp.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.GroupHistory.Page;
import org.impsiwf.ssp.elements.groups.Group;
import org.impsiwf.ssp.elements.groups.GroupProperty;
import org.impsiwf.ssp.elements.groups.GroupStore;
import org.impsiwf.ssp.elements.groups.Participant;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** {@link GroupStore} in the database. */
public final class JdbcGroupStore implements GroupStore {

    private static final List<String> COLUMNS = Stream.concat(
                    Stream.of(
                            "group_id",
                            "owner_key",
                            "owner_id",
                            "conversation",
                            "created",
                            "expires",
                            "joined",
                            "known",
                            "names_made",
                            "last_message",
                            "welcome_type",
                            "welcome"),
                    Stream.of(GroupProperty.values()).map(GroupRows::column))
            .toList();
    private static final String INSERT = "INSERT INTO imps_group (group_key, " + String.join(", ", COLUMNS)
            + ") VALUES (:group_key, " + COLUMNS.stream().map(":"::concat).collect(Collectors.joining(", ")) + ")";
    private static final String UPDATE = "UPDATE imps_group SET "
            + COLUMNS.stream().map(column -> column + " = :" + column).collect(Collectors.joining(", "))
            + " WHERE group_key = :group_key";
    private static final String COUNT = "UPDATE imps_group SET joined = :joined, known = :known,"
            + " names_made = :names_made, last_message = :last_message WHERE group_key = :group_key";
    private static final String FIND = "SELECT * FROM imps_group WHERE group_key = :group";
    private static final String PARTICIPANTS = "SELECT * FROM group_participant WHERE group_key = :group";
    private static final String WHOLE_SERVER = "";

    private static final int MOST_ATTENDING = 200_000;

    private final Database database;
    private final Optional<Attendances> attendances;

    public JdbcGroupStore(Database database) {
        this(database, Optional.empty());
    }

    private JdbcGroupStore(Database database, Optional<Attendances> attendances) {
        this.database = database;
        this.attendances = attendances;
    }

    /** For a process that alone changes the groups, by this one store: it remembers who is in the groups that are used. */
    public static JdbcGroupStore alone(Database database) {
        return new JdbcGroupStore(database, Optional.of(new Attendances(MOST_ATTENDING)));
    }

    /** In the transaction that changes the group. */
    private void changes(String group) {
        attendances.ifPresent(known -> {
            known.changes(group);
            database.onEnd(() -> known.changed(group));
        });
    }

    @Override
    public <T> T atomically(Supplier<T> work) {
        return database.inTransaction(handle -> work.get());
    }

    @Override
    public Optional<Group> find(GroupId group) {
        return database.read(handle -> group(handle, FIND, group));
    }

    @Override
    public Optional<Group> lock(GroupId group) {
        return database.inTransaction(handle -> group(handle, FIND + " FOR UPDATE", group));
    }

    private static Optional<Group> group(Handle handle, String sql, GroupId group) {
        return handle.createQuery(sql)
                .bind("group", AddressKey.of(group))
                .map((row, context) -> GroupRows.group(row))
                .findOne();
    }

    @Override
    public Creation create(Group group, int mostOfOwner, int mostOfServer) {
        return database.inTransaction(handle -> {
            if (group(handle, FIND, group.id()).isPresent()) {
                return Creation.EXISTS;
            }
            // Counting the owner's before the server's, always in this order, nobody waits for each other.
            Optional<String> owner = group.owner().map(AddressKey::of);
            if (owner.isPresent() && lockedCount(handle, owner.get()) >= mostOfOwner) {
                return Creation.TOO_MANY_OF_OWNER;
            }
            if (lockedCount(handle, WHOLE_SERVER) >= mostOfServer) {
                return Creation.TOO_MANY_OF_SERVER;
            }
            changes(AddressKey.of(group.id()));
            count(handle, owner, 1);
            GroupRows.bind(handle.createUpdate(INSERT), group).execute();
            index(handle, group);
            return Creation.CREATED;
        });
    }

    private static int lockedCount(Handle handle, String owner) {
        handle.execute("INSERT INTO group_count (owner_key, group_count) VALUES (?, 0) ON CONFLICT DO NOTHING", owner);
        return handle.select("SELECT group_count FROM group_count WHERE owner_key = ? FOR UPDATE", owner)
                .mapTo(Integer.class)
                .one();
    }

    private static void count(Handle handle, Optional<String> owner, int more) {
        Stream.concat(owner.stream(), Stream.of(WHOLE_SERVER))
                .forEach(key -> handle.execute(
                        "UPDATE group_count SET group_count = group_count + ? WHERE owner_key = ?", more, key));
    }

    /** Only groups that a search may find have terms (CSPX-16). */
    private static void index(Handle handle, Group group) {
        String key = AddressKey.of(group.id());
        boolean searchable = group.settings().is(GroupProperty.SEARCHABLE);
        Optional<String> name = Optional.of(group.settings().value(GroupProperty.NAME));
        Optional<String> topic = Optional.of(group.settings().value(GroupProperty.TOPIC));
        TermIndex.put(handle, SearchElement.GROUP_ID, key, Optional.of(key).filter(any -> searchable));
        TermIndex.put(handle, SearchElement.GROUP_NAME, key, name.filter(any -> searchable));
        TermIndex.put(handle, SearchElement.GROUP_TOPIC, key, topic.filter(any -> searchable));
    }

    @Override
    public void save(Group group) {
        database.useTransaction(handle -> {
            changes(AddressKey.of(group.id()));
            handle.createUpdate(COUNT)
                    .bind("group_key", AddressKey.of(group.id()))
                    .bind("joined", group.joined())
                    .bind("known", group.known())
                    .bind("names_made", group.namesMade())
                    .bind("last_message", group.lastMessage())
                    .execute();
        });
    }

    @Override
    public void saveSettings(Group group) {
        database.useTransaction(handle -> {
            changes(AddressKey.of(group.id()));
            GroupRows.bind(handle.createUpdate(UPDATE), group).execute();
            index(handle, group);
        });
    }

    @Override
    public void delete(GroupId group) {
        database.useTransaction(handle -> lock(group).ifPresent(found -> {
            changes(AddressKey.of(group));
            count(handle, found.owner().map(AddressKey::of), -1);
            handle.execute("DELETE FROM imps_group WHERE group_key = ?", AddressKey.of(group));
            TermIndex.remove(handle, AddressKey.of(group));
        }));
    }

    @Override
    public List<GroupId> expired(Instant now, int atMost) {
        return database.read(handle -> handle.select(
                        "SELECT group_id FROM imps_group WHERE expires <= ? ORDER BY expires LIMIT ?",
                        now.toEpochMilli(),
                        atMost)
                .mapTo(String.class)
                .map(GroupId::new)
                .list());
    }

    @Override
    public Optional<Participant> participant(GroupId group, UserId user) {
        return database.read(handle -> participants(handle.createQuery(PARTICIPANTS + " AND user_key = :user"), group)
                .bind("user", AddressKey.of(user))
                .map((row, context) -> GroupRows.participant(row))
                .findOne());
    }

    @Override
    public Optional<Participant> withScreenName(GroupId group, String screenName) {
        return database.read(handle -> participants(handle.createQuery(PARTICIPANTS + " AND screen_key = :name"), group)
                .bind("name", AddressKey.of(screenName))
                .map((row, context) -> GroupRows.participant(row))
                .findOne());
    }

    private static Query participants(Query query, GroupId group) {
        return query.bind("group", AddressKey.of(group));
    }

    @Override
    public void save(GroupId group, Participant participant) {
        database.useTransaction(handle -> {
            changes(AddressKey.of(group));
            if (participant.isStranger()) {
                handle.execute(
                        "DELETE FROM group_participant WHERE group_key = ? AND user_key = ?",
                        AddressKey.of(group),
                        AddressKey.of(participant.user()));
                return;
            }
            int updated = GroupRows.bind(handle.createUpdate(ParticipantSql.UPDATE), group, participant)
                    .execute();
            if (updated == 0) {
                GroupRows.bind(handle.createUpdate(ParticipantSql.INSERT), group, participant)
                        .execute();
            }
        });
    }

    @Override
    public List<Participant> joined(GroupId group) {
        return list(group, " AND screen_key IS NOT NULL ORDER BY since, screen_key");
    }

    @Override
    public List<Joined> joinedOf(Set<String> domains) {
        return database.read(handle -> handle.createQuery("SELECT g.group_id, p.user_id FROM group_participant p"
                        + " JOIN imps_group g ON g.group_key = p.group_key WHERE p.screen_key IS NOT NULL")
                .map((row, context) ->
                        new Joined(new GroupId(row.getString("group_id")), new UserId(row.getString("user_id"))))
                .filter(joined -> domains.contains(joined.user().domain()))
                .list());
    }

    @Override
    public Optional<Attendance> attendance(GroupId group) {
        return attendances
                .map(known -> known.of(AddressKey.of(group), () -> read(group)))
                .orElseGet(() -> read(group));
    }

    private Optional<Attendance> read(GroupId group) {
        return database.read(handle -> find(group).map(found -> new Attendance(found, joined(group))));
    }

    @Override
    public List<Participant> members(GroupId group) {
        return list(group, " AND standing IN ('ORDINARY', 'MODERATOR', 'ADMINISTRATOR') ORDER BY user_key");
    }

    private List<Participant> list(GroupId group, String condition) {
        return database.read(handle -> participants(handle.createQuery(PARTICIPANTS + condition), group)
                .map((row, context) -> GroupRows.participant(row))
                .list());
    }

    @Override
    public List<UserId> rejected(GroupId group) {
        return users(group, "standing = 'REJECTED' ORDER BY user_key");
    }

    @Override
    public List<UserId> subscribers(GroupId group) {
        return users(group, "subscribed = TRUE ORDER BY user_key");
    }

    private List<UserId> users(GroupId group, String condition) {
        return database.read(handle -> participants(
                        handle.createQuery(
                                "SELECT user_id FROM group_participant WHERE group_key = :group AND " + condition),
                        group)
                .mapTo(String.class)
                .map(UserId::new)
                .list());
    }

    @Override
    public void unsubscribeEverywhere(UserId user) {
        database.useTransaction(handle -> {
            attendances.ifPresent(known -> database.onEnd(known::changeAnywhere));
            handle.execute(
                    "UPDATE group_participant SET subscribed = FALSE WHERE user_key = ? AND subscribed",
                    AddressKey.of(user));
        });
    }

    @Override
    public void keep(GroupId group, long number, SendMessageRequest message, int atMost) {
        database.useTransaction(handle -> {
            GroupMessageRows.insert(handle, AddressKey.of(group), number, message);
            handle.execute(
                    "DELETE FROM group_message WHERE group_key = ? AND number <= ?",
                    AddressKey.of(group),
                    number - atMost);
        });
    }

    @Override
    public Page history(GroupId group, long after, int atMost) {
        return database.read(handle -> GroupMessageRows.page(handle, group, after, atMost));
    }

    @Override
    public List<Kept> kept(MessageId id) {
        return database.read(handle -> GroupMessageRows.withId(handle, AddressKey.bounded(id.value())));
    }
}
