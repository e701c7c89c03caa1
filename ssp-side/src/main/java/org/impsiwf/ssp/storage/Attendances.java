package org.impsiwf.ssp.storage;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.groups.GroupStore.Attendance;

/**
 * Who is in the groups in which something was said lately, as committed: what is said next need not ask the database. Right
 * only while one process alone changes groups. Thread-safe.
 */
final class Attendances {

    private final int most;
    private final Map<String, Attendance> known = new ConcurrentHashMap<>();
    private final Map<String, Integer> changing = new HashMap<>();
    private long changes;
    private int kept;

    /** @param most joined users of all groups together; beyond it all is forgotten */
    Attendances(int most) {
        this.most = most;
    }

    /** @param read asks the database */
    Optional<Attendance> of(String group, Supplier<Optional<Attendance>> read) {
        Attendance kept = known.get(group);
        if (kept != null) {
            return Optional.of(kept);
        }
        long before = changes();
        Optional<Attendance> found = read.get();
        found.ifPresent(attendance -> keep(group, attendance, before));
        return found;
    }

    private synchronized long changes() {
        return changes;
    }

    /** What was read while something changed may be from before the change. */
    private synchronized void keep(String group, Attendance attendance, long before) {
        if (changes != before || changing.containsKey(group)) {
            return;
        }
        kept += attendance.joined().size() + 1;
        if (kept > most) {
            known.clear();
            kept = attendance.joined().size() + 1;
        }
        known.put(group, attendance);
    }

    /** A transaction changes the group; until it {@linkplain #changed ends}, nothing that is read of the group is kept. */
    synchronized void changes(String group) {
        changes++;
        changing.merge(group, 1, Integer::sum);
        forget(group);
    }

    synchronized void changed(String group) {
        changes++;
        changing.computeIfPresent(group, (key, count) -> count == 1 ? null : count - 1);
        forget(group);
    }

    /** Something changes in groups that are not named; to be told again when it has. */
    synchronized void changeAnywhere() {
        changes++;
        known.clear();
        kept = 0;
    }

    private void forget(String group) {
        Attendance gone = known.remove(group);
        kept -= gone == null ? 0 : gone.joined().size() + 1;
    }
}
