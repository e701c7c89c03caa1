package org.impsiwf.ssp.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.SearchElement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Finds users and groups by a part of a value (SSP 13.1.4) at a cost that depends on the hits alone: every end of a value
 * is a row of an ordered table, so a part of the value is the beginning of a row. Terms are bytes, which both databases
 * order alike. Belongs into the transaction that changes the value.
 */
public final class TermIndex {

    /** Longer parts are found by their beginning; who searches compares the value itself. */
    private static final int LONGEST_TERM = 48;

    /** A part that begins further behind in a value does not find it. */
    private static final int MOST_TERMS = 200;

    static final String INSERT = "INSERT INTO search_term (element, term, object_id) VALUES (?, ?, ?)";
    private static final String RANGE = " FROM search_term WHERE element = ? AND term >= ? AND term < ?";

    private TermIndex() {}

    /** The value's parts lead to the object from now on, those of an earlier value do not; without regard to case. */
    public static void put(Handle handle, SearchElement element, String object, Optional<String> value) {
        remove(handle, element, object);
        value.ifPresent(text -> {
            PreparedBatch batch = handle.prepareBatch(INSERT);
            add(batch, element, object, text);
            batch.execute();
        });
    }

    private static void remove(Handle handle, SearchElement element, String object) {
        handle.execute("DELETE FROM search_term WHERE object_id = ? AND element = ?", object, element.name());
    }

    /** Nothing leads to the object any more. */
    public static void remove(Handle handle, String object) {
        handle.execute("DELETE FROM search_term WHERE object_id = ?", object);
    }

    /** At most so many objects with that text in their value; perhaps a few with only the beginning of a long text. */
    public static List<String> containing(Handle handle, SearchElement element, String text, int atMost) {
        byte[] from = cut(folded(text).getBytes(StandardCharsets.UTF_8));
        return range(handle, element, from, after(from), atMost);
    }

    /** Likewise where the whole value is from {@code first} to {@code last}, both included, in the order of letters. */
    static List<String> between(Handle handle, SearchElement element, String first, String last, int atMost) {
        return range(handle, element, whole(first), after(whole(last)), atMost);
    }

    // Several ends of one value may begin alike. So many rows are surely of so many objects, mostly far fewer are.
    private static List<String> range(Handle handle, SearchElement element, byte[] from, byte[] to, int atMost) {
        for (long limit = 2L * atMost; ; limit *= 10) {
            long rows = Math.min(limit, (long) atMost * MOST_TERMS);
            List<String> found = handle.createQuery("SELECT object_id" + RANGE + " LIMIT ?")
                    .bind(0, element.name())
                    .bind(1, from)
                    .bind(2, to)
                    .bind(3, rows)
                    .mapTo(String.class)
                    .list();
            List<String> objects = found.stream().distinct().limit(atMost).toList();
            if (objects.size() == atMost || found.size() < rows || rows < limit) {
                return objects;
            }
        }
    }

    static void add(PreparedBatch batch, SearchElement element, String object, String value) {
        Set<String> ends = new LinkedHashSet<>();
        String folded = folded(value);
        int beginnings = Math.min(folded.length(), MOST_TERMS);
        for (int i = 0; i < beginnings; i = folded.offsetByCodePoints(i, 1)) {
            ends.add(folded.substring(i, Math.min(folded.length(), i + LONGEST_TERM)));
        }
        for (String end : ends) {
            batch.add(element.name(), cut(end.getBytes(StandardCharsets.UTF_8)), object);
        }
    }

    /** One row for a value that is compared as a whole. */
    static void addWhole(PreparedBatch batch, SearchElement element, String object, String value) {
        batch.add(element.name(), whole(value), object);
    }

    private static byte[] whole(String value) {
        return cut(folded(value).getBytes(StandardCharsets.UTF_8));
    }

    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static byte[] cut(byte[] term) {
        return term.length <= LONGEST_TERM ? term : Arrays.copyOf(term, LONGEST_TERM);
    }

    /** The smallest term that is after all that begin so. UTF-8 has no byte 255, so counting up never carries. */
    private static byte[] after(byte[] term) {
        if (term.length == 0) {
            return new byte[] {(byte) 255};
        }
        byte[] next = term.clone();
        next[next.length - 1]++;
        return next;
    }
}
