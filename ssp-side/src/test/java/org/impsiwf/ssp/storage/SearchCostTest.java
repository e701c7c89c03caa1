package org.impsiwf.ssp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.common.PublicField;
import org.impsiwf.ssp.elements.common.PublicFields;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Test;

/**
 * What a search reads does not grow with the users that it doesn't find: counted in rows, by the database itself, not in
 * time.
 */
class SearchCostTest {

    private static int rowsRead(int users, String sql, Object... arguments) {
        try (Database database = Databases.H2.fresh()) {
            fill(database, users);
            return RowsRead.by(database, sql, arguments);
        }
    }

    private static void fill(Database database, int users) {
        new JdbcUserStore(database)
                .registerAll(
                        IntStream.range(0, users)
                                .mapToObj(i -> Registration.of(user(i)).named("First" + i, "Last" + i))
                                .toList(),
                        Instant.EPOCH);
        Map<UserId, PublicFields> profiles = new HashMap<>();
        for (int i = 0; i < users; i++) {
            profiles.put(user(i), new PublicFields(Map.of(PublicField.AGE, "30", PublicField.CITY, "City " + i)));
        }
        new JdbcPublicProfiles(database).fill(profiles);
    }

    private static UserId user(int number) {
        return new UserId("wv:u" + (1_000_000 + number) + "@home.example.com");
    }

    @Test
    void aPartOfAValueReadsTheRowsThatBeginSo() {
        String sql = "SELECT object_id FROM search_term WHERE element = ? AND term >= ? AND term < ? LIMIT ?";
        Object[] one = {"USER_LAST_NAME", "ast77".getBytes(UTF_8), "ast78".getBytes(UTF_8), 100};
        assertThat(rowsRead(100, sql, one))
                .isEqualTo(rowsRead(
                        5_000, sql, "USER_LAST_NAME", "ast4077".getBytes(UTF_8), "ast4078".getBytes(UTF_8), 100));
    }

    @Test
    void whatIsFoundIsReadByItsKey() {
        for (String table : List.of("imps_user", "public_profile")) {
            String sql = "SELECT * FROM " + table + " WHERE user_id IN (?, ?)";
            assertThat(rowsRead(100, sql, user(1).value(), user(99).value()))
                    .isEqualTo(rowsRead(5_000, sql, user(1).value(), user(99).value()));
        }
    }

    @Test
    void aCommonValueIsReadUpToTheLimitOnly() {
        String sql = "SELECT object_id FROM search_term WHERE element = ? AND term >= ? AND term < ? LIMIT ?";
        assertThat(rowsRead(5_000, sql, "USER_AGE_MIN", "030".getBytes(UTF_8), "031".getBytes(UTF_8), 50))
                .isLessThan(100);
    }
}
