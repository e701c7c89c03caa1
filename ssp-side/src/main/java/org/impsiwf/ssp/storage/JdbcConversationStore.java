package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.groups.ConversationStore;
import org.impsiwf.ssp.elements.groups.Extension;
import org.impsiwf.ssp.elements.groups.Extension.State;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.statement.SqlStatement;

/** {@link ConversationStore} in the database. */
public final class JdbcConversationStore implements ConversationStore {

    private static final String INSERT = "INSERT INTO extended_conversation (group_key, group_id, initiator_key,"
            + " initiator_id, conversation_id, partner_id, invitation_id, users, screen_name, subscribes, state,"
            + " deadline, due, attempts, result_code, result_text, note) VALUES (:group_key, :group_id,"
            + " :initiator_key, :initiator_id, :conversation_id, :partner_id, :invitation_id, :users, :screen_name,"
            + " :subscribes, :state, :deadline, :due, :attempts, :result_code, :result_text, :note)"
            + " ON CONFLICT DO NOTHING";
    private static final String UPDATE = "UPDATE extended_conversation SET state = :state, due = :due,"
            + " attempts = :attempts, result_code = :result_code, result_text = :result_text, note = :note"
            + " WHERE group_key = :group_key";
    private static final String SELECT = "SELECT * FROM extended_conversation WHERE ";

    /** No address has one. */
    private static final String BETWEEN_USERS = "\n";

    private final Database database;

    public JdbcConversationStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Extension extension) {
        return database.inTransaction(handle -> bindState(handle.createUpdate(INSERT), extension)
                        .bind("group_id", extension.group().value())
                        .bind("initiator_key", AddressKey.of(extension.initiator()))
                        .bind("initiator_id", extension.initiator().value())
                        .bind(
                                "conversation_id",
                                AddressKey.bounded(extension.conversation().value()))
                        .bind(
                                "partner_id",
                                AddressKey.bounded(extension.partner().value()))
                        .bind("invitation_id", extension.invitation().value())
                        .bind(
                                "users",
                                extension.users().stream()
                                        .map(UserId::value)
                                        .collect(Collectors.joining(BETWEEN_USERS)))
                        .bind("screen_name", extension.screenName())
                        .bind("subscribes", extension.subscribes())
                        .bind("deadline", extension.deadline().toEpochMilli())
                        .execute()
                == 1);
    }

    private static <S extends SqlStatement<S>> S bindState(S statement, Extension extension) {
        Optional<State.Failed> failed = Optional.of(extension.state())
                .filter(State.Failed.class::isInstance)
                .map(State.Failed.class::cast);
        return statement
                .bind("group_key", AddressKey.of(extension.group()))
                .bind("state", name(extension.state()))
                .bind("due", extension.due().toEpochMilli())
                .bind("attempts", extension.attempts())
                .bind("result_code", failed.map(State.Failed::code).orElse(null))
                .bind("result_text", failed.flatMap(State.Failed::text).orElse(null))
                .bind("note", failed.flatMap(State.Failed::note).orElse(null));
    }

    private static String name(State state) {
        return switch (state) {
            case State.Inviting s -> "INVITING";
            case State.Waiting s -> "WAITING";
            case State.Extended s -> "EXTENDED";
            case State.Told s -> "TOLD";
            case State.Failed s -> "FAILED";
            case State.Ended s -> throw new IllegalStateException("what has ended is not kept");
        };
    }

    private static State state(ResultSet row) throws SQLException {
        String name = row.getString("state");
        return switch (name) {
            case "INVITING" -> new State.Inviting();
            case "WAITING" -> new State.Waiting();
            case "EXTENDED" -> new State.Extended();
            case "TOLD" -> new State.Told();
            case "FAILED" ->
                new State.Failed(
                        row.getInt("result_code"),
                        Optional.ofNullable(row.getString("result_text")),
                        Optional.ofNullable(row.getString("note")));
            default -> throw new IllegalStateException("no state of an extension: " + name);
        };
    }

    private static Extension extension(ResultSet row) throws SQLException {
        return new Extension(
                new GroupId(row.getString("group_id")),
                new UserId(row.getString("initiator_id")),
                new ExtendConversationId(row.getString("conversation_id")),
                new UserId(row.getString("partner_id")),
                new InviteId(row.getString("invitation_id")),
                row.getString("users")
                        .lines()
                        .filter(user -> !user.isEmpty())
                        .map(UserId::new)
                        .toList(),
                row.getString("screen_name"),
                row.getBoolean("subscribes"),
                Instant.ofEpochMilli(row.getLong("deadline")),
                state(row),
                Instant.ofEpochMilli(row.getLong("due")),
                row.getInt("attempts"));
    }

    @Override
    public Optional<Extension> lock(GroupId group) {
        return database.inTransaction(handle -> handle.select(SELECT + "group_key = ? FOR UPDATE", AddressKey.of(group))
                .map((row, context) -> extension(row))
                .findOne());
    }

    @Override
    public Optional<Extension> withInvitation(InviteId invitation) {
        return database.read(
                handle -> handle.select(SELECT + "invitation_id = ?", AddressKey.bounded(invitation.value()))
                        .map((row, context) -> extension(row))
                        .findOne());
    }

    @Override
    public void save(Extension extension) {
        database.useTransaction(
                handle -> bindState(handle.createUpdate(UPDATE), extension).execute());
    }

    @Override
    public void remove(GroupId group) {
        database.useTransaction(handle ->
                handle.execute("DELETE FROM extended_conversation WHERE group_key = ?", AddressKey.of(group)));
    }

    @Override
    public List<GroupId> due(Instant now, int atMost) {
        return database.read(handle -> handle.select(
                        "SELECT group_id FROM extended_conversation WHERE due <= ? ORDER BY due LIMIT ?",
                        now.toEpochMilli(),
                        atMost)
                .mapTo(String.class)
                .map(GroupId::new)
                .list());
    }

    @Override
    public void remember(ExtendConversationId sent, Asked asked) {
        database.useTransaction(handle -> handle.execute(
                "INSERT INTO extension_request (sent_id, user_id, conversation_id, expires) VALUES (?, ?, ?, ?)",
                AddressKey.bounded(sent.value()),
                AddressKey.bounded(asked.user().value()),
                AddressKey.bounded(asked.conversation().value()),
                asked.expires().toEpochMilli()));
    }

    @Override
    public Optional<Asked> take(ExtendConversationId sent) {
        String key = AddressKey.bounded(sent.value());
        return database.inTransaction(handle -> {
            Optional<Asked> asked = handle.select("SELECT * FROM extension_request WHERE sent_id = ? FOR UPDATE", key)
                    .map((row, context) -> new Asked(
                            new UserId(row.getString("user_id")),
                            new ExtendConversationId(row.getString("conversation_id")),
                            Instant.ofEpochMilli(row.getLong("expires"))))
                    .findOne();
            handle.execute("DELETE FROM extension_request WHERE sent_id = ?", key);
            return asked;
        });
    }

    @Override
    public void forgetExpired(Instant now) {
        // Looking first spares the disk a commit per second.
        boolean any = database.read(handle -> handle.select(
                        "SELECT 1 FROM extension_request WHERE expires <= ? LIMIT 1", now.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
        if (any) {
            database.useTransaction(
                    handle -> handle.execute("DELETE FROM extension_request WHERE expires <= ?", now.toEpochMilli()));
        }
    }
}
