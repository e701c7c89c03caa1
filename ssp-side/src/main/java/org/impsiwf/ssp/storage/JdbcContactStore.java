package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.contacts.Association;
import org.impsiwf.ssp.elements.contacts.Association.OfList;
import org.impsiwf.ssp.elements.contacts.Association.OfUser;
import org.impsiwf.ssp.elements.contacts.Association.Target;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.contacts.Authorisation;
import org.impsiwf.ssp.elements.contacts.ContactList;
import org.impsiwf.ssp.elements.contacts.ContactStore;
import org.impsiwf.ssp.elements.contacts.ListOwner;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.NickName;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link ContactStore} in the database. */
public final class JdbcContactStore implements ContactStore {

    private static final String OWNER =
            "SELECT default_list, lists, default_attributes, default_notify FROM contact_owner WHERE owner = ?";

    /** How many addresses one statement names at most. */
    private static final int CHUNK = 500;

    private final Database database;

    public JdbcContactStore(Database database) {
        this.database = database;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return database.inTransaction(handle -> work.get());
    }

    @Override
    public ListOwner lock(UserId owner) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "INSERT INTO contact_owner (owner, lists) VALUES (?, 0) ON CONFLICT DO NOTHING", owner.key());
            return handle.select(OWNER + " FOR UPDATE", owner.key())
                    .map((row, context) -> owner(row))
                    .one();
        });
    }

    @Override
    public void save(UserId owner, ListOwner next) {
        database.useTransaction(handle -> handle.createUpdate(
                        "UPDATE contact_owner SET default_list = :list, lists = :lists, default_attributes = :attributes,"
                                + " default_notify = :notify WHERE owner = :owner")
                .bind("owner", owner.key())
                .bind("list", next.defaultList().map(ContactListId::value).orElse(null))
                .bind("lists", next.lists())
                .bind(
                        "attributes",
                        next.defaultAttributes().map(AttributeSet::bits).orElse(null))
                .bind("notify", next.defaultNotify().orElse(null))
                .execute());
    }

    @Override
    public ListOwner owner(UserId owner) {
        return database.read(handle -> handle.select(OWNER, owner.key())
                .map((row, context) -> owner(row))
                .findOne()
                .orElse(ListOwner.NEW));
    }

    private static ListOwner owner(ResultSet row) throws SQLException {
        return new ListOwner(
                Optional.ofNullable(row.getString("default_list")).map(ContactListId::new),
                row.getInt("lists"),
                Optional.ofNullable(row.getObject("default_attributes", Integer.class))
                        .map(AttributeSet::new),
                Optional.ofNullable(row.getObject("default_notify", Boolean.class)));
    }

    @Override
    public Optional<ContactList> find(ContactListId list) {
        return database.read(handle -> handle.select(
                        "SELECT list_id, owner, display_name FROM contact_list WHERE list = ?", list.key())
                .map((row, context) -> new ContactList(
                        new ContactListId(row.getString("list_id")),
                        new UserId(row.getString("owner")),
                        Optional.ofNullable(row.getString("display_name"))))
                .findOne());
    }

    @Override
    public List<ContactListId> listsOf(UserId owner) {
        return database.read(handle -> handle.select(
                        "SELECT list_id FROM contact_list WHERE owner = ? ORDER BY created", owner.key())
                .map((row, context) -> new ContactListId(row.getString(1)))
                .list());
    }

    @Override
    public void create(ContactList list) {
        database.useTransaction(handle -> handle.execute(
                "INSERT INTO contact_list (list, list_id, owner, display_name) VALUES (?, ?, ?, ?)",
                list.id().key(),
                list.id().value(),
                list.owner().key(),
                list.displayName().orElse(null)));
    }

    @Override
    public void rename(ContactListId list, Optional<String> displayName) {
        database.useTransaction(handle -> handle.execute(
                "UPDATE contact_list SET display_name = ? WHERE list = ?", displayName.orElse(null), list.key()));
    }

    @Override
    public void delete(ContactList list) {
        database.useTransaction(handle -> {
            handle.execute(
                    "DELETE FROM contact_member WHERE list = ?", list.id().key());
            handle.execute("DELETE FROM contact_list WHERE list = ?", list.id().key());
            remove(list.owner(), new OfList(list.id()));
        });
    }

    @Override
    public List<NickListEntry> members(ContactListId list) {
        return database.read(handle -> handle.select(
                        "SELECT member_id, nick FROM contact_member WHERE list = ? ORDER BY added", list.key())
                .map((row, context) -> member(new UserId(row.getString(1)), row.getString(2)))
                .list());
    }

    private static NickListEntry member(UserId user, String nick) {
        return nick == null ? user : new NickName(nick, user);
    }

    @Override
    public boolean isMember(ContactListId list, UserId user) {
        return database.read(handle -> handle.select(
                        "SELECT 1 FROM contact_member WHERE list = ? AND member = ?", list.key(), user.key())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public void add(ContactList list, Collection<NickListEntry> members) {
        if (members.isEmpty()) {
            return;
        }
        database.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(
                    "MERGE INTO contact_member AS old USING (SELECT CAST(:list AS VARCHAR(255)) AS list,"
                            + " CAST(:member AS VARCHAR(255)) AS member) AS new"
                            + " ON old.list = new.list AND old.member = new.member"
                            + " WHEN MATCHED THEN UPDATE SET nick = CAST(:nick AS VARCHAR(255))"
                            + " WHEN NOT MATCHED THEN INSERT (list, member, member_id, owner, nick)"
                            + " VALUES (:list, :member, :member_id, :owner, CAST(:nick AS VARCHAR(255)))");
            for (NickListEntry member : members) {
                UserId user = switch (member) {
                    case NickName named -> named.userId();
                    case UserId plain -> plain;
                };
                batch.bind("list", list.id().key())
                        .bind("owner", list.owner().key())
                        .bind("member", user.key())
                        .bind("member_id", user.value())
                        .bind("nick", member instanceof NickName named ? named.name() : null)
                        .add();
            }
            batch.execute();
        });
    }

    @Override
    public void remove(ContactListId list, Collection<UserId> members) {
        if (members.isEmpty()) {
            return;
        }
        database.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("DELETE FROM contact_member WHERE list = ? AND member = ?");
            members.forEach(member -> batch.add(list.key(), member.key()));
            batch.execute();
        });
    }

    @Override
    public Optional<Association> association(UserId owner, Target target) {
        return database.read(handle -> handle.select(
                        "SELECT kind, target_id, attributes, notify FROM attribute_list"
                                + " WHERE owner = ? AND kind = ? AND target = ?",
                        owner.key(),
                        kind(target),
                        target.key())
                .map((row, context) -> association(row))
                .findOne());
    }

    @Override
    public List<Association> associations(UserId owner) {
        return database.read(handle -> handle.select(
                        "SELECT kind, target_id, attributes, notify FROM attribute_list"
                                + " WHERE owner = ? ORDER BY kind, target",
                        owner.key())
                .map((row, context) -> association(row))
                .list());
    }

    @Override
    public int countAssociations(UserId owner) {
        return database.read(handle -> handle.select("SELECT COUNT(*) FROM attribute_list WHERE owner = ?", owner.key())
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void put(UserId owner, Association association) {
        database.useTransaction(handle -> {
            remove(owner, association.target());
            handle.execute(
                    "INSERT INTO attribute_list (owner, kind, target, target_id, attributes, notify)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    owner.key(),
                    kind(association.target()),
                    association.target().key(),
                    written(association.target()),
                    association.attributes().bits(),
                    association.notifyOwner().orElse(null));
        });
    }

    @Override
    public void remove(UserId owner, Target target) {
        database.useTransaction(handle -> handle.execute(
                "DELETE FROM attribute_list WHERE owner = ? AND kind = ? AND target = ?",
                owner.key(),
                kind(target),
                target.key()));
    }

    private static String kind(Target target) {
        return switch (target) {
            case OfUser _ -> "U";
            case OfList _ -> "L";
        };
    }

    private static String written(Target target) {
        return switch (target) {
            case OfUser(var user) -> user.value();
            case OfList(var list) -> list.value();
        };
    }

    private static Association association(ResultSet row) throws SQLException {
        String target = row.getString("target_id");
        return new Association(
                row.getString("kind").equals("U")
                        ? new OfUser(new UserId(target))
                        : new OfList(new ContactListId(target)),
                new AttributeSet(row.getInt("attributes")),
                Optional.ofNullable(row.getObject("notify", Boolean.class)));
    }

    private record Found(String user, Association association) {}

    @Override
    public Map<UserId, Authorisation> authorisations(UserId owner, Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        return database.read(handle -> {
            ListOwner defaults = owner(owner);
            Map<String, Authorisation> byKey = new HashMap<>();
            Authorisation none = new Authorisation(
                    Optional.empty(), List.of(), defaults.defaultAttributes(), defaults.defaultNotify());
            List<String> keys = users.stream().map(UserId::key).distinct().toList();
            for (int from = 0; from < keys.size(); from += CHUNK) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + CHUNK));
                found(handle, owner, some)
                        .forEach(found -> byKey.merge(
                                found.user(),
                                with(none, found.association()),
                                (old, more) -> with(old, found.association())));
            }
            Map<UserId, Authorisation> result = new LinkedHashMap<>();
            users.forEach(user -> result.put(user, byKey.getOrDefault(user.key(), none)));
            return result;
        });
    }

    private static List<Found> found(Handle handle, UserId owner, List<String> users) {
        return handle.createQuery("SELECT target AS who, kind, target_id, attributes, notify FROM attribute_list"
                        + " WHERE owner = :owner AND kind = 'U' AND target IN (<users>)"
                        + " UNION ALL SELECT m.member AS who, a.kind, a.target_id, a.attributes, a.notify"
                        + " FROM contact_member m JOIN attribute_list a"
                        + " ON a.owner = m.owner AND a.kind = 'L' AND a.target = m.list"
                        + " WHERE m.owner = :owner AND m.member IN (<users>)")
                .bind("owner", owner.key())
                .bindList("users", users)
                .map((row, context) -> new Found(row.getString("who"), association(row)))
                .list();
    }

    private static Authorisation with(Authorisation old, Association more) {
        return switch (more.target()) {
            case OfUser _ -> new Authorisation(Optional.of(more), old.ofLists(), old.byDefault(), old.defaultNotify());
            case OfList _ -> {
                List<Association> lists =
                        Stream.concat(old.ofLists().stream(), Stream.of(more)).toList();
                yield new Authorisation(old.ofUser(), lists, old.byDefault(), old.defaultNotify());
            }
        };
    }
}
