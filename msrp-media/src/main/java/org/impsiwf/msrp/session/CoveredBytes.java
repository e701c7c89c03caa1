package org.impsiwf.msrp.session;

import java.util.Map;
import java.util.TreeMap;

/** Which bytes of a message are there. Positions start at 0, ends are exclusive. In order it holds one range. */
final class CoveredBytes {
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(start);
        while (next != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(start);
        }
        ranges.put(start, end);
    }

    boolean whole(long total) {
        if (total == 0) {
            return true;
        }
        Map.Entry<Long, Long> first = ranges.firstEntry();
        return first != null && first.getKey() == 0 && first.getValue() >= total;
    }

    /** How many are there from the first one on without a hole. */
    long prefix() {
        Map.Entry<Long, Long> first = ranges.firstEntry();
        return first != null && first.getKey() == 0 ? first.getValue() : 0;
    }

    /** How many separate ranges. */
    int pieces() {
        return ranges.size();
    }

    /** End of the last range. */
    long end() {
        return ranges.isEmpty() ? 0 : ranges.lastEntry().getValue();
    }
}
