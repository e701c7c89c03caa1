package org.impsiwf.ssp.storage;

import static org.impsiwf.ssp.elements.common.PublicField.AGE;
import static org.impsiwf.ssp.elements.common.PublicField.CITY;
import static org.impsiwf.ssp.elements.common.PublicField.COUNTRY;
import static org.impsiwf.ssp.elements.common.PublicField.FREE_TEXT;
import static org.impsiwf.ssp.elements.common.PublicField.FRIENDLY_NAME;
import static org.impsiwf.ssp.elements.common.PublicField.GENDER;
import static org.impsiwf.ssp.elements.common.PublicField.INTENTION;
import static org.impsiwf.ssp.elements.common.PublicField.INTERESTS;
import static org.impsiwf.ssp.elements.common.PublicField.MARITAL_STATUS;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.elements.common.PublicField;
import org.impsiwf.ssp.elements.common.PublicFields;
import org.impsiwf.ssp.elements.common.PublicProfileStore;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link PublicProfileStore} in the database, with what searches find the users by. */
public final class JdbcPublicProfiles implements PublicProfileStore {

    private static final String COLUMNS =
            "age, city, country, friendly_name, free_text, gender, intention, interests, marital_status, user_id";
    private static final String INSERT =
            "INSERT INTO public_profile (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE public_profile SET age = ?, city = ?, country = ?, friendly_name = ?,"
            + " free_text = ?, gender = ?, intention = ?, interests = ?, marital_status = ? WHERE user_id = ?";

    /** The search elements of SSP Table 54; both age elements use the terms of USER_AGE_MIN. */
    private static final Map<PublicField, SearchElement> WHOLE = Map.of(
            CITY, SearchElement.USER_CITY,
            COUNTRY, SearchElement.USER_COUNTRY,
            FRIENDLY_NAME, SearchElement.USER_FRIENDLY_NAME,
            GENDER, SearchElement.USER_GENDER,
            MARITAL_STATUS, SearchElement.USER_MARITAL_STATUS);

    private static final Map<PublicField, SearchElement> PARTS =
            Map.of(INTENTION, SearchElement.USER_INTENTION, INTERESTS, SearchElement.USER_INTERESTS_HOBBIES);

    private final Database database;

    private record Row(String key, PublicFields fields) {}

    public JdbcPublicProfiles(Database database) {
        this.database = database;
    }

    @Override
    public Map<UserId, PublicFields> find(Collection<UserId> users) {
        Map<String, PublicFields> byKey = new HashMap<>();
        if (!users.isEmpty()) {
            database.read(handle -> rows(handle, users.stream().map(Keys::of).toList(), ""))
                    .forEach(row -> byKey.put(row.key(), row.fields()));
        }
        Map<UserId, PublicFields> found = new LinkedHashMap<>();
        for (UserId user : users) {
            Optional.ofNullable(byKey.get(Keys.of(user))).ifPresent(fields -> found.put(user, fields));
        }
        return found;
    }

    @Override
    public void change(UserId user, UnaryOperator<PublicFields> change) {
        String key = Keys.of(user);
        database.useTransaction(handle -> {
            Optional<PublicFields> before = rows(handle, List.of(key), " FOR UPDATE").stream()
                    .map(Row::fields)
                    .findFirst();
            PublicFields next = change.apply(before.orElse(PublicFields.NONE));
            // A row that is there is updated, not replaced: who waits for it would not see another one.
            handle.execute(before.isPresent() ? UPDATE : INSERT, values(key, next));
            removeTerms(handle, key);
            addTerms(handle, Map.of(key, next));
        });
    }

    /** Fills in the profiles of many users who have none yet. */
    public void fill(Map<UserId, PublicFields> profiles) {
        Map<String, PublicFields> byKey = new LinkedHashMap<>();
        profiles.forEach((user, fields) -> byKey.put(Keys.of(user), fields));
        database.useTransaction(handle -> {
            PreparedBatch rows = handle.prepareBatch(INSERT);
            byKey.forEach((key, fields) -> rows.add(values(key, fields)));
            rows.execute();
            addTerms(handle, byKey);
        });
    }

    private static void removeTerms(Handle handle, String key) {
        PreparedBatch terms = handle.prepareBatch("DELETE FROM search_term WHERE object_id = ? AND element = ?");
        terms.add(key, SearchElement.USER_AGE_MIN.name());
        WHOLE.values().forEach(element -> terms.add(key, element.name()));
        PARTS.values().forEach(element -> terms.add(key, element.name()));
        terms.execute();
    }

    private static void addTerms(Handle handle, Map<String, PublicFields> profiles) {
        PreparedBatch terms = handle.prepareBatch(TermIndex.INSERT);
        profiles.forEach((key, fields) -> {
            fields.age().ifPresent(age -> TermIndex.addWhole(terms, SearchElement.USER_AGE_MIN, key, ageTerm(age)));
            WHOLE.forEach((field, element) ->
                    fields.get(field).ifPresent(value -> TermIndex.addWhole(terms, element, key, value)));
            PARTS.forEach((field, element) ->
                    fields.get(field).ifPresent(value -> TermIndex.add(terms, element, key, value)));
        });
        terms.execute();
    }

    private static Object[] values(String key, PublicFields fields) {
        return new Object[] {
            fields.age().isPresent() ? fields.age().getAsInt() : null,
            fields.get(CITY).orElse(null),
            fields.get(COUNTRY).orElse(null),
            fields.get(FRIENDLY_NAME).orElse(null),
            fields.get(FREE_TEXT).orElse(null),
            fields.get(GENDER).orElse(null),
            fields.get(INTENTION).orElse(null),
            fields.get(INTERESTS).orElse(null),
            fields.get(MARITAL_STATUS).orElse(null),
            key
        };
    }

    /** Ages in the order of letters. */
    static String ageTerm(int age) {
        return "%03d".formatted(age);
    }

    private static List<Row> rows(Handle handle, List<String> keys, String lock) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM public_profile WHERE user_id IN (<keys>)" + lock)
                .bindList("keys", keys)
                .map((row, context) -> new Row(row.getString(10), fields(row)))
                .list();
    }

    private static PublicFields fields(ResultSet row) throws SQLException {
        Map<PublicField, String> values = new EnumMap<>(PublicField.class);
        List<PublicField> order =
                List.of(AGE, CITY, COUNTRY, FRIENDLY_NAME, FREE_TEXT, GENDER, INTENTION, INTERESTS, MARITAL_STATUS);
        for (int i = 0; i < order.size(); i++) {
            String value = row.getString(i + 1);
            if (value != null) {
                values.put(order.get(i), value);
            }
        }
        return new PublicFields(values);
    }
}
