package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.delivery.Carriers;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.delivery.PendingStore;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.primitives.Primitive;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Pending primitives. Who adds to a queue or takes from it holds the queue's row, so a queue neither falls asleep nor
 * disappears under somebody who adds to it.
 */
public final class JdbcPendingStore implements PendingStore {

    private static final String SELECT = "SELECT p.id, p.kind, p.destination, p.lane, p.reference, b.primitive,"
            + " p.stored, p.expires, COALESCE(q.attempts, 0) AS attempts FROM pending p"
            + " JOIN pending_primitive b ON b.id = p.primitive_id"
            + " LEFT JOIN pending_queue q ON q.destination = p.destination ";
    private static final int MANY = 500;

    private final Database database;
    private final Carriers carriers;
    private final AtomicReference<Set<String>> known = new AtomicReference<>(Set.of());

    /** Of one process that has the database to itself. */
    public JdbcPendingStore(Database database) {
        this(database, Carriers.alone());
    }

    public JdbcPendingStore(Database database, Carriers carriers) {
        this.database = database;
        this.carriers = carriers;
    }

    @Override
    public void add(Collection<Pending.Order> orders, Instant now, boolean awake) {
        if (orders.isEmpty()) {
            return;
        }
        database.useTransaction(handle -> {
            Map<Primitive, Long> primitives = insertPrimitives(handle, orders);
            // In one order for everybody, so that two who add to several queues don't wait for each other.
            Map<String, Destination> queues = new TreeMap<>();
            orders.forEach(order -> queues.put(order.destination().key(), order.destination()));
            queues.keySet().forEach(key -> hold(handle, key, now, awake));
            PreparedBatch rows = handle.prepareBatch("INSERT INTO pending"
                    + " (kind, destination, lane, reference, primitive_id, parked, stored, expires)"
                    + " VALUES (?, ?, ?, ?, ?, FALSE, ?, ?)");
            for (Pending.Order order : orders) {
                rows.add(
                        order.kind().name(),
                        order.destination().key(),
                        order.lane(),
                        order.reference(),
                        primitives.get(order.primitive()),
                        now.toEpochMilli(),
                        order.expires().toEpochMilli());
            }
            rows.execute();
        });
    }

    private static Map<Primitive, Long> insertPrimitives(Handle handle, Collection<Pending.Order> orders) {
        Map<Primitive, Integer> uses = new LinkedHashMap<>();
        orders.forEach(order -> uses.merge(order.primitive(), 1, Integer::sum));
        Map<Primitive, Long> ids = new HashMap<>();
        uses.forEach((primitive, count) -> ids.put(
                primitive,
                handle.createUpdate("INSERT INTO pending_primitive (uses, primitive) VALUES (?, ?)")
                        .bind(0, count)
                        .bind(1, StoredPrimitive.bytes(primitive))
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one()));
        return ids;
    }

    private static void hold(Handle handle, String queue, Instant now, boolean awake) {
        Long due = awake ? now.toEpochMilli() : null;
        boolean held = false;
        while (!held) {
            int made = handle.createUpdate(
                            "INSERT INTO pending_queue (destination, due, attempts) VALUES (?, ?, 0) ON CONFLICT DO NOTHING")
                    .bind(0, queue)
                    .bind(1, due)
                    .execute();
            // A queue that waits for its next attempt goes on waiting.
            int woken = handle.execute(
                    "UPDATE pending_queue SET due = COALESCE(due, CAST(? AS BIGINT)) WHERE destination = ?",
                    due,
                    queue);
            held = made + woken > 0;
        }
    }

    @Override
    public List<Destination> due(Instant now, int atMost) {
        return database.read(handle -> handle.select(
                        "SELECT destination FROM pending_queue WHERE due <= ? ORDER BY due LIMIT ?",
                        now.toEpochMilli(),
                        atMost)
                .mapTo(String.class)
                .map(Destination::of)
                .list());
    }

    @Override
    public List<Pending> claim(Destination queue, Instant now, Instant until, int atMost) {
        return database.inTransaction(handle -> {
            Optional<Long> due = handle.select(
                            "SELECT due FROM pending_queue WHERE destination = ? AND due <= ? FOR UPDATE",
                            queue.key(),
                            now.toEpochMilli())
                    .mapTo(Long.class)
                    .findOne();
            if (due.isEmpty()) {
                return List.of();
            }
            List<Pending> batch = handle.select(
                            SELECT + "WHERE p.destination = ? AND p.parked = FALSE ORDER BY p.id LIMIT ?",
                            queue.key(),
                            atMost)
                    .map((row, context) -> pending(row))
                    .list();
            if (batch.isEmpty()) {
                sleep(handle, queue.key());
            } else {
                handle.execute(
                        "UPDATE pending_queue SET due = ?, claimed_by = ? WHERE destination = ?",
                        until.toEpochMilli(),
                        carriers.self(),
                        queue.key());
            }
            return batch;
        });
    }

    @Override
    public void takeFromTheDead(Instant now) {
        Set<String> alive = carriers.alive().get();
        if (alive.equals(known.get())) {
            return;
        }
        database.useTransaction(handle -> handle.createUpdate("UPDATE pending_queue SET due = :now, claimed_by = NULL"
                        + " WHERE claimed_by IS NOT NULL AND claimed_by NOT IN (<alive>)")
                .bind("now", now.toEpochMilli())
                .bindList("alive", List.copyOf(alive))
                .execute());
        known.set(alive);
    }

    private static void sleep(Handle handle, String queue) {
        int gone = handle.execute(
                "DELETE FROM pending_queue WHERE destination = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM pending WHERE pending.destination = ?)",
                queue,
                queue);
        if (gone == 0) {
            handle.execute(
                    "UPDATE pending_queue SET due = NULL, attempts = 0, claimed_by = NULL WHERE destination = ?",
                    queue);
        }
    }

    @Override
    public boolean settle(Destination queue, List<Settled> settled, Instant now, Instant again) {
        return database.inTransaction(handle -> {
            Optional<Claim> claim = claim(handle, queue.key());
            if (claim.isEmpty()) {
                settled.stream()
                        .filter(one -> one.verdict() instanceof Verdict.Over)
                        .forEach(one -> settle(handle, one, again));
                return false;
            }
            boolean woken = claim.get().until() <= now.toEpochMilli();
            boolean down = false;
            for (Settled one : settled) {
                // Who has logged in since the item was claimed has been looked for in vain.
                boolean leftWaiting = woken && one.verdict() instanceof Verdict.Parked;
                down |= !leftWaiting && settle(handle, one, again);
            }
            if (down) {
                handle.execute(
                        "UPDATE pending_queue SET due = ?, attempts = attempts + 1, claimed_by = NULL WHERE destination = ?",
                        again.toEpochMilli(),
                        queue.key());
                return false;
            }
            boolean more = handle.select(
                            "SELECT 1 FROM pending WHERE destination = ? AND parked = FALSE LIMIT 1", queue.key())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (more) {
                handle.execute(
                        "UPDATE pending_queue SET due = ?, attempts = 0, claimed_by = NULL WHERE destination = ?",
                        now.toEpochMilli(),
                        queue.key());
            } else {
                sleep(handle, queue.key());
            }
            return more;
        });
    }

    /** @param until when its lease ends; earlier, if the queue was woken */
    private record Claim(long until) {}

    /** Empty when the queue is not ours any more. Holds the queue. */
    private Optional<Claim> claim(Handle handle, String queue) {
        return handle.select(
                        "SELECT due FROM pending_queue WHERE destination = ? AND claimed_by = ? FOR UPDATE",
                        queue,
                        carriers.self())
                .map((row, context) -> new Claim(row.getLong("due")))
                .findOne();
    }

    /** Returns whether the queue is to rest. */
    private static boolean settle(Handle handle, Settled settled, Instant again) {
        Pending item = settled.item();
        return switch (settled.verdict()) {
            case Verdict.Over(Runnable alongside) -> {
                if (remove(handle, item.id())) {
                    alongside.run();
                }
                yield false;
            }
            case Verdict.Parked() -> {
                handle.execute("UPDATE pending SET parked = TRUE WHERE id = ?", item.id());
                yield false;
            }
            case Verdict.PutOff() -> {
                if (item.destination() instanceof Destination.ToDomain(String domain)) {
                    putAside(handle, item, new Destination.Aside(domain, item.id()), again);
                    yield false;
                }
                yield true;
            }
            case Verdict.Down() -> true;
        };
    }

    private static void putAside(Handle handle, Pending item, Destination queue, Instant due) {
        handle.execute(
                "INSERT INTO pending_queue (destination, due, attempts) VALUES (?, ?, 1) ON CONFLICT DO NOTHING",
                queue.key(),
                due.toEpochMilli());
        handle.execute("UPDATE pending SET destination = ? WHERE id = ?", queue.key(), item.id());
    }

    @Override
    public boolean end(long item, Runnable alongside) {
        return database.inTransaction(handle -> {
            boolean removed = remove(handle, item);
            if (removed) {
                alongside.run();
            }
            return removed;
        });
    }

    private static boolean remove(Handle handle, long item) {
        Optional<Long> primitive = handle.select("SELECT primitive_id FROM pending WHERE id = ? FOR UPDATE", item)
                .mapTo(Long.class)
                .findOne();
        if (primitive.isEmpty()) {
            return false;
        }
        handle.execute("DELETE FROM pending WHERE id = ?", item);
        handle.execute("UPDATE pending_primitive SET uses = uses - 1 WHERE id = ?", primitive.get());
        handle.execute("DELETE FROM pending_primitive WHERE id = ? AND uses = 0", primitive.get());
        return true;
    }

    @Override
    public void wake(Destination queue, Instant now) {
        database.useTransaction(handle -> {
            int woken = handle.execute(
                    "UPDATE pending_queue SET due = ? WHERE destination = ?", now.toEpochMilli(), queue.key());
            if (woken > 0) {
                handle.execute(
                        "UPDATE pending SET parked = FALSE WHERE destination = ? AND parked = TRUE", queue.key());
            }
        });
    }

    @Override
    public Optional<Pending> find(Kind kind, Destination queue, String reference) {
        return database.read(handle -> handle.select(
                        SELECT + "WHERE p.destination = ? AND p.reference = ? AND p.kind = ? ORDER BY p.id LIMIT 1",
                        queue.key(),
                        reference,
                        kind.name())
                .map((row, context) -> pending(row))
                .findOne());
    }

    @Override
    public List<Pending> list(Kind kind, Destination queue, int atMost) {
        return database.read(handle -> handle.select(
                        SELECT + "WHERE p.destination = ? AND p.kind = ? ORDER BY p.id LIMIT ?",
                        queue.key(),
                        kind.name(),
                        atMost)
                .map((row, context) -> pending(row))
                .list());
    }

    @Override
    public int count(Kind kind, Destination queue) {
        return counts(kind, List.of(queue)).getOrDefault(queue, 0);
    }

    @Override
    public Map<Destination, Integer> counts(Kind kind, Collection<? extends Destination> queues) {
        Map<String, Destination> byKey = new HashMap<>();
        queues.forEach(queue -> byKey.put(queue.key(), queue));
        List<String> keys = List.copyOf(byKey.keySet());
        Map<Destination, Integer> counts = new HashMap<>();
        database.read(handle -> {
            for (int from = 0; from < keys.size(); from += MANY) {
                handle.createQuery("SELECT destination, COUNT(*) AS n FROM pending"
                                + " WHERE destination IN (<keys>) AND kind = :kind GROUP BY destination")
                        .bindList("keys", keys.subList(from, Math.min(from + MANY, keys.size())))
                        .bind("kind", kind.name())
                        .map((row, context) -> Map.entry(row.getString("destination"), row.getInt("n")))
                        .forEach(count -> counts.put(byKey.get(count.getKey()), count.getValue()));
            }
            return true;
        });
        return counts;
    }

    @Override
    public List<Pending> expired(Instant now, int atMost) {
        return database.read(handle -> handle.select(
                        SELECT + "WHERE p.expires <= ? ORDER BY p.expires LIMIT ?", now.toEpochMilli(), atMost)
                .map((row, context) -> pending(row))
                .list());
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return database.inTransaction(handle -> work.get());
    }

    private static Pending pending(ResultSet row) throws SQLException {
        return new Pending(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                Destination.of(row.getString("destination")),
                row.getString("lane"),
                row.getString("reference"),
                StoredPrimitive.of(row.getBytes("primitive")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("stored")),
                Instant.ofEpochMilli(row.getLong("expires")));
    }
}
