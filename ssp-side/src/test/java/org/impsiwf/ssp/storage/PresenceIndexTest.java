package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.CAROL;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.DAVE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.FRIENDS;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.WORK;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.add;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.attributeList;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.mood;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.subscribe;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.update;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.elements.presence.PresenceSettings;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.SetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListProperties;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.SuspendRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.Property;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Nobody pays for the lists and subscriptions of others: every statement of every transaction finds its rows by an index. */
class PresenceIndexTest {

    private static final Set<String> ONCE_AT_START = Set.of("SELECT DISTINCT domain FROM presence_owed");
    private static final String TABLES =
            ".*\\b(contact_owner|contact_list|contact_member|attribute_list|presence_\\w+)\\b.*";

    /** How a plan reads a table: {@code public.index: conditions}, or {@code public.table.tableScan}. */
    private static final Pattern ACCESS = Pattern.compile("/\\* public\\.([\\w.]+)(.*?)\\*/", Pattern.DOTALL);

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    @Test
    void everyStatementUsesAnIndex() {
        domain.database.useTransaction(handle -> handle.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000"));
        domain.database.useTransaction(handle -> handle.execute("SET QUERY_STATISTICS TRUE"));
        everyTransaction();

        List<String> statements = domain.database.read(
                handle -> handle.createQuery("SELECT sql_statement FROM information_schema.query_statistics")
                        .mapTo(String.class)
                        .list());
        List<String> ours = statements.stream()
                .filter(sql -> sql.matches("(?s)" + TABLES))
                .filter(sql -> !sql.startsWith("INSERT") && !ONCE_AT_START.contains(sql))
                .toList();
        assertThat(ours).hasSizeGreaterThan(30);
        List<String> scans = domain.database.inTransaction(handle -> {
            Map<String, String> firstColumns = firstColumns(handle);
            return ours.stream()
                    .filter(sql -> readsMore(plan(handle, sql), firstColumns))
                    .toList();
        });
        assertThat(scans).isEmpty();
    }

    /** The column by which each index is sorted first: without a value for it, the whole index is read. */
    private static Map<String, String> firstColumns(Handle handle) {
        return handle
                .createQuery("SELECT index_name, column_name FROM information_schema.index_columns"
                        + " WHERE ordinal_position = 1 AND table_schema = 'public'")
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean readsMore(String plan, Map<String, String> firstColumns) {
        return ACCESS.matcher(plan)
                .results()
                .anyMatch(access -> !firstColumns.containsKey(access.group(1))
                        || !access.group(2).matches("(?s).*\\b" + firstColumns.get(access.group(1)) + "\\b.*"));
    }

    private void everyTransaction() {
        domain.with(PresenceSettings.DEFAULT.withPersistent(false));
        domain.list(FRIENDS, BOB).list(WORK, CAROL, DAVE);
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_MOOD), true, List.of(FRIENDS), List.of(BOB)));
        domain.ask(ALICE, new GetAttrListRequest(by(ALICE), true, List.of(), List.of()));
        domain.ask(ALICE, new GetContactListRequest(by(ALICE)));
        domain.ask(
                ALICE,
                new SetListPropsRequest(
                        by(ALICE), WORK, new ContactListProperties(List.of(new Property("DisplayName", "W")))));
        domain.ask(ALICE, subscribe(ALICE, true, FRIENDS, WORK));
        domain.ask(ALICE, add(FRIENDS, CAROL));
        domain.ask(BOB, subscribe(BOB, ALICE));
        domain.askFromAway(DAVE, subscribe(DAVE, ALICE));
        domain.ask(ALICE, update(ALICE, mood("SAD")));
        domain.ask(BOB, new GetPresenceRequest(by(BOB), List.of(ALICE), List.of(), Optional.empty()));
        domain.ask(ALICE, new GetWatcherListRequest(by(ALICE)));
        domain.ask(BOB, new SuspendRequest(by(BOB), List.of(ALICE), List.of()));
        domain.ask(ALICE, new DeleteAttrListRequest(by(ALICE), true, List.of(FRIENDS), List.of(BOB)));
        domain.ask(BOB, new UnsubscribeRequest(by(BOB), List.of(ALICE), List.of()));
        domain.ask(ALICE, new RemoveListMemberRequest(by(ALICE), FRIENDS, List.of(BOB)));
        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));
        domain.presence.expire(PresenceDomain.NOON);
        domain.sap.offline(ALICE);
        domain.presence.sessionEnded(ALICE, Optional.empty());
    }

    private static String plan(Handle handle, String sql) {
        try (PreparedStatement explain = handle.getConnection().prepareStatement("EXPLAIN " + sql)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setNull(i, Types.VARCHAR);
            }
            try (ResultSet result = explain.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
