package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many rows a statement reads, as the database counts them. */
final class RowsRead {

    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    private RowsRead() {}

    /** What the statement would change is not changed. A table that is read as a whole is a failure. */
    static int by(Database database, String sql, Object... arguments) {
        String plan = database.read(handle -> handle.select("EXPLAIN ANALYZE " + sql, arguments)
                .mapTo(String.class)
                .one());
        assertThat(plan).doesNotContain("tableScan");
        List<Integer> counts = new ArrayList<>();
        for (Matcher matcher = SCANNED.matcher(plan); matcher.find(); ) {
            counts.add(Integer.parseInt(matcher.group(1)));
        }
        assertThat(counts).as(plan).isNotEmpty();
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
