package org.impsiwf.ssp.storage;

import java.util.List;
import org.impsiwf.ssp.elements.groups.GroupsElsewhere;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;

/** {@link GroupsElsewhere} in the database. */
public final class JdbcGroupsElsewhere implements GroupsElsewhere {

    private final Database database;

    public JdbcGroupsElsewhere(Database database) {
        this.database = database;
    }

    @Override
    public void joined(GroupId group, UserId user) {
        database.useTransaction(handle -> handle.execute(
                "INSERT INTO joined_elsewhere (group_key, user_key, user_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                AddressKey.of(group),
                AddressKey.of(user),
                user.value()));
    }

    @Override
    public void left(GroupId group, UserId user) {
        database.useTransaction(handle -> handle.execute(
                "DELETE FROM joined_elsewhere WHERE group_key = ? AND user_key = ?",
                AddressKey.of(group),
                AddressKey.of(user)));
    }

    @Override
    public boolean isJoined(GroupId group, UserId user) {
        return database.read(handle -> handle.select(
                        "SELECT 1 FROM joined_elsewhere WHERE group_key = ? AND user_key = ?",
                        AddressKey.of(group),
                        AddressKey.of(user))
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public List<UserId> joined(GroupId group) {
        return database.read(handle -> handle.select(
                        "SELECT user_id FROM joined_elsewhere WHERE group_key = ? ORDER BY user_key",
                        AddressKey.of(group))
                .mapTo(String.class)
                .map(UserId::new)
                .list());
    }
}
