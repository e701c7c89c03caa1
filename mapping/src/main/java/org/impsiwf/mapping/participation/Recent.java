package org.impsiwf.mapping.participation;

import java.time.Instant;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Ids of what was taken lately, with the instants at which it was: two generations, of which the older one is forgotten when
 * the younger one is full. So many messages cost no more than one.
 */
record Recent(Map<String, Instant> younger, Map<String, Instant> older) {

    /** Ids in a generation: at least so many are remembered, at most twice as many. */
    static final int GENERATION = 128;

    static final Recent NONE = new Recent(Map.of(), Map.of());

    /** Ids of what the user says begin with it. */
    static final String OF_USER = "sip:";

    Recent {
        younger = shared(younger);
        older = shared(older);
    }

    /** Changed copies share all but the path to the change. */
    private static PMap<String, Instant> shared(Map<String, Instant> map) {
        return map instanceof PMap<String, Instant> same ? same : HashTreePMap.from(map);
    }

    /** Absent when it is not remembered. */
    Instant at(String id) {
        Instant at = younger.get(id);
        return at == null ? older.get(id) : at;
    }

    Recent with(String id, Instant at) {
        return younger.size() < GENERATION
                ? new Recent(shared(younger).plus(id, at), older)
                : new Recent(HashTreePMap.singleton(id, at), younger);
    }

    /** Without what the user has said. */
    Recent ofHost() {
        return new Recent(withoutUsers(younger), withoutUsers(older));
    }

    private static PMap<String, Instant> withoutUsers(Map<String, Instant> ids) {
        PMap<String, Instant> rest = shared(ids);
        return rest.minusAll(
                rest.keySet().stream().filter(id -> id.startsWith(OF_USER)).toList());
    }
}
