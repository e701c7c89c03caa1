package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.groups.Group;
import org.impsiwf.ssp.elements.groups.GroupRole;
import org.impsiwf.ssp.elements.groups.GroupSettings;
import org.impsiwf.ssp.elements.groups.OwnSettings;
import org.impsiwf.ssp.elements.groups.Participant;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What joining, leaving and posting read does not grow with the groups that they do not touch: counted in rows. */
class GroupCostTest {

    private static final String GROUP = AddressKey.of(group(7));
    private static final String MEMBER = AddressKey.of(user(1));
    private static final String STRANGER = AddressKey.of(user(99));

    private static Database few;
    private static Database many;

    @BeforeAll
    static void fill() {
        few = Databases.H2.fresh();
        many = Databases.H2.fresh();
        fill(few, 50);
        fill(many, 600);
    }

    @AfterAll
    static void close() {
        few.close();
        many.close();
    }

    private static void fill(Database database, int groups) {
        JdbcGroupStore store = new JdbcGroupStore(database);
        store.atomically(() -> {
            for (int i = 0; i < groups; i++) {
                Group group = Group.of(group(i), Optional.empty(), GroupSettings.ofDefaults(), Instant.EPOCH);
                store.create(group, Integer.MAX_VALUE, Integer.MAX_VALUE);
                for (int member = 0; member < 3; member++) {
                    store.save(group.id(), member(member));
                }
            }
            return null;
        });
        // As the database itself does from time to time; until then it does not know that one index is better than
        // another.
        database.useTransaction(handle -> handle.execute("ANALYZE"));
    }

    private static Participant member(int number) {
        return new Participant(
                user(number),
                GroupRole.ORDINARY,
                /* rejected= */ false,
                /* invited= */ false,
                Optional.of(new Participant.Presence("name" + number, /* subscribed= */ true, Instant.EPOCH, 0)),
                OwnSettings.ofDefaults());
    }

    private static GroupId group(int number) {
        return new GroupId("wv:/g" + (10_000 + number) + "@home.example.com");
    }

    private static UserId user(int number) {
        return new UserId("wv:u" + (10_000 + number) + "@home.example.com");
    }

    static Stream<Arguments> statements() {
        String participants = "SELECT * FROM group_participant WHERE group_key = ?";
        return Stream.of(
                Arguments.of("SELECT * FROM imps_group WHERE group_key = ? FOR UPDATE", List.of(GROUP)),
                Arguments.of(participants + " AND user_key = ?", List.of(GROUP, MEMBER)),
                Arguments.of(participants + " AND user_key = ?", List.of(GROUP, STRANGER)),
                Arguments.of(participants + " AND screen_key = ?", List.of(GROUP, "name1")),
                Arguments.of(participants + " AND screen_key IS NOT NULL ORDER BY since, screen_key", List.of(GROUP)),
                Arguments.of(participants + " AND subscribed = TRUE ORDER BY user_key", List.of(GROUP)),
                Arguments.of("UPDATE imps_group SET joined = 4 WHERE group_key = ?", List.of(GROUP)),
                Arguments.of(
                        "UPDATE group_participant SET subscribed = FALSE WHERE group_key = ? AND user_key = ?",
                        List.of(GROUP, MEMBER)),
                Arguments.of(
                        "DELETE FROM group_participant WHERE group_key = ? AND user_key = ?", List.of(GROUP, MEMBER)),
                Arguments.of(
                        "SELECT group_id FROM imps_group WHERE expires <= ? ORDER BY expires LIMIT 10",
                        List.of(Instant.now().toEpochMilli())));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void readsAsMuchAmongManyGroupsAsAmongFew(String sql, List<Object> arguments) {
        assertThat(RowsRead.by(many, sql, arguments.toArray())).isEqualTo(RowsRead.by(few, sql, arguments.toArray()));
    }
}
