package org.impsiwf.ssp.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.invitation.Invitation;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.elements.invitation.Invitation.State;
import org.impsiwf.ssp.elements.invitation.InvitationStore;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link InvitationStore} in the database. */
public final class JdbcInvitationStore implements InvitationStore {

    private static final int LONGEST_NOTE = 2_000;
    private static final int FORGOTTEN_AT_ONCE = 200;

    private final Database database;

    public JdbcInvitationStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Invitation invitation) {
        Invitation.Key key = invitation.key();
        database.useTransaction(handle -> {
            handle.execute(
                    "INSERT INTO invitation (inviter, invite_id, shown, primitive, via, expires)"
                            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    Keys.of(key.inviter()),
                    key.id().value(),
                    key.inviter().value(),
                    StoredPrimitive.bytes(invitation.request()),
                    invitation.via().orElse(null),
                    invitation.expires().toEpochMilli());
            PreparedBatch rows = handle.prepareBatch("INSERT INTO invitee"
                    + " (inviter, invite_id, user_id, shown, position, state, note, told, untold_since)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING");
            int position = 0;
            for (Invitee invitee : invitation.invitees()) {
                rows.add(
                        Keys.of(key.inviter()),
                        key.id().value(),
                        Keys.of(invitee.user()),
                        invitee.user().value(),
                        position++,
                        invitee.state().name(),
                        invitee.note().orElse(null),
                        invitee.told());
            }
            if (position > 0) {
                rows.execute();
            }
        });
    }

    @Override
    public Optional<Invitation> find(Invitation.Key key) {
        return database.read(handle -> find(handle, key, ""));
    }

    @Override
    public Optional<Invitation> lock(Invitation.Key key) {
        return database.inTransaction(handle -> find(handle, key, " FOR UPDATE"));
    }

    private static Optional<Invitation> find(Handle handle, Invitation.Key key, String lock) {
        return handle.select(
                        "SELECT shown, primitive, via, expires FROM invitation WHERE inviter = ? AND invite_id = ?"
                                + lock,
                        Keys.of(key.inviter()),
                        key.id().value())
                .map((row, context) -> new Invitation(
                        new Invitation.Key(new UserId(row.getString("shown")), key.id()),
                        (InviteRequest) StoredPrimitive.of(row.getBytes("primitive")),
                        Optional.ofNullable(row.getString("via")),
                        Instant.ofEpochMilli(row.getLong("expires")),
                        List.of()))
                .findOne()
                .map(found -> new Invitation(
                        found.key(), found.request(), found.via(), found.expires(), invitees(handle, key)));
    }

    private static List<Invitee> invitees(Handle handle, Invitation.Key key) {
        return handle.select(
                        "SELECT shown, state, note, told FROM invitee WHERE inviter = ? AND invite_id = ?"
                                + " ORDER BY position, user_id",
                        Keys.of(key.inviter()),
                        key.id().value())
                .map((row, context) -> new Invitee(
                        new UserId(row.getString("shown")),
                        State.valueOf(row.getString("state")),
                        Optional.ofNullable(row.getString("note")),
                        row.getBoolean("told")))
                .list();
    }

    @Override
    public void update(Invitation.Key key, Invitee invitee, Instant answered) {
        boolean answer = invitee.state() == State.ACCEPTED || invitee.state() == State.REJECTED;
        Long untoldSince = answer && !invitee.told() ? answered.toEpochMilli() : null;
        database.useTransaction(handle -> handle.execute(
                "UPDATE invitee SET state = ?, note = ?, told = ?, untold_since = ?"
                        + " WHERE inviter = ? AND invite_id = ? AND user_id = ?",
                invitee.state().name(),
                invitee.note().map(JdbcInvitationStore::shortened).orElse(null),
                invitee.told(),
                untoldSince,
                Keys.of(key.inviter()),
                key.id().value(),
                Keys.of(invitee.user())));
    }

    private static String shortened(String note) {
        return note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note;
    }

    @Override
    public void remove(Invitation.Key key, Collection<UserId> invitees) {
        database.useTransaction(handle -> {
            PreparedBatch rows =
                    handle.prepareBatch("DELETE FROM invitee WHERE inviter = ? AND invite_id = ? AND user_id = ?");
            invitees.forEach(user -> rows.add(Keys.of(key.inviter()), key.id().value(), Keys.of(user)));
            rows.execute();
            handle.execute(
                    "DELETE FROM invitation WHERE inviter = ? AND invite_id = ? AND NOT EXISTS (SELECT 1 FROM invitee"
                            + " WHERE invitee.inviter = invitation.inviter AND invitee.invite_id = invitation.invite_id)",
                    Keys.of(key.inviter()),
                    key.id().value());
        });
    }

    @Override
    public List<Invitation.Key> untold(Instant answeredBefore, int atMost) {
        return database.read(handle -> handle
                .select(
                        "SELECT inviter, invite_id FROM invitee WHERE untold_since <= ? ORDER BY untold_since LIMIT ?",
                        answeredBefore.toEpochMilli(),
                        atMost)
                .map((row, context) -> new Invitation.Key(new UserId(row.getString(1)), new InviteId(row.getString(2))))
                .list()
                .stream()
                .distinct()
                .toList());
    }

    @Override
    public void forget(Instant now) {
        List<Invitation.Key> over = database.read(handle -> handle.select(
                        "SELECT inviter, invite_id FROM invitation WHERE expires <= ? ORDER BY expires LIMIT ?",
                        now.toEpochMilli(),
                        FORGOTTEN_AT_ONCE)
                .map((row, context) -> new Invitation.Key(new UserId(row.getString(1)), new InviteId(row.getString(2))))
                .list());
        over.forEach(key -> database.useTransaction(handle -> {
            String inviter = Keys.of(key.inviter());
            handle.execute(
                    "DELETE FROM invitee WHERE inviter = ? AND invite_id = ?",
                    inviter,
                    key.id().value());
            handle.execute(
                    "DELETE FROM invitation WHERE inviter = ? AND invite_id = ?",
                    inviter,
                    key.id().value());
        }));
    }
}
