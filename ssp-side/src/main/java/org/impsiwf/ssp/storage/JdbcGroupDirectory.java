package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.impsiwf.ssp.elements.GroupDirectory;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;

/** {@link GroupDirectory} over the tables of {@link JdbcGroupStore}. */
public final class JdbcGroupDirectory implements GroupDirectory {

    private static final String OF_PARTICIPANT = "SELECT g.group_id FROM group_participant p JOIN imps_group g"
            + " ON g.group_key = p.group_key WHERE p.user_key = ? AND ";

    private static final String DESCRIBE =
            "SELECT g.group_id, g.name, g.topic, g.searchable, g.minimum_age, g.owner_key,"
                    + " p.screen_key, p.auto_join FROM imps_group g LEFT JOIN group_participant p"
                    + " ON p.group_key = g.group_key AND p.user_key = :searcher"
                    + " WHERE g.group_key IN (<groups>) ORDER BY g.group_key";

    private final Database database;

    public JdbcGroupDirectory(Database database) {
        this.database = database;
    }

    @Override
    public List<GroupId> candidates(SearchElement element, String text, int atMost) {
        return database.read(handle -> switch (element) {
            case GROUP_ID, GROUP_NAME, GROUP_TOPIC ->
                TermIndex.containing(handle, element, text, atMost).stream()
                        .map(GroupId::new)
                        .toList();
            case GROUP_USER_ID_JOINED ->
                ofUser(handle, OF_PARTICIPANT + "p.screen_key IS NOT NULL LIMIT ?", text, atMost);
            case GROUP_USER_ID_AUTOJOIN -> ofUser(handle, OF_PARTICIPANT + "p.auto_join LIMIT ?", text, atMost);
            case GROUP_USER_ID_OWNER ->
                ofUser(handle, "SELECT group_id FROM imps_group WHERE owner_key = ? LIMIT ?", text, atMost);
            default -> throw new IllegalArgumentException(element + " does not search groups");
        });
    }

    private static List<GroupId> ofUser(Handle handle, String sql, String user, int atMost) {
        return handle.select(sql, AddressKey.of(new UserId(user)), atMost)
                .mapTo(String.class)
                .map(GroupId::new)
                .list();
    }

    @Override
    public List<FoundGroup> describe(Collection<GroupId> groups, UserId searcher) {
        if (groups.isEmpty()) {
            return List.of();
        }
        String searcherKey = AddressKey.of(searcher);
        return database.read(handle -> handle.createQuery(DESCRIBE)
                .bind("searcher", searcherKey)
                .bindList("groups", groups.stream().map(AddressKey::of).toList())
                .map((row, context) -> found(row, searcherKey))
                .list());
    }

    private static FoundGroup found(ResultSet row, String searcherKey) throws SQLException {
        int minimumAge = Integer.parseInt(row.getString("minimum_age"));
        return new FoundGroup(
                new GroupId(row.getString("group_id")),
                row.getString("name"),
                row.getString("topic"),
                "T".equals(row.getString("searchable")),
                minimumAge == 0 ? OptionalInt.empty() : OptionalInt.of(minimumAge),
                row.getString("screen_key") != null,
                searcherKey.equals(row.getString("owner_key")),
                row.getBoolean("auto_join"));
    }
}
