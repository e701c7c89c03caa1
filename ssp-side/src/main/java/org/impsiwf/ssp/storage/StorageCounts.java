package org.impsiwf.ssp.storage;

/**
 * How much is kept, for those who watch a server.
 *
 * @param members who are joined, in all groups together
 * @param pending primitives on their way
 */
public record StorageCounts(long groups, long members, long pending) {

    public static final StorageCounts NONE = new StorageCounts(0, 0, 0);

    /** Counts rows: not for every request. */
    public static StorageCounts of(Database database) {
        return database.read(handle -> handle.createQuery(
                        "SELECT COUNT(*) AS group_count, COALESCE(SUM(joined), 0) AS member_count,"
                                + " (SELECT COUNT(*) FROM pending) AS pending_count FROM imps_group")
                .map((rows, context) -> new StorageCounts(
                        rows.getLong("group_count"), rows.getLong("member_count"), rows.getLong("pending_count")))
                .one());
    }
}
