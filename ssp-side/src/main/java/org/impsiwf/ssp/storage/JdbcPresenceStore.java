package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.presence.Owed;
import org.impsiwf.ssp.elements.presence.PresenceStore;
import org.impsiwf.ssp.elements.presence.Subscription;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;

/** {@link PresenceStore} in the database. */
public final class JdbcPresenceStore implements PresenceStore {

    private static final String SUBSCRIPTION =
            "SELECT publisher, watcher, asked, authorised, suspended, own FROM presence_subscription WHERE ";

    private static final String ALL_WATCHERS = "*";

    /** How many addresses one statement names at most. */
    private static final int CHUNK = 500;

    private final Database database;

    public JdbcPresenceStore(Database database) {
        this.database = database;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return database.inTransaction(handle -> work.get());
    }

    @Override
    public Publisher lock(UserId publisher) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "INSERT INTO presence_publisher (publisher, watchers) VALUES (?, 0) ON CONFLICT DO NOTHING",
                    publisher.key());
            return handle.select(
                            "SELECT watchers, published FROM presence_publisher WHERE publisher = ? FOR UPDATE",
                            publisher.key())
                    .map((row, context) -> new Publisher(row.getInt("watchers"), published(row)))
                    .one();
        });
    }

    @Override
    public PresenceSubList values(UserId publisher) {
        return database.read(
                handle -> handle.select("SELECT published FROM presence_publisher WHERE publisher = ?", publisher.key())
                        .map((row, context) -> published(row))
                        .findOne()
                        .orElse(PresenceSubList.NONE));
    }

    private static PresenceSubList published(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("published");
        if (bytes == null) {
            return PresenceSubList.NONE;
        }
        GetPresenceResponse stored = (GetPresenceResponse) StoredPrimitive.of(bytes);
        return stored.presenceValueList().getFirst().attributes();
    }

    @Override
    public void save(UserId publisher, PresenceSubList values) {
        byte[] bytes = StoredPrimitive.bytes(new GetPresenceResponse(
                Status.of(StatusCode.SUCCESSFUL), List.of(new PresenceValue(publisher, values))));
        database.useTransaction(handle -> handle.execute(
                "UPDATE presence_publisher SET published = ? WHERE publisher = ?", bytes, publisher.key()));
    }

    @Override
    public Optional<Subscription> find(UserId publisher, UserId watcher) {
        return database.read(
                handle -> handle.select(SUBSCRIPTION + "publisher = ? AND watcher = ?", publisher.key(), watcher.key())
                        .map((row, context) -> subscription(row))
                        .findOne());
    }

    @Override
    public void put(Subscription subscription) {
        database.useTransaction(handle -> {
            int changed = handle.execute(
                    "UPDATE presence_subscription SET asked = ?, authorised = ?, suspended = ?, own = ?"
                            + " WHERE publisher = ? AND watcher = ?",
                    subscription.asked().bits(),
                    subscription.authorised().bits(),
                    subscription.isSuspended(),
                    subscription.isOwn(),
                    subscription.publisher().key(),
                    subscription.watcher().key());
            if (changed == 0) {
                handle.execute(
                        "INSERT INTO presence_subscription (asked, authorised, suspended, own, publisher, watcher, watcher_domain)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        subscription.asked().bits(),
                        subscription.authorised().bits(),
                        subscription.isSuspended(),
                        subscription.isOwn(),
                        subscription.publisher().key(),
                        subscription.watcher().key(),
                        subscription.watcher().domain());
                countWatcher(handle, subscription.publisher(), 1);
            }
        });
    }

    @Override
    public void remove(UserId publisher, UserId watcher) {
        database.useTransaction(handle -> {
            int removed = handle.execute(
                    "DELETE FROM presence_subscription WHERE publisher = ? AND watcher = ?",
                    publisher.key(),
                    watcher.key());
            countWatcher(handle, publisher, -removed);
        });
    }

    private static void countWatcher(Handle handle, UserId publisher, int more) {
        if (more != 0) {
            handle.execute(
                    "UPDATE presence_publisher SET watchers = watchers + ? WHERE publisher = ?", more, publisher.key());
        }
    }

    @Override
    public List<Subscription> watchersOf(UserId publisher) {
        return database.read(handle -> handle.select(SUBSCRIPTION + "publisher = ? ORDER BY watcher", publisher.key())
                .map((row, context) -> subscription(row))
                .list());
    }

    @Override
    public List<Subscription> watchersOf(UserId publisher, Collection<UserId> watchers) {
        return chunked("publisher = :one AND watcher IN (<many>) ORDER BY watcher", publisher, watchers);
    }

    @Override
    public List<Subscription> subscriptionsOf(UserId watcher) {
        return database.read(handle -> handle.select(SUBSCRIPTION + "watcher = ? ORDER BY publisher", watcher.key())
                .map((row, context) -> subscription(row))
                .list());
    }

    @Override
    public List<Subscription> subscriptionsOf(UserId watcher, Collection<UserId> publishers) {
        return chunked("watcher = :one AND publisher IN (<many>) ORDER BY publisher", watcher, publishers);
    }

    private List<Subscription> chunked(String condition, UserId one, Collection<UserId> many) {
        List<String> keys = many.stream().map(UserId::key).distinct().toList();
        return database.read(handle -> {
            List<Subscription> found = new ArrayList<>();
            for (int from = 0; from < keys.size(); from += CHUNK) {
                found.addAll(handle.createQuery(SUBSCRIPTION + condition)
                        .bind("one", one.key())
                        .bindList("many", keys.subList(from, Math.min(keys.size(), from + CHUNK)))
                        .map((row, context) -> subscription(row))
                        .list());
            }
            return found;
        });
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        return new Subscription(
                new UserId(row.getString("publisher")),
                new UserId(row.getString("watcher")),
                new AttributeSet(row.getInt("asked")),
                new AttributeSet(row.getInt("authorised")),
                row.getBoolean("suspended"),
                row.getBoolean("own"));
    }

    @Override
    public int countSubscriptionsOf(UserId watcher) {
        return database.read(
                handle -> handle.select("SELECT COUNT(*) FROM presence_subscription WHERE watcher = ?", watcher.key())
                        .mapTo(Integer.class)
                        .one());
    }

    @Override
    public void putList(ContactListId list, UserId owner, AttributeSet asked) {
        database.useTransaction(handle -> {
            removeList(list);
            handle.execute(
                    "INSERT INTO presence_list (list, owner, asked) VALUES (?, ?, ?)",
                    list.key(),
                    owner.key(),
                    asked.bits());
        });
    }

    @Override
    public void removeList(ContactListId list) {
        database.useTransaction(handle -> handle.execute("DELETE FROM presence_list WHERE list = ?", list.key()));
    }

    @Override
    public Optional<AttributeSet> asked(ContactListId list) {
        return database.read(handle -> handle.select("SELECT asked FROM presence_list WHERE list = ?", list.key())
                .map((row, context) -> new AttributeSet(row.getInt(1)))
                .findOne());
    }

    @Override
    public List<ContactListId> listsOf(UserId owner) {
        return database.read(
                handle -> handle.select("SELECT list FROM presence_list WHERE owner = ? ORDER BY list", owner.key())
                        .map((row, context) -> new ContactListId(row.getString(1)))
                        .list());
    }

    @Override
    public List<Subscription> watchersIn(String domain, UserId publisher) {
        return database.read(handle -> handle.select(
                        SUBSCRIPTION + "publisher = ? AND watcher_domain = ? ORDER BY watcher", publisher.key(), domain)
                .map((row, context) -> subscription(row))
                .list());
    }

    @Override
    public void owe(String domain, UserId publisher, Optional<UserId> watcher, AttributeSet attributes) {
        String whom = watcher.map(UserId::key).orElse(ALL_WATCHERS);
        database.useTransaction(handle -> {
            Optional<AttributeSet> old = handle.select(
                            "SELECT attributes FROM presence_owed WHERE domain = ? AND publisher = ? AND watcher = ?"
                                    + " FOR UPDATE",
                            domain,
                            publisher.key(),
                            whom)
                    .map((row, context) -> new AttributeSet(row.getInt(1)))
                    .findOne();
            if (old.isPresent()) {
                handle.execute(
                        "UPDATE presence_owed SET attributes = ?, version = version + 1"
                                + " WHERE domain = ? AND publisher = ? AND watcher = ?",
                        old.get().plus(attributes).bits(),
                        domain,
                        publisher.key(),
                        whom);
            } else {
                handle.execute(
                        "INSERT INTO presence_owed (domain, publisher, watcher, attributes, version)"
                                + " VALUES (?, ?, ?, ?, 1)",
                        domain,
                        publisher.key(),
                        whom,
                        attributes.bits());
            }
        });
    }

    @Override
    public List<Owed> owedTo(String domain, int atMost) {
        return database.read(handle -> handle.select(
                        "SELECT domain, publisher, watcher, attributes, version FROM presence_owed WHERE domain = ?"
                                + " ORDER BY domain, publisher, watcher LIMIT ?",
                        domain,
                        atMost)
                .map((row, context) -> new Owed(
                        row.getString("domain"),
                        new UserId(row.getString("publisher")),
                        Optional.of(row.getString("watcher"))
                                .filter(watcher -> !watcher.equals(ALL_WATCHERS))
                                .map(UserId::new),
                        new AttributeSet(row.getInt("attributes")),
                        row.getLong("version")))
                .list());
    }

    @Override
    public void paid(Owed owed) {
        database.useTransaction(handle -> handle.execute(
                "DELETE FROM presence_owed WHERE domain = ? AND publisher = ? AND watcher = ? AND version = ?",
                owed.domain(),
                owed.publisher().key(),
                owed.watcher().map(UserId::key).orElse(ALL_WATCHERS),
                owed.version()));
    }

    @Override
    public List<String> domainsOwed() {
        return database.read(handle -> handle.createQuery("SELECT DISTINCT domain FROM presence_owed")
                .mapTo(String.class)
                .list());
    }
}
